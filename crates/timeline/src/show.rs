//! Puts a record before the reader: as a chart on standard error and, if a guide asks for it, in a file.
//!
//! - `NO_COLOR`: any value turns colours off (<https://no-color.org>).
//! - `CLICOLOR_FORCE`: any value but 0 turns them on, for a recording (<https://bixense.com/clicolors>).
//! - `TIMELINE_ASCII`: any value keeps to ASCII, as does a locale that is not UTF-8.
//! - `COLUMNS`: a terminal narrower than 80 columns.
//! - `TIMELINE_RECORD`: a file to append each shown record to, for [`Record::read_all`].

use std::env;
use std::fs::OpenOptions;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::chart::Style;
use crate::record::{Lanes, Record};

impl Style {
    /// A style that suits standard error.
    #[must_use]
    pub fn for_stderr() -> Self {
        Self::from(io::stderr().is_terminal(), |name| env::var(name).ok())
    }

    /// A style that suits standard output.
    #[must_use]
    pub fn for_stdout() -> Self {
        Self::from(io::stdout().is_terminal(), |name| env::var(name).ok())
    }

    fn from(terminal: bool, variable: impl Fn(&str) -> Option<String>) -> Self {
        // An empty variable counts as unset, as POSIX and no-color.org have it.
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| set(name));
        // Windows has no such variables, and its terminals speak UTF-8.
        let utf8 = cfg!(windows)
            || locale.is_some_and(|locale| {
                let locale = locale.to_uppercase();
                locale.contains("UTF-8") || locale.contains("UTF8")
            });
        let forced = set("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let columns = set("COLUMNS").and_then(|columns| columns.parse().ok());
        Self {
            width: columns.unwrap_or(80).min(80),
            colour: (terminal || forced) && set("NO_COLOR").is_none(),
            ascii: !utf8 || set("TIMELINE_ASCII").is_some(),
        }
    }
}

impl Record {
    /// Draws the chart on standard error.
    pub fn show(&self) {
        let chart = self.chart(Style::for_stderr());
        // One write, so that other threads' lines stay out of it; nobody may be reading any more.
        let _ = io::stderr().lock().write_all(chart.as_bytes());
        if let Some(file) = env::var_os("TIMELINE_RECORD")
            && let Err(error) = self.append_to(Path::new(&file))
        {
            let _ = writeln!(
                io::stderr(),
                "the timeline is not kept: {error}; TIMELINE_RECORD must name a file that can be written"
            );
        }
    }

    fn append_to(&self, file: &Path) -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(file)?;
        file.write_all(self.to_wire().as_bytes())
    }

    /// Draws the chart under a title.
    pub fn show_titled(&self, title: &str) {
        Self { title: title.to_owned(), ..self.clone() }.show();
    }

    /// Draws the chart with a lane for each thread.
    pub fn show_by_thread(&self) {
        Self { lanes: Lanes::Threads, ..self.clone() }.show();
    }

    /// Draws the chart with a lane for each task.
    pub fn show_by_task(&self) {
        Self { lanes: Lanes::Tasks, ..self.clone() }.show();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(terminal: bool, variables: &[(&str, &str)]) -> Style {
        Style::from(terminal, |name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn colours_need_a_terminal_and_no_objection() {
        assert!(style(true, &[]).colour);
        assert!(style(true, &[("NO_COLOR", "")]).colour);
        assert!(!style(true, &[("NO_COLOR", "1")]).colour);
        assert!(!style(false, &[]).colour);
        assert!(style(false, &[("CLICOLOR_FORCE", "1")]).colour);
        assert!(!style(false, &[("CLICOLOR_FORCE", "0")]).colour);
        assert!(!style(false, &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).colour);
    }

    #[test]
    #[cfg(not(windows))]
    fn the_first_locale_that_is_set_decides_about_ascii() {
        assert!(!style(true, &[("LANG", "en_GB.UTF-8")]).ascii);
        assert!(!style(true, &[("LC_ALL", ""), ("LC_CTYPE", "C.utf8")]).ascii);
        assert!(style(true, &[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")]).ascii);
        assert!(style(true, &[]).ascii);
        assert!(style(true, &[("LANG", "en_GB.UTF-8"), ("TIMELINE_ASCII", "1")]).ascii);
    }

    #[test]
    fn a_narrow_terminal_gets_a_narrow_chart_and_a_wide_one_eighty_columns() {
        assert_eq!(style(true, &[("COLUMNS", "60")]).width, 60);
        assert_eq!(style(true, &[("COLUMNS", "200")]).width, 80);
        assert_eq!(style(true, &[("COLUMNS", "many")]).width, 80);
        assert_eq!(style(true, &[]).width, 80);
    }

    #[test]
    fn each_shown_record_is_appended_to_the_guides_file() {
        let file = env::temp_dir().join(format!("timeline-{}", std::process::id()));
        let record = |title: &str| Record { title: title.into(), ..crate::by_hand::downloads() };
        record("threads").append_to(&file).unwrap();
        record("async").append_to(&file).unwrap();
        let kept = std::fs::read_to_string(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert_eq!(Record::read_all(&kept), Ok(vec![record("threads"), record("async")]));
    }
}
