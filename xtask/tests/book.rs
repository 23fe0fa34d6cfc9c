//! The book in a real browser: quizzes can be clicked, pictures load, nothing comes from a network.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::book;
use xtask::course::Course;

/// What the browser is asked to do on a page: choose every option, and say what came of it.
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
  const note = document.createElement("pre");
  note.id = "report";
  note.textContent = report.join("\n") + "\nend of report";
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
    for lesson in &course.lessons {
        let page = folder.join(&lesson.chapter).join(format!("{}.html", lesson.name));
        let html = fs::read_to_string(&page).unwrap();
        for remote in ["src=\"http", "<link rel=\"stylesheet\" href=\"http"] {
            assert!(!html.contains(remote), "{} needs a network", page.display());
        }
        fs::write(&page, html.replace("</body>", &format!("{CLICK_THROUGH}</body>"))).unwrap();
        let shown = open(browser, &page, &folder.join("profile"));
        assert!(shown.contains("end of report"), "{}: the scripts did not run", lesson.name);
        for question in &lesson.page.questions {
            let expected =
                format!("quiz options={} right=1 hidden=true shown=true", question.options.len());
            assert!(shown.contains(&expected), "{}: no {expected:?}", lesson.name);
        }
        assert!(
            shown.contains("image true") && !shown.contains("image false"),
            "{}: a picture is missing",
            lesson.name
        );
    }
    // A folder that stays behind hurts nobody.
    let _ = fs::remove_dir_all(folder);
}
