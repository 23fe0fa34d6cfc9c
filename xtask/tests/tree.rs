//! The rules of the house, held against the tree: names match, nothing is stale, nobody is an orphan.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use xtask::course::{Course, Lesson, read};
use xtask::weave;

fn course() -> Course {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the course");
    Course::read(root).expect("the course can be read")
}

/// The names, without extension, of the files in `folder` that end with `extension`.
fn names(folder: &Path, extension: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let files = entries.filter(|path| path.extension().is_some_and(|found| found == extension));
    files.map(|path| path.file_stem().expect("it has an extension").display().to_string()).collect()
}

fn chapters(course: &Course) -> BTreeSet<&str> {
    course.lessons.iter().map(|lesson| lesson.chapter.as_str()).collect()
}

#[test]
fn pages_programs_twins_and_the_summary_match_one_to_one() {
    let course = course();
    for chapter in chapters(&course) {
        let lessons = course.lessons.iter().filter(|lesson| lesson.chapter == chapter);
        let lessons: BTreeSet<_> = lessons.map(|lesson| lesson.name.clone()).collect();
        let root = &course.root;
        assert_eq!(
            names(&root.join("tutorial/src").join(chapter), "md"),
            lessons,
            "pages of {chapter}"
        );
        assert_eq!(
            names(&root.join("crates").join(chapter).join("examples"), "rs"),
            lessons,
            "programs of {chapter}"
        );
        assert_eq!(
            names(&root.join("crates").join(chapter).join("python"), "py"),
            lessons,
            "twins of {chapter}"
        );
    }
}

#[test]
fn starters_judges_and_solutions_match_the_pages_one_to_one() {
    let course = course();
    let named: Vec<_> = course.exercises().map(|exercise| exercise.name.to_owned()).collect();
    let unique: BTreeSet<_> = named.iter().cloned().collect();
    assert_eq!(named.len(), unique.len(), "an exercise is named twice");
    assert_eq!(names(&course.root.join("exercises/tests"), "rs"), unique, "judges");
    for chapter in chapters(&course) {
        let here = course.exercises().filter(|exercise| exercise.lesson.chapter == chapter);
        let here: BTreeSet<_> = here.map(|exercise| exercise.name.to_owned()).collect();
        assert_eq!(
            names(&course.root.join("exercises/starters").join(chapter), "rs"),
            here,
            "starters of {chapter}"
        );
        let solutions = fs::read_dir(course.root.join("solutions").join(chapter))
            .expect("a chapter has solutions");
        let solutions: BTreeSet<_> =
            solutions.flatten().map(|entry| entry.file_name().display().to_string()).collect();
        assert_eq!(solutions, here, "solutions of {chapter}");
    }
}

#[test]
fn every_exercise_has_three_hints() {
    let course = course();
    for exercise in course.exercises() {
        let hints = read(&course.root.join(exercise.solution_folder()).join("hints.md")).unwrap();
        let headings = hints.lines().filter(|line| line.starts_with("## ")).count();
        assert_eq!(headings, 3, "hints of {}", exercise.name);
    }
}

#[test]
fn what_pages_quote_and_show_is_fresh() {
    let stale = weave::stale(&course(), |_| true).unwrap();
    let paths: Vec<_> = stale.iter().map(|(path, _)| path).collect();
    assert!(paths.is_empty(), "stale: {paths:?}. Refresh with: cargo xtask weave");
}

#[test]
fn every_lesson_quotes_its_program_and_its_twin_and_shows_a_run() {
    let course = course();
    for lesson in &course.lessons {
        let investigate = lesson.page.section("Investigate");
        assert!(investigate.contains("```rust"), "{} quotes no Rust", lesson.name);
        assert!(investigate.contains("```python"), "{} quotes no Python", lesson.name);
        assert!(investigate.contains("| Python | Rust |"), "{} has no dictionary", lesson.name);
        assert!(
            lesson.page.section("Run").contains("<!-- output -->"),
            "{} shows no run",
            lesson.name
        );
        let picture = format!("{}.svg", lesson.name);
        assert!(lesson.page.section("Run").contains(&picture), "{} shows no picture", lesson.name);
        let file = course.root.join("tutorial/src").join(&lesson.chapter).join(picture);
        assert!(read(&file).unwrap().starts_with("<svg"), "{} is no picture", file.display());
    }
}

