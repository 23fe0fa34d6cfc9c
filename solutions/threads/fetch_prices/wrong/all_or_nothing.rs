//! Believes: after one error the other prices are of no use.
//! Rejected by: one_failure_loses_no_other_price

use std::thread;

pub fn fetch_prices<F>(symbols: &[&str], fetch: F) -> Vec<Result<u64, String>>
where
    F: Fn(&str) -> Result<u64, String> + Sync,
{
    let fetch = &fetch;
    let prices: Result<Vec<_>, _> = thread::scope(|scope| {
        let threads: Vec<_> =
            symbols.iter().map(|symbol| scope.spawn(move || fetch(symbol))).collect();
        threads.into_iter().map(|thread| thread.join().expect("fetch does not panic")).collect()
    });
    match prices {
        Ok(prices) => prices.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    }
}
