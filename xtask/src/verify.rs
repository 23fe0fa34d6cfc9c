//! Judges every starter, solution and wrong answer: the first must fail, the second pass, and each
//! of the third be rejected for the reason it predicts.
//!
//! All answers are built at once in a package made for it below `target/`, one test program for each,
//! so an answer that does not compile keeps no other from its verdict. The judge is the student's
//! own, word for word but for the path of the answer.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result, bail, ensure};

use crate::answer::{self, Rejection};
use crate::cargo::{self, Build, Progress};
use crate::course::{Course, Exercise, read};
use crate::judge::{self, Verdict};

/// What is expected of an answer.
enum Expected {
    Fails,
    Passes,
    Rejected(Rejection),
}

struct Answer<'a> {
    exercise: Exercise<'a>,
    /// The name of its test program.
    program: String,
    file: PathBuf,
    expected: Expected,
}

/// What the verification found.
#[derive(Debug, Default)]
pub struct Report {
    /// A line for each answer that got another verdict than expected.
    pub surprises: Vec<String>,
    /// How many exercises were verified.
    pub exercises: usize,
    /// How many wrong answers were rejected as predicted.
    pub rejected: usize,
}

/// Judges all answers of the exercises that `wanted` accepts.
///
/// # Errors
/// When the files of an exercise are incomplete, or a judge cannot be built or run.
pub fn all(
    course: &Course,
    progress: Progress,
    wanted: impl Fn(&Exercise) -> bool,
) -> Result<Report> {
    let mut answers = Vec::new();
    let mut report = Report::default();
    for exercise in course.exercises().filter(wanted) {
        answers.extend(answers_of(course, exercise)?);
        report.exercises += 1;
    }
    let build = build(course, &answers, progress)?;
    for (answer, verdict) in answers.iter().zip(judge_all(course, &build, &answers)) {
        note(&mut report, answer, &verdict?, &course.root);
    }
    Ok(report)
}

/// Builds all answers with their judges.
fn build(course: &Course, answers: &[Answer], progress: Progress) -> Result<Build> {
    let package = lay_out_package(course, answers)?;
    // In the course's own target folder, so that no library is built twice.
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| course.root.join("target"), PathBuf::from);
    let target = target.to_str().context("the target folder's path is not plain text")?;
    // By name: what lies there of an earlier verification stays built, and is not built anew.
    let tests = answers.iter().flat_map(|answer| ["--test", &answer.program]);
    let arguments: Vec<_> = ["--target-dir", target].into_iter().chain(tests).collect();
    cargo::build(&package, &arguments, progress)
}

/// Judges one wrong answer, for a look at what its author would see.
///
/// # Errors
/// When there is no such answer, it cannot be judged, or it is not rejected.
pub fn refute(course: &Course, exercise: Exercise, wrong: &str) -> Result<Verdict> {
    let program = format!("{}__wrong_{wrong}", exercise.name);
    let answers = answers_of(course, exercise)?;
    let answer = answers.iter().find(|answer| answer.program == program);
    let answer = answer.with_context(|| {
        format!(
            "There is no wrong answer `{wrong}`. They lie in {}/wrong",
            exercise.solution_folder()
        )
    })?;
    let build = build(course, std::slice::from_ref(answer), Progress::Silent)?;
    match judge_one(course, &build, answer)? {
        Verdict::Passed { .. } => bail!("{} was not rejected", answer.file.display()),
        verdict => {
            Ok(judge::in_order_of(&read(&course.root.join(exercise.judge_path()))?, verdict))
        }
    }
}

/// Judges all answers, several at once: most of the time of a wrong answer is spent waiting for it.
fn judge_all(course: &Course, build: &Build, answers: &[Answer]) -> Vec<Result<Verdict>> {
    const AT_ONCE: usize = 4;
    let verdicts: Vec<_> = answers.iter().map(|_| OnceLock::new()).collect();
    // Relaxed: only the number itself is shared, and each is handed out once.
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(at) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < answers.len())
                {
                    let _ = verdicts[at].set(judge_one(course, build, &answers[at]));
                }
            });
        }
    });
    verdicts.into_iter().map(|verdict| verdict.into_inner().expect("each was judged")).collect()
}

fn judge_one(course: &Course, build: &Build, answer: &Answer) -> Result<Verdict> {
    match (build.executables.get(&answer.program), build.errors.get(&answer.program)) {
        (_, Some(errors)) => Ok(judge::refused(errors)),
        (Some(program), None) => judge::run(program, &course.root, judge::TIME_LIMIT),
        (None, None) => bail!("{} was neither built nor refused", answer.program),
    }
}

