//! Long runs of bytes, which the loops of the standard library take one at a time in wasm.

/// Whether both are the same. Not in constant time: no guess of a secret is compared with it.
pub(crate) fn equal(left: &[u8], right: &[u8]) -> bool {
    let (left_words, left_rest) = left.as_chunks::<WORD>();
    let (right_words, right_rest) = right.as_chunks::<WORD>();
    // The end of a token differs where its beginning does not.
    left.len() == right.len() && left_rest == right_rest && {
        let differing = left_words.iter().zip(right_words).fold(0, |differing, (left, right)| {
            differing | (u64::from_le_bytes(*left) ^ u64::from_le_bytes(*right))
        });
        differing == 0
    }
}

const WORD: usize = size_of::<u64>();

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn one_changed_byte_makes_a_difference() {
        for len in 0..70 {
            let bytes: Vec<u8> = (0..len).collect();
            assert!(equal(&bytes, &bytes.clone()));
            assert!(!equal(&bytes, &[&bytes[..], &[0]].concat()));
            for place in 0..bytes.len() {
                let mut other = bytes.clone();
                other[place] ^= 1;
                assert!(!equal(&bytes, &other), "{len} {place}");
            }
        }
    }
}
