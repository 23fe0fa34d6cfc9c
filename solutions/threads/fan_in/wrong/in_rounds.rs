//! Believes: going round from cook to cook, a plate from each, is fair to all.
//! Rejected by: no_plate_waits_for_another_cook: deadlock

use std::sync::mpsc;
use std::thread;

pub fn fan_in<C>(cooks: Vec<C>, mut serve: impl FnMut(u32)) -> usize
where
    C: Iterator<Item = u32> + Send + 'static,
{
    let start = |cook: C| {
        let (pass, plates) = mpsc::channel();
        thread::spawn(move || cook.for_each(|plate| pass.send(plate).expect("the waiter stays")));
        plates
    };
    let mut passes: Vec<_> = cooks.into_iter().map(start).collect();
    let mut count = 0;
    while !passes.is_empty() {
        passes.retain(|plates| match plates.recv() {
            Ok(plate) => {
                serve(plate);
                count += 1;
                true
            }
            Err(_) => false,
        });
    }
    count
}
