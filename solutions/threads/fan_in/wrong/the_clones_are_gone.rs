//! Believes: the channel is closed when all cooks, who have the clones, are gone.
//! Rejected by: one_cook_is_served_and_the_waiter_goes_home: deadlock

use std::sync::mpsc;
use std::thread;

pub fn fan_in<C>(cooks: Vec<C>, mut serve: impl FnMut(u32)) -> usize
where
    C: Iterator<Item = u32> + Send + 'static,
{
    let (pass, plates) = mpsc::channel();
    for cook in cooks {
        let pass = pass.clone();
        thread::spawn(move || {
            for plate in cook {
                pass.send(plate).expect("the waiter stays until the last cook has gone");
            }
        });
    }
    let mut count = 0;
    for plate in plates {
        serve(plate);
        count += 1;
    }
    count
}
