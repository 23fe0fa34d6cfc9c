//! Believes: a map from symbol to price holds every entry.
//! Rejected by: prices_come_in_the_order_asked_for

use std::collections::BTreeMap;

use futures::future::join_all;

pub async fn gather_all_prices<F>(symbols: &[&str], fetch: F) -> Vec<(String, Result<u32, String>)>
where
    F: AsyncFn(&str) -> Result<u32, String>,
{
    let quote = async |symbol: &str| (symbol.to_owned(), fetch(symbol).await);
    let prices = join_all(symbols.iter().map(|symbol| quote(symbol))).await;
    prices.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect()
}
