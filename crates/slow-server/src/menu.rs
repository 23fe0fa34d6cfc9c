//! What the server has to offer: a path in, a page out, the same page every time.

use hyper::StatusCode;

const MENU: &str = "the paths are /stock/SYMBOL, /file/N and /site/NAME\n";
const LARGEST_FILE_KIB: usize = 65_536;
const LINE: &str = "too many cooks spoil the broth\n";

/// An answer before it becomes HTTP.
#[derive(Debug, PartialEq)]
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) content_type: &'static str,
    pub(crate) body: String,
}

impl Page {
    /// A plain text with the given status.
    pub(crate) fn text(status: StatusCode, body: String) -> Self {
        Self { status, content_type: "text/plain; charset=utf-8", body }
    }

    /// A 400 that tells the client what to ask instead.
    pub(crate) fn refusal(way_out: &str) -> Self {
        Self::text(StatusCode::BAD_REQUEST, format!("{way_out}\n"))
    }

    fn of(content_type: &'static str, body: String) -> Self {
        Self { status: StatusCode::OK, content_type, body }
    }
}

/// The page at `path`, a path without its query.
pub(crate) fn look_up(path: &str) -> Page {
    let mut segments = path.trim_start_matches('/').splitn(2, '/');
    match (segments.next(), segments.next()) {
        (Some("stock"), Some(symbol)) if is_name(symbol) => stock(symbol),
        (Some("site"), Some(name)) if is_name(name) => site(name),
        (Some("stock" | "site"), Some(_)) => Page::refusal(
            "a name is 1 to 64 ASCII letters, digits, `.`, `-` or `_`: try /stock/AAPL or /site/example.com",
        ),
        (Some("file"), Some(size)) => file(size),
        _ => Page::text(StatusCode::NOT_FOUND, format!("nothing at {path}; {MENU}")),
    }
}

/// `bytes` bytes of readable text.
pub(crate) fn filler(bytes: usize) -> String {
    LINE.chars().cycle().take(bytes).collect()
}

/// The price of a stock in cents, from 10000 to 99999: 10000 plus the [FNV-1a] hash (32 bits) of the symbol
/// modulo 90000. It stands in for a market: different for every stock and the same on every run.
///
/// [FNV-1a]: http://www.isthe.com/chongo/tech/comp/fnv/
pub fn price_in_cents(symbol: &str) -> u32 {
    const OFFSET_BASIS: u32 = 0x811c_9dc5;
    const PRIME: u32 = 0x0100_0193;
    let hash = symbol
        .bytes()
        .fold(OFFSET_BASIS, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(PRIME));
    10_000 + hash % 90_000
}

// Names with nothing to escape, so that JSON and HTML can be written by hand.
fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}

fn stock(symbol: &str) -> Page {
    let cents = price_in_cents(symbol);
    let (whole, rest) = (cents / 100, cents % 100);
    Page::of("application/json", format!(r#"{{"symbol":"{symbol}","price":{whole}.{rest:02}}}"#))
}

fn file(size: &str) -> Page {
    match size.parse() {
        Ok(kib @ 0..=LARGEST_FILE_KIB) => Page::of("text/plain; charset=utf-8", filler(kib * 1024)),
        _ => Page::refusal(&format!(
            "/file/{size}: the size is a whole number of KiB, at most {LARGEST_FILE_KIB}: try /file/4"
        )),
    }
}

fn site(name: &str) -> Page {
    let html = format!(
        "<!doctype html>\n<title>{name}</title>\n<h1>{name}</h1>\n<p>Up and running.</p>\n"
    );
    Page::of("text/html; charset=utf-8", html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        // The published test vector: FNV-1a of "a" is 0xe40c292c.
        assert_eq!(price_in_cents("a"), 10_000 + 0xe40c_292c % 90_000);
    }

    #[test]
    fn a_stock_has_one_price_with_two_decimals() {
        let page = look_up("/stock/AAPL");
        assert_eq!(page, look_up("/stock/AAPL"));
        assert_ne!(page.body, look_up("/stock/MSFT").body);
        let price = page
            .body
            .strip_prefix(r#"{"symbol":"AAPL","price":"#)
            .and_then(|rest| rest.strip_suffix('}'));
        let (whole, cents) = price.unwrap().split_once('.').unwrap();
        assert_eq!((whole.len(), cents.len()), (3, 2));
    }

    #[test]
    fn the_documented_price_is_the_price() {
        let documented = include_str!("lib.rs").contains(&look_up("/stock/AAPL").body);
        assert!(
            documented,
            "the table of paths in lib.rs shows another answer than /stock/AAPL gives"
        );
    }

    #[test]
    fn a_file_is_as_long_as_its_number_says() {
        assert_eq!(look_up("/file/0").body.len(), 0);
        assert_eq!(look_up("/file/3").body.len(), 3 * 1024);
    }

    #[test]
    fn a_page_that_cannot_be_says_what_can() {
        for (path, status, way_out) in [
            ("/", 404, "/stock/SYMBOL"),
            ("/stock", 404, "/stock/SYMBOL"),
            ("/page/1", 404, "/file/N"),
            ("/stock/", 400, "try /stock/AAPL"),
            ("/stock/a%22b", 400, "try /stock/AAPL"),
            ("/site/a/b", 400, "try /stock/AAPL"),
            ("/file/ten", 400, "try /file/4"),
            ("/file/65537", 400, "try /file/4"),
        ] {
            let page = look_up(path);
            assert_eq!(page.status, status, "{path}");
            assert!(page.body.contains(way_out), "{path}: {}", page.body);
        }
    }
}
