//! Scoped threads borrow the symbols and the fetcher; joining in the order of starting keeps the order.

use std::thread;

pub fn fetch_prices<F>(symbols: &[&str], fetch: F) -> Vec<Result<u64, String>>
where
    F: Fn(&str) -> Result<u64, String> + Sync,
{
    thread::scope(|scope| {
        let fetch = &fetch;
        // Collecting starts them all. Without it each would start only when the join below asks for it.
        let threads: Vec<_> =
            symbols.iter().map(|symbol| scope.spawn(move || fetch(symbol))).collect();
        threads.into_iter().map(|thread| thread.join().expect("fetch does not panic")).collect()
    })
}
