//! Believes: a symbol names a place in the list, and only one.
//! Rejected by: a_symbol_listed_twice_is_fetched_twice

use std::collections::HashMap;
use std::sync::Mutex;
use std::thread;

pub fn fetch_prices<F>(symbols: &[&str], fetch: F) -> Vec<Result<u64, String>>
where
    F: Fn(&str) -> Result<u64, String> + Sync,
{
    let prices = Mutex::new(HashMap::new());
    thread::scope(|scope| {
        for symbol in symbols {
            let (fetch, prices) = (&fetch, &prices);
            scope.spawn(move || {
                let price = fetch(symbol);
                prices.lock().expect("no panic under this lock").insert(*symbol, price);
            });
        }
    });
    let mut prices = prices.into_inner().expect("no panic under this lock");
    symbols.iter().filter_map(|symbol| prices.remove(symbol)).collect()
}
