//! A sender for each cook and none for anybody else: the channel ends with the last cook, and so does the loop.

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
    // The clones are the cooks'. This one is nobody's, and would keep the waiter waiting for ever.
    drop(pass);
    plates.into_iter().map(|plate| serve(plate)).count()
}
