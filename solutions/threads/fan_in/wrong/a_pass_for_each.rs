//! Believes: a channel for each cook keeps things simple; they are emptied one after the other.
//! Rejected by: the_cooks_cook_at_the_same_time: deadlock

use std::sync::mpsc;
use std::thread;

pub fn fan_in<C>(cooks: Vec<C>, mut serve: impl FnMut(u32)) -> usize
where
    C: Iterator<Item = u32> + Send + 'static,
{
    let mut count = 0;
    for cook in cooks {
        let (pass, plates) = mpsc::sync_channel(1);
        thread::spawn(move || cook.for_each(|plate| _ = pass.send(plate)));
        for plate in plates {
            serve(plate);
            count += 1;
        }
    }
    count
}
