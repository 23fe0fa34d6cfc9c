//! Games played by scripts of moves: won, lost, helped, refused, scored.

#[cfg(unix)]
mod clone;
#[cfg(unix)]
mod session;

use std::cell::RefCell;
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use xtask::course::Course;
use xtask::play::{Version, by_lines};
use xtask::progress::Store;

/// The real course, and a score sheet that belongs to the test alone.
struct Table {
    course: Course,
    scores: PathBuf,
}

impl Table {
    fn of(test: &str) -> Self {
        colored::control::set_override(false);
        let root =
            Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the course");
        let course = Course::read(root).expect("the course can be read");
        let scores = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("play-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&scores).expect("the target folder is writable");
        Self { course, scores }
    }

    fn store(&self) -> Store {
        Store::new(&self.scores, &self.scores)
    }

    /// Plays and returns whether the goal was reached, and what the player saw last.
    fn play(&self, name: &str, fixed: bool, moves: &str) -> (bool, String) {
        let version = Version::asked(fixed, false);
        let mut seen = Vec::new();
        let won = by_lines(&self.course, &self.store(), name, version, moves.as_bytes(), &mut seen);
        let seen = String::from_utf8(seen).expect("the screen is text");
        let last = seen.rfind(" · move ").expect("a screen has a heading");
        let from = seen[..last].rfind('\n').map_or(0, |at| at + 1);
        (won.expect("these are moves"), seen[from..].to_owned())
    }

    fn refuse(&self, name: &str, moves: &str) -> String {
        let result = by_lines(
            &self.course,
            &self.store(),
            name,
            Version::Broken,
            moves.as_bytes(),
            std::io::sink(),
        );
        format!("{:#}", result.expect_err("this is no move"))
    }

    fn best(&self, game: &str) -> Option<usize> {
        self.store().load().unwrap().0.games.get(game).copied()
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        // Left behind, it hurts no other test: its name is unique.
        let _ = std::fs::remove_dir_all(&self.scores);
    }
}

#[test]
fn three_moves_lose_money_and_are_kept_as_a_score() {
    let table = Table::of("score");
    let (won, screen) = table.play("lost_update", false, "1 2 1");
    assert!(won);
    for part in ["You did it, in 3 moves.", "✗ lost update: thread 2 writes to till", "→ reads 0"]
    {
        assert!(screen.contains(part), "no {part:?} in:\n{screen}");
    }
    assert_eq!(table.best("lost_update"), Some(3));
}

#[test]
fn the_screen_shows_who_stands_where_and_what_is_shared() {
    let table = Table::of("screen");
    let (won, screen) = table.play("deadlock", false, "1");
    assert!(!won);
    let expected = "\
deadlock · move 1 · possible in 2
Two cooks need the pan and the knife.
Goal: bring the kitchen to a standstill.

   16 │     let mut pan = kitchen.pan.lock().unwrap();
   17 │     let mut knife = kitchen.knife.lock().unwrap();           ◀1
   18 │     *pan += 1;
    ⋮
   23 │ fn chop(kitchen: &Kitchen) {
   24 │     let mut knife = kitchen.knife.lock().unwrap();           ◀2
   25 │     let mut pan = kitchen.pan.lock().unwrap();

    main      waits for thread 1 to end
[1] thread 1  locks knife
[2] thread 2  locks knife

mutex pan = 0, held by thread 1
mutex knife, free

So far
  thread 1 locks pan, finds 0

[number] moves
[u] undo · [r] restart · [h] hint · [w] worst · [p] prove · [q] leave
";
    assert_eq!(screen.trim_end(), expected.trim_end());
}

/// A player who sees the screen, asks for a hint each time, and follows it.
struct Follower(Rc<RefCell<Vec<u8>>>);

impl Read for Follower {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let seen = self.0.borrow();
        let seen = String::from_utf8_lossy(&seen);
        let screen = &seen[seen.rfind(" · move ").unwrap_or(0)..];
        if screen.contains("You did it") {
            return Ok(0);
        }
        let hint = screen.split_once("Hint: ").and_then(|(_, hint)| hint.chars().next());
        let line = format!("{}\n", hint.unwrap_or('h'));
        buffer[..line.len()].copy_from_slice(line.as_bytes());
        Ok(line.len())
    }
}

/// What both the player and the test see.
struct Screen(Rc<RefCell<Vec<u8>>>);

impl Write for Screen {
    fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(text)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn every_game_can_be_won_by_following_the_hints() {
    let table = Table::of("hints");
    let games = std::fs::read_dir(table.course.root.join("crates/pitfalls/tests/games")).unwrap();
    let names = games
        .flatten()
        .filter_map(|game| game.file_name().to_str()?.strip_suffix(".rs").map(str::to_owned));
    for name in names.filter(|name| name != "main") {
        let seen = Rc::new(RefCell::new(Vec::new()));
        let player = BufReader::new(Follower(Rc::clone(&seen)));
        let screen = Screen(Rc::clone(&seen));
        let won = by_lines(&table.course, &table.store(), &name, Version::Broken, player, screen);
        let seen = String::from_utf8_lossy(&seen.borrow()).into_owned();
        assert!(won.unwrap_or_else(|error| panic!("{name}: {error:#}\n{seen}")), "{seen}");
        assert!(seen.contains("With help, so it is not kept"), "{name}:\n{seen}");
        assert_eq!(table.best(&name), None, "{name}: a game won with help is not scored");
    }
}

#[test]
fn a_move_can_be_taken_back_and_a_game_begun_again() {
    let table = Table::of("undo");
    let (_, begun) = table.play("lost_update", false, "");
    assert_eq!(table.play("lost_update", false, "1 u").1, begun);
    assert_eq!(table.play("lost_update", false, "1 2 r").1, begun);
    assert_eq!(table.play("lost_update", false, "u").1, begun, "there is nothing to take back");
    assert!(table.play("lost_update", false, "1 1 u u 1 2 1").0);
}

#[test]
fn a_run_that_goes_well_proves_nothing_and_does_not_win() {
    let table = Table::of("well");
    let (won, screen) = table.play("lost_update", false, "1 1");
    assert!(!won);
    assert!(screen.contains("This run went well. That proves nothing"), "{screen}");
    assert_eq!(table.best("lost_update"), None);
}

#[test]
fn once_it_is_too_late_the_hint_says_so() {
    let table = Table::of("late");
    let (_, screen) = table.play("lost_update", false, "1 1 h");
    assert!(screen.contains("From here nothing can go wrong any more."), "{screen}");
}

#[test]
fn on_the_repaired_program_it_is_proved_that_nobody_can() {
    let table = Table::of("proof");
    let (won, screen) = table.play("lost_update", true, "p");
    assert!(!won);
    assert!(screen.contains("✔ 2 interleavings, that is all of them"), "{screen}");
}

#[test]
fn the_verdict_of_a_search_stands_under_the_board() {
    let table = Table::of("under");
    let (_, screen) = table.play("deadlock", false, "1 p");
    let last = &screen[screen.rfind(" · move ").unwrap()..];
    assert!(last.contains("[1] thread 1  locks knife"), "{last}");
    assert!(last.contains("It can go wrong"), "{last}");
}

#[test]
fn the_worst_is_the_clearest_losing_run() {
    let table = Table::of("worst");
    let (_, screen) = table.play("deadlock", false, "w");
    assert!(screen.contains("✗ deadlock: thread 1 waits for thread 2"), "{screen}");
    assert!(screen.contains("The run, with 1 interruption"), "{screen}");
}

#[test]
fn a_stale_read_is_a_choice_of_its_own() {
    let table = Table::of("stale");
    let (_, screen) = table.play("stale_flag", false, "1 1 a");
    assert!(screen.contains("[b] thread 2  reads an older value, 0"), "{screen}");
    assert!(table.play("stale_flag", false, "1 1 a b").0);
}

#[test]
fn a_thread_that_cannot_move_is_refused_with_what_can() {
    let table = Table::of("refused");
    let error = table.refuse("lost_update", "0");
    assert!(error.contains("`0` is no move here. Possible now: 1 (reads till), 2"), "{error}");
}

#[test]
fn an_unknown_game_is_answered_with_the_list() {
    let table = Table::of("unknown");
    let error = table.refuse("losst_update", "");
    assert!(error.contains("Games are listed by: cargo xtask play"), "{error}");
}

#[test]
fn an_exercise_without_schedules_cannot_be_played() {
    let table = Table::of("none");
    let error = table.refuse("gantt", "");
    assert!(error.ends_with("cargo xtask check gantt"), "{error}");
}

#[cfg(unix)]
#[test]
fn at_a_terminal_keys_move_undo_and_leave() {
    let mut session = session::Session::in_the_real_course(&["play", "deadlock"]);
    session.see("[q] leave");
    session.press("1");
    session.see("mutex pan = 0, held by thread 1");
    session.see("[q] leave");
    session.press("u");
    session.see("deadlock · move 0");
    session.see("[q] leave");
    session.press("w");
    session.see("✗ deadlock");
    session.see("[q] leave");
    session.press("q");
    assert_eq!(session.end(), Some(0));
    assert!(session.terminal_is_normal());
}

#[cfg(unix)]
#[test]
fn a_class_votes_and_the_majority_moves() {
    let mut session = session::Session::in_the_real_course(&["play", "deadlock", "--large"]);
    for (key, ballot) in [("1", "[1] thread 1  locks pan  ●"), ("2", "●"), ("2", "●●")] {
        session.see("the majority moves");
        session.press(key);
        session.see(ballot);
    }
    session.see("the majority moves");
    session.press(" ");
    session.see("held by thread 2");
    // The next vote begins without the ballots of the last.
    session.see("the majority moves");
    assert!(!session.screen.screen().contents().contains('●'));
    session.press("\x03");
    assert_eq!(session.end(), Some(0));
    assert!(session.terminal_is_normal());
}
