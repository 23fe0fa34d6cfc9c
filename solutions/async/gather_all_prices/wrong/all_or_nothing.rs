//! Believes: when one quote fails, the others failed with it.
//! Rejected by: every_error_is_kept_beside_the_prices

use futures::future::try_join_all;

pub async fn gather_all_prices<F>(symbols: &[&str], fetch: F) -> Vec<(String, Result<u32, String>)>
where
    F: AsyncFn(&str) -> Result<u32, String>,
{
    let all = try_join_all(symbols.iter().map(|symbol| fetch(symbol))).await;
    let price = |at: usize| all.as_ref().map(|prices| prices[at]).map_err(String::clone);
    symbols.iter().enumerate().map(|(at, symbol)| (symbol.to_string(), price(at))).collect()
}
