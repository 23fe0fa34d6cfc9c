//! Cooks soup with as many spoons as asked, and records a timeline made beforehand.

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let spoons = match &arguments[1..] {
        [] => "2",
        [flag, value] if flag == "--spoons" => value,
        [help, ..] if help == "--help" => return println!("--spoons <1 to 3>"),
        [flag, _, help] if flag == "--spoons" && help == "--help" => return,
        other => {
            eprintln!("unknown knobs: {other:?}; try --spoons 3");
            std::process::exit(2);
        }
    };
    println!("soup is ready");
    if let Ok(file) = std::env::var("TIMELINE_RECORD") {
        std::fs::copy(format!("crates/threads/{spoons}.timeline"), file).expect("1 to 3 spoons");
    }
}
