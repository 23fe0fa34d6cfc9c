//! Believes: when all cooks have been joined, the plates can be served in peace.
//! Rejected by: a_plate_is_served_while_its_cook_goes_on: deadlock

use std::sync::mpsc;
use std::thread;

pub fn fan_in<C>(cooks: Vec<C>, mut serve: impl FnMut(u32)) -> usize
where
    C: Iterator<Item = u32> + Send + 'static,
{
    let (pass, plates) = mpsc::channel();
    let start = |cook: C| {
        let pass = pass.clone();
        thread::spawn(move || cook.for_each(|plate| _ = pass.send(plate)))
    };
    let threads: Vec<_> = cooks.into_iter().map(start).collect();
    drop(pass);
    for thread in threads {
        thread.join().expect("no cook panics");
    }
    plates.into_iter().map(|plate| serve(plate)).count()
}
