//! ECDSA on P-256: the kernel against ring, on cases made for it, and against Wycheproof's vectors.
//!
//! ring is asked natively. In wasm the kernel is held to the verdicts that it gave (`soak_p256`), and to
//! the vectors through the npm package.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at what it did not expect"
)]

mod cases;
mod judge;
mod random;
mod reference;
mod signer;
mod wycheproof;

use judge::Judge;
use random::Random;
use reference::Verdicts;

#[test]
fn the_kernel_says_what_ring_says() {
    cases::check_constants();
    let (mut random, mut judge) = (Random::new(1), Judge::new());
    while judge.total() < 4000 {
        for group in cases::batch(&mut random) {
            judge.judge(&group, &Verdicts::of(&group));
        }
    }
    print!("{}", judge.summary());
    assert!(judge.faults.is_empty(), "{:#?}", judge.faults);
    for kind in cases::VALID {
        assert!(judge.count(kind)[0] > 0, "no valid case: {kind}");
    }
    for kind in cases::INVALID {
        assert!(judge.count(kind)[1] > 0, "no invalid case: {kind}");
    }
}
