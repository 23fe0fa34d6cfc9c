//! Believes: a collection of futures gives back its outputs in the order they were put in.
//! Rejected by: prices_come_in_the_order_asked_for

use futures::stream::{FuturesUnordered, StreamExt};

pub async fn gather_all_prices<F>(symbols: &[&str], fetch: F) -> Vec<(String, Result<u32, String>)>
where
    F: AsyncFn(&str) -> Result<u32, String>,
{
    let quote = async |symbol: &str| (symbol.to_owned(), fetch(symbol).await);
    let quotes: FuturesUnordered<_> = symbols.iter().map(|symbol| quote(symbol)).collect();
    quotes.collect().await
}
