//! The price desk asks for many quotes at once, and wants to know about every one of them.
//!
//! Return one entry per symbol, in the order of `symbols` (a symbol may come twice): the symbol, and its price in
//! cents or why there is none. All quotes are asked for at the same time, so that the whole takes as long as the
//! slowest; an error of one neither hides nor stops the others. No symbols, no entries.

pub async fn gather_all_prices<F>(symbols: &[&str], fetch: F) -> Vec<(String, Result<u32, String>)>
where
    F: AsyncFn(&str) -> Result<u32, String>,
{
    todo!("ask `fetch` for every symbol at the same time")
}
