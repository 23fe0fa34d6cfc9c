//! The picture says all it should, and is well-formed.

use crate::by_hand::{cook, downloads, hire, kitchen, tasks};
use crate::record::Record;
use crate::svg::draw;

/// Checks that every tag is closed in the right order, and returns the tags' names.
fn read_tags(svg: &str) -> Vec<String> {
    let (mut open, mut seen) = (Vec::new(), Vec::new());
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').expect("every tag ends");
        let tag = &rest[start + 1..end];
        assert!(!tag.contains('<'), "{tag}");
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop().as_deref(), Some(name)),
            None => {
                let name = tag.split([' ', '/']).next().unwrap().to_owned();
                seen.push(name.clone());
                if !tag.ends_with('/') {
                    open.push(name);
                }
            }
        }
        rest = &rest[end + 1..];
    }
    assert_eq!(open, Vec::<String>::new());
    seen
}

#[test]
fn every_bar_is_there_with_a_tip() {
    let svg = draw(&[downloads()]);
    let tags = read_tags(&svg);
    let rects = tags.iter().filter(|tag| *tag == "rect").count();
    // The page, 4 downloads of which one is in two parts, 1 wait, and 2 in the legend.
    assert_eq!(rects, 1 + 5 + 1 + 2);
    assert!(svg.contains("<title>wait on=bread: 50 ms</title>"));
    assert!(svg.contains(r#"class="waiting""#));
}

#[test]
fn a_task_is_a_dotted_line_between_polls() {
    assert!(draw(&[tasks()]).contains(r#"<path class="alive""#));
    assert!(!draw(&[downloads()]).contains(r#"<path class="alive""#));
}

#[test]
fn several_records_are_below_one_another_under_their_titles() {
    let titled = |title: &str, record: Record| Record { title: title.into(), ..record };
    let svg = draw(&[titled("threads", downloads()), titled("async & await", tasks())]);
    read_tags(&svg);
    let place = |text: &str| svg.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(place(">threads</text>") < place(">async &amp; await</text>"));
}

#[test]
fn it_is_described_in_words_for_who_cannot_see_it() {
    let svg = draw(&[tasks()]);
    assert!(svg.contains(r#"role="img""#));
    assert!(svg.contains("2 lanes over 90 ms: fetch stock=AAPL, fetch stock=MSFT."));
}

#[test]
fn it_is_drawn_for_light_and_for_dark_pages() {
    assert!(draw(&[]).contains("@media (prefers-color-scheme: dark)"));
}

#[test]
fn names_cannot_break_out() {
    let mut record = kitchen(&["<b>&\"'"]);
    hire(&mut record, 7, "</svg>");
    cook(&mut record, "<script>", None, &[(1, 0, 100)]);
    cook(&mut record, "a\u{1}b", None, &[(2, 0, 100)]);
    record.measure("<fact>", "</text>");
    let svg = draw(&[record]);
    read_tags(&svg);
    assert!(!svg.contains("<script>") && !svg.contains('\u{1}'));
}

#[test]
fn two_hundred_lanes_are_cut_to_forty() {
    let mut record = kitchen(&[]);
    for number in 0..200 {
        hire(&mut record, 100, &format!("cook {number}"));
        cook(&mut record, "soup", None, &[(number + 1, 0, 10)]);
    }
    let svg = draw(&[record]);
    assert!(svg.contains("… and 160 more lanes"));
}
