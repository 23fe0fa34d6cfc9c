//! The book in a real browser: quizzes can be clicked, pictures load, nothing comes from a network.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::book;
use xtask::course::{Course, Lesson};

/// What the browser is asked to do on each page: choose every option, and say what came of it to the page
/// that holds them all.
const CLICK_THROUGH: &str = r#"<script>
window.addEventListener("load", function () {
  const report = [];
  document.querySelectorAll(".quiz").forEach(function (quiz) {
    const options = Array.from(quiz.children);
    const why = quiz.nextElementSibling;
    const hiddenBefore = why.hidden;
    options.forEach(function (option) { option.click(); });
    const right = options.filter(function (option) { option.click(); return option.classList.contains("chosen-right"); });
    report.push("quiz options=" + options.length + " right=" + right.length + " hidden=" + hiddenBefore + " shown=" + !why.hidden);
  });
  document.querySelectorAll("main img").forEach(function (image) {
    report.push("image " + (image.complete && image.naturalWidth > 0));
  });
  parent.postMessage(report.join("\n"), "*");
});
</script>"#;

/// The page that holds all others, and writes down what each says. One start of the browser is enough then.
const HOLDS_ALL: &str = r#"<!DOCTYPE html><body><script>
window.addEventListener("message", function (message) {
  const frames = Array.from(document.querySelectorAll("iframe"));
  const frame = frames.find(function (frame) { return frame.contentWindow === message.source; });
  const note = document.createElement("pre");
  note.textContent = "report of " + frame.title + "\n" + message.data + "\nend of report";
  document.body.appendChild(note);
});
</script>"#;

fn browser() -> Option<&'static str> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names.into_iter().find(|name| {
        Command::new(name).arg("--version").output().is_ok_and(|out| out.status.success())
    })
}

/// What the browser makes of a page, after its scripts have run.
fn open(browser: &str, page: &Path, profile: &Path) -> String {
    let out = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--virtual-time-budget=10000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("the browser runs");
    String::from_utf8_lossy(&out.stdout).into_owned()
}

#[test]
fn every_lessons_quiz_can_be_clicked_and_every_picture_loads() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the course");
    let course = Course::read(root).expect("the course can be read");
    let (Some(mdbook), Some(browser)) = (book::find_mdbook(&course), browser()) else {
        eprintln!(
            "SKIPPED, SO THE BOOK WAS NOT LOOKED AT: it needs mdBook (cargo xtask book) and Chromium."
        );
        return;
    };
    let folder =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("book-{}", std::process::id()));
    let built = Command::new(mdbook)
        .args(["build", "tutorial", "--dest-dir"])
        .arg(&folder)
        .current_dir(root)
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut holds_all = HOLDS_ALL.to_owned();
    for Lesson { chapter, name, .. } in &course.lessons {
        let page = folder.join(chapter).join(format!("{name}.html"));
        let html = fs::read_to_string(&page).unwrap();
        for remote in ["src=\"http", "<link rel=\"stylesheet\" href=\"http"] {
            assert!(!html.contains(remote), "{} needs a network", page.display());
        }
        fs::write(&page, html.replace("</body>", &format!("{CLICK_THROUGH}</body>"))).unwrap();
        holds_all += &format!("<iframe title={name:?} src=\"{chapter}/{name}.html\"></iframe>\n");
    }
    let page = folder.join("holds_all.html");
    fs::write(&page, holds_all).unwrap();
    let shown = open(browser, &page, &folder.join("profile"));
    for lesson in &course.lessons {
        look_at(lesson, &shown);
    }
    // A folder that stays behind hurts nobody.
    let _ = fs::remove_dir_all(folder);
}

/// Judges what was shown of one lesson's page.
fn look_at(lesson: &Lesson, shown: &str) {
    let name = &lesson.name;
    let report = shown.split_once(&format!("report of {name}\n")).map(|(_, report)| report);
    let report = report.and_then(|report| report.split_once("end of report"));
    let (report, _) = report.unwrap_or_else(|| panic!("{name}: the scripts did not run"));
    for question in &lesson.page.questions {
        let expected =
            format!("quiz options={} right=1 hidden=true shown=true", question.options.len());
        assert!(report.contains(&expected), "{name}: no {expected:?} in:\n{report}");
    }
    assert!(
        report.contains("image true") && !report.contains("image false"),
        "{name}: a picture is missing in:\n{report}"
    );
}