/// Every program reads its knobs first, and stops at one that it does not know; `--help` keeps it from running.
#[test]
fn every_knob_that_a_page_names_is_taken_by_its_program() {
    let course = course();
    let tests = std::env::current_exe().unwrap();
    let examples =
        tests.ancestors().nth(2).expect("tests lie in target/debug/deps").join("examples");
    for chapter in chapters(&course) {
        let build = ["build", "--quiet", "--package", chapter, "--examples"];
        let built = Command::new(env!("CARGO")).args(build).current_dir(&course.root).status();
        assert!(built.unwrap().success(), "the programs of {chapter} do not build");
    }
    for lesson in &course.lessons {
        let (class, page) = (&lesson.page.class, &lesson.page);
        let turned = class.knob.values.iter().map(|value| format!("{} {value}", class.knob.flag));
        let full = class.full.join(" ");
        // In a demo both may be given, and a program takes no knob twice.
        assert!(
            !class.full.contains(&class.knob.flag),
            "{}: {full} holds the demo's knob",
            lesson.name
        );
        // Some suggest a game instead.
        let tries = page.tries.iter().filter(|line| line.starts_with("--")).cloned();
        for knobs in turned.chain([full]).chain(tries) {
            let help = Command::new(examples.join(&lesson.name))
                .args(knobs.split_whitespace().chain(["--help"]))
                .output()
                .unwrap();
            let stderr = String::from_utf8_lossy(&help.stderr);
            assert!(help.status.success(), "{} does not take `{knobs}`: {stderr}", lesson.name);
        }
    }
}

/// An answer may name the atomics of either, and an editor that imports by itself chooses.
#[test]
fn a_judge_that_swaps_std_swaps_core() {
    let course = course();
    for exercise in course.exercises() {
        let judge = read(&course.root.join(exercise.judge_path())).unwrap();
        let swaps = |name: &str| {
            judge.lines().any(|line| line == format!("extern crate interleave as {name};"))
        };
        assert_eq!(swaps("std"), swaps("core"), "{}", exercise.judge_path());
    }
}

#[test]
fn every_twin_runs() {
    if Command::new("python3").arg("--version").output().is_err() {
        eprintln!("SKIPPED: there is no python3 here, so no twin was run.");
        return;
    }
    let course = course();
    let run = |lesson: &Lesson| {
        let twin = course.root.join(lesson.twin_path());
        let run = Command::new("python3").arg(&twin).current_dir(&course.root).output().unwrap();
        let stderr = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{} failed:\n{stderr}", twin.display());
        assert!(!run.stdout.is_empty(), "{} says nothing", twin.display());
    };
    // They mostly wait, so several run at once; a failure in any of them is passed on.
    for group in course.lessons.chunks(4) {
        thread::scope(|scope| {
            for lesson in group {
                scope.spawn(|| run(lesson));
            }
        });
    }
}

/// All files below `folder` with this extension, but none that a build or a student made.
fn files(course: &Course, folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![course.root.join(folder)];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path())
        {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    let answers = course.root.join("exercises");
    let is_ours = |path: &PathBuf| {
        let below = path.strip_prefix(&answers).ok().and_then(|below| below.iter().next());
        below.is_none_or(|first| !chapters(course).contains(&*first.to_string_lossy()))
    };
    found.into_iter().filter(is_ours).collect()
}

#[test]
fn every_source_file_opens_by_saying_what_it_is_for() {
    let course = course();
    let folders = ["crates", "exercises", "solutions", "xtask"];
    let mut sources: Vec<_> =
        folders.iter().flat_map(|folder| files(&course, folder, "rs")).collect();
    sources.retain(|path| !path.starts_with(course.root.join("target")));
    assert!(sources.len() > 50, "only {} sources were found", sources.len());
    for source in sources {
        assert!(
            read(&source).unwrap().starts_with("//! "),
            "{} does not say what it is for",
            source.display()
        );
    }
}

#[test]
fn the_ci_runs_the_readmes_test_command() {
    let course = course();
    let readme = read(&course.root.join("README.md")).unwrap();
    let commands: Vec<_> = readme
        .lines()
        .filter(|line| *line == "cargo xtask lesson 3" || *line == "cargo test")
        .collect();
    assert_eq!(commands, ["cargo xtask lesson 3", "cargo test"], "the README's two commands");
    let ci = read(&course.root.join(".ci/run")).unwrap();
    assert_eq!(ci.lines().last(), Some("cargo test"), "the last line of .ci/run");
}

#[test]
fn the_project_speaks_of_no_ones_machine() {
    let course = course();
    let texts = ["md", "rs", "py", "toml"].iter().flat_map(|extension| {
        ["crates", "tutorial/src", "exercises", "solutions", "xtask/src"]
            .map(|folder| files(&course, folder, extension))
    });
    for file in texts.flatten() {
        let text = read(&file).unwrap();
        for word in ["/root/", "/home/", "/work/"] {
            assert!(
                !text.contains(word),
                "{} names a folder of somebody's machine: {word}",
                file.display()
            );
        }
    }
}
