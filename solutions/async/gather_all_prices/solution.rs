//! `join_all` keeps the order, and a `Result` inside each output keeps the errors: nothing can be lost.

use futures::future::join_all;

pub async fn gather_all_prices<F>(symbols: &[&str], fetch: F) -> Vec<(String, Result<u32, String>)>
where
    F: AsyncFn(&str) -> Result<u32, String>,
{
    let quote = async |symbol: &str| (symbol.to_owned(), fetch(symbol).await);
    join_all(symbols.iter().map(|symbol| quote(symbol))).await
}
