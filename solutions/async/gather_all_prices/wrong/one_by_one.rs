//! Believes: in async code, awaits in a loop overlap by themselves.
//! Rejected by: three_quotes_take_as_long_as_the_slowest

pub async fn gather_all_prices<F>(symbols: &[&str], fetch: F) -> Vec<(String, Result<u32, String>)>
where
    F: AsyncFn(&str) -> Result<u32, String>,
{
    let mut prices = Vec::new();
    for symbol in symbols {
        prices.push((symbol.to_string(), fetch(symbol).await));
    }
    prices
}