fn note(report: &mut Report, answer: &Answer, verdict: &Verdict, root: &Path) {
    let as_expected = match (&answer.expected, verdict) {
        (Expected::Passes, Verdict::Passed { .. }) => true,
        // A starter that does not compile would greet the student with an error that is ours.
        (Expected::Fails, Verdict::Failed(_) | Verdict::Broke { .. }) => true,
        (Expected::Rejected(rejection), verdict) => rejection.matches(verdict),
        _ => false,
    };
    let wrong = matches!(answer.expected, Expected::Rejected(_));
    report.rejected += usize::from(wrong && as_expected);
    if !as_expected {
        let file = answer.file.strip_prefix(root).unwrap_or(&answer.file).display();
        let expected = match &answer.expected {
            Expected::Fails => "a starter must compile and fail".to_owned(),
            Expected::Passes => "a solution must pass".to_owned(),
            Expected::Rejected(rejection) => format!("predicted: {rejection:?}"),
        };
        report.surprises.push(format!("{file}: {expected}; but: {verdict:?}"));
    }
}

fn answers_of<'a>(course: &Course, exercise: Exercise<'a>) -> Result<Vec<Answer<'a>>> {
    let folder = course.root.join(exercise.solution_folder());
    let answer = |program: &str, file: PathBuf, expected| {
        ensure!(file.is_file(), "`{}` lacks {}", exercise.name, file.display());
        Ok(Answer { exercise, program: format!("{}__{program}", exercise.name), file, expected })
    };
    let mut answers = vec![
        answer("starter", course.root.join(exercise.starter_path()), Expected::Fails)?,
        answer("solution", folder.join("solution.rs"), Expected::Passes)?,
    ];
    for file in exercise.wrong_answers(&course.root)? {
        let wrong =
            answer::parse_wrong(&read(&file)?).with_context(|| format!("in {}", file.display()))?;
        let stem = file
            .file_stem()
            .and_then(|stem| stem.to_str())
            .context("an answer's name is plain text")?;
        answers.push(answer(
            &format!("wrong_{stem}"),
            file.clone(),
            Expected::Rejected(wrong.rejected_by),
        )?);
    }
    ensure!((3..=8).contains(&answers.len()), "`{}` must have 1 to 6 wrong answers", exercise.name);
    Ok(answers)
}

/// Makes the package whose tests are all answers, each below its judge. Unchanged files are left
/// alone, so that only what changed is built again.
fn lay_out_package(course: &Course, answers: &[Answer]) -> Result<PathBuf> {
    let folder = course.scratch().join("judging");
    let tests = folder.join("tests");
    fs::create_dir_all(&tests).with_context(|| format!("{} cannot be made", tests.display()))?;
    put(&folder.join("Cargo.toml"), &manifest(&course.root)?)?;
    put(&folder.join("Cargo.lock"), &read(&course.root.join("Cargo.lock"))?)?;
    for answer in answers {
        let judge = read(&course.root.join(answer.exercise.judge_path()))?;
        let line = format!(
            "#[path = \"../{}/{}.rs\"]",
            answer.exercise.lesson.chapter, answer.exercise.name
        );
        ensure!(
            judge.contains(&line),
            "{} must pull the answer in with {line}",
            answer.exercise.judge_path()
        );
        let path = format!("#[path = {:?}]", answer.file.display().to_string());
        let file = tests.join(format!("{}.rs", answer.program));
        put(&file, &judge.replace(&line, &path))?;
    }
    Ok(folder)
}

/// The exercises' manifest as a workspace of its own: the same libraries, versions and profiles.
fn manifest(root: &Path) -> Result<String> {
    let here = root.display();
    let workspace = read(&root.join("Cargo.toml"))?
        .replace("path = \"crates/", &format!("path = \"{here}/crates/"));
    let workspace = drop_keys(&workspace, &["members", "default-members"]);
    let package =
        read(&root.join("exercises/Cargo.toml"))?.replace("[package]", "[package]\nbuild = false");
    Ok(format!("{package}\n[lib]\npath = \"{here}/exercises/src/lib.rs\"\n\n{workspace}"))
}

fn drop_keys(toml: &str, keys: &[&str]) -> String {
    let named = |line: &&str| !keys.iter().any(|key| line.starts_with(&format!("{key} =")));
    toml.lines().filter(named).map(|line| format!("{line}\n")).collect()
}

fn put(file: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(file).is_ok_and(|present| present == text) {
        return Ok(());
    }
    fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
}
