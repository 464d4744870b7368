//! A few prepared keys, by what they were prepared from.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::bytes::equal;

/// The `N` values that were asked for last, the latest first. `N` is small: a search compares the
/// names one by one, and those of different keys differ in their first bytes.
pub(crate) struct Recent<V, const N: usize> {
    entries: Vec<Entry<V>>,
}

/// All the bytes of the key, and what was made of them.
type Entry<V> = (Box<[u8]>, V);

impl<V, const N: usize> Recent<V, N> {
    /// The value of this name, or one that is made for it; the one that was not asked for longest
    /// goes. `None` if none can be made, which leaves everything as it was.
    pub(crate) fn find_or_make(
        &mut self,
        name: &[u8],
        make: impl FnOnce() -> Option<V>,
    ) -> Option<&mut V> {
        let place = self.entries.iter().position(|(own, _)| equal(own, name));
        if let Some(place) = place {
            if let Some(earlier) = self.entries.get_mut(..=place) {
                earlier.rotate_right(1);
            }
        } else {
            let value = make()?;
            self.entries.truncate(N.saturating_sub(1));
            self.entries.insert(0, (name.into(), value));
        }
        self.entries.first_mut().map(|(_, value)| value)
    }
}

impl<V, const N: usize> Default for Recent<V, N> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(recent: &mut Recent<u32, 3>, name: &str, value: u32) -> u32 {
        *recent.find_or_make(name.as_bytes(), || Some(value)).unwrap()
    }

    #[test]
    fn what_was_made_is_found_again() {
        let mut recent = Recent::default();
        assert_eq!(ask(&mut recent, "a", 1), 1);
        assert_eq!(ask(&mut recent, "b", 2), 2);
        assert_eq!(ask(&mut recent, "a", 9), 1);
        assert_eq!(ask(&mut recent, "b", 9), 2);
    }

    #[test]
    fn what_was_not_asked_for_longest_goes_first() {
        let mut recent = Recent::default();
        for (value, name) in (1..).zip(["a", "b", "c", "a", "d"]) {
            ask(&mut recent, name, value);
        }
        assert_eq!(recent.entries.len(), 3);
        assert_eq!(ask(&mut recent, "a", 9), 1);
        assert_eq!(ask(&mut recent, "c", 9), 3);
        assert_eq!(ask(&mut recent, "d", 9), 5);
        assert_eq!(ask(&mut recent, "b", 9), 9);
    }

    #[test]
    fn what_cannot_be_made_pushes_nothing_out() {
        let mut recent = Recent::default();
        for name in ["a", "b", "c"] {
            ask(&mut recent, name, 1);
        }
        assert_eq!(recent.find_or_make(b"d", || None), None);
        for name in ["a", "b", "c"] {
            assert_eq!(ask(&mut recent, name, 9), 1);
        }
    }
}
