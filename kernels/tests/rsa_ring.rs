//! A share of the soak (`examples/soak_rsa.rs`): each verdict of the kernel is that of `ring`, and the
//! one that follows from how the case was made.

#[path = "rsa_support/mod.rs"]
mod rsa_support;

use std::collections::BTreeMap;

use rsa_support::cases::{Generator, TAMPERINGS};
use rsa_support::oracle;
use sessiongate_kernels::rsa::PublicKey;

#[test]
fn the_kernel_agrees_with_ring_and_with_the_construction() {
    let mut generator = Generator::new(20_261_121, &[2048]);
    let mut kinds = BTreeMap::new();
    for round in 0..48 {
        let (modulus, cases) = generator.round();
        let key = PublicKey::new(&modulus).expect("a key");
        for case in cases {
            let is_valid = key.verify(case.hash, &case.message, &case.signature);
            assert_eq!(is_valid, case.is_valid, "{} in round {round}", case.kind);
            let verdict = oracle(&modulus, case.hash, &case.message, &case.signature);
            assert!(verdict.is_none_or(|verdict| verdict == is_valid), "{}", case.kind);
            *kinds.entry(case.kind).or_insert(0) += 1;
        }
    }
    assert_eq!(kinds["genuine"], 47 * 8 + 2);
    assert!((0..TAMPERINGS).all(|kind| kinds.contains_key(&format!("tampered {kind:2}"))));
    assert!(kinds.keys().filter(|kind| kind.starts_with("forged")).count() > 20);
}
