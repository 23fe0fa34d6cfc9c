//! Believes: a chain of `map` starts all threads before it joins the first.
//! Rejected by: prices_are_in_the_order_asked_though_the_last_comes_first

use std::thread;

pub fn fetch_prices<F>(symbols: &[&str], fetch: F) -> Vec<Result<u64, String>>
where
    F: Fn(&str) -> Result<u64, String> + Sync,
{
    let fetch = &fetch;
    thread::scope(|scope| {
        symbols
            .iter()
            .map(|symbol| scope.spawn(move || fetch(symbol)))
            .map(|thread| thread.join().expect("fetch does not panic"))
            .collect()
    })
}
