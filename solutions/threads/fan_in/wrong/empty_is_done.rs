//! Believes: an empty pass means that all plates are served.
//! Rejected by: one_cook_is_served_and_the_waiter_goes_home: broken invariant

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
                let _ = pass.send(plate);
            }
        });
    }
    drop(pass);
    let mut count = 0;
    while let Ok(plate) = plates.try_recv() {
        serve(plate);
        count += 1;
    }
    count
}
