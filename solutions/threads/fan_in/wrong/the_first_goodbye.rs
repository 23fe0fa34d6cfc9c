//! Believes: a last message that says "no more" ends the channel.
//! Rejected by: every_plate_of_every_cook_is_served_once: broken invariant

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
                let _ = pass.send(Some(plate));
            }
            let _ = pass.send(None);
        });
    }
    drop(pass);
    let mut count = 0;
    while let Ok(Some(plate)) = plates.recv() {
        serve(plate);
        count += 1;
    }
    count
}
