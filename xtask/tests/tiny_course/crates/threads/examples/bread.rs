//! Cooks bread with as many spoons as asked, and records one bar.

use timeline::Record;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let spoons = match &arguments[1..] {
        [] => 2.0,
        [flag, value] if flag == "--spoons" => value.parse().expect("a number of spoons"),
        other => {
            eprintln!("unknown knobs: {other:?}; try --spoons 3");
            std::process::exit(2);
        }
    };
    println!("bread is ready");
    if let Ok(file) = std::env::var("TIMELINE_RECORD") {
        std::fs::write(file, cook(spoons).to_wire()).expect("the record can be written");
    }
}

fn cook(spoons: f64) -> Record {
    let mut record = Record::default();
    record.measure("spoons", spoons);
    record
}
