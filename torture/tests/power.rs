//! The check of the check: a power cut loses nothing, and the trial would notice if it did.

use cercle_torture::power::{self, Care};

#[test]
fn nothing_that_was_acknowledged_is_lost_when_the_power_goes() {
    let figures = power::run(20, 1, Care::Full).unwrap();
    assert!(figures.are_clean(), "{:?}", figures.complaints().collect::<Vec<_>>());
    assert_eq!(figures.blows, 20);
    assert!(figures.acknowledged > 100 && figures.unanswered > 0, "{figures}");
}

#[test]
fn a_store_that_does_not_sync_is_found_out() {
    for seed in 1..=5 {
        let figures = power::run(20, seed, Care::Off).unwrap();
        assert!(!figures.are_clean(), "seed {seed} found nothing: {figures}");
    }
}
