//! The program itself, as whoever runs it meets it: started, killed, given bad files and full disks.

#![expect(clippy::unwrap_used, reason = "in a test, a panic is the message")]

mod program;

mod backup;
mod restore;
mod damage;
mod room;
