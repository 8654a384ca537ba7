//! A disk that takes no more.
//!
//! A limit on the size of files stands in for it: it needs no rights that a test may lack. SQLite takes it for a write
//! that failed; a file system that is really full is part of `cargo xtask torture server`.

use std::process::Command;

use crate::program::{Place, Served};

#[test]
fn without_room_nothing_is_acknowledged_and_with_room_again_it_goes_on() {
    let place = Place::new();
    let program = env!("CARGO_BIN_EXE_cercle-backend");
    // Who ignores the signal is told by an error instead of being killed.
    let limited = "trap '' XFSZ; ulimit -S -f 512; exec \"$0\" --port 0 --data \"$1\"";
    let served = Served::start(Command::new("sh").args(["-c", limited, program]).arg(place.file("data")));
    let full = (1..1000).find(|id| served.propose(*id, "Revues de code").0 != 200);
    let full = full.expect("the limit is reached");
    let acknowledged = usize::try_from(full).unwrap() - 1;

    for id in full..full + 5 {
        assert_eq!(served.propose(id, "Revues de code"), (503, "storage".to_owned()));
    }
    assert_eq!(served.titles().len(), acknowledged, "reading goes on, and nobody sees what was not kept");

    let room =
        Command::new("prlimit").args(["--fsize=unlimited:", "--pid", &served.id().to_string()]).status();
    assert!(room.unwrap().success());
    for id in full..full + 5 {
        assert_eq!(served.propose(id, "Revues de code"), (200, "ok".to_owned()));
    }
    drop(served);
    assert_eq!(place.serve().titles().len(), acknowledged + 5);
}
