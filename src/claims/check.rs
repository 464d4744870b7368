//! The application's own rules for claims, such as a schema.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::RefCell;

use super::Claims;
use crate::decision::ClaimError;

/// Says whether the claims of a verified session token are as an application wants them.
pub trait ClaimsCheck {
    /// Looks at claims that everything else was found right about.
    fn check(&self, claims: &Claims) -> ClaimsJudgement;
}

/// What a [`ClaimsCheck`] says.
#[derive(Clone, Debug, PartialEq)]
pub enum ClaimsJudgement {
    /// The claims are as they must be.
    Accepted,
    /// They are not, because of these, should it know.
    Refused(Vec<ClaimError>),
    /// It could not tell: nobody is let in, and the claims are looked at again the next time.
    Undecided,
}

impl ClaimsJudgement {
    /// The same where undecided is refused.
    pub(crate) fn into_result(self) -> Result<(), Vec<ClaimError>> {
        match self {
            Self::Accepted => Ok(()),
            Self::Refused(errors) => Err(errors),
            Self::Undecided => Err(Vec::new()),
        }
    }
}

/// A check, and what it said of claims that were seen before.
pub(crate) struct CheckedClaims {
    check: Box<dyn ClaimsCheck + Send>,
    known: RefCell<Judgements>,
}

impl CheckedClaims {
    /// Remembers the judgements on up to `max` claims sets; none for 0.
    pub(crate) fn new(check: Box<dyn ClaimsCheck + Send>, max: usize) -> Self {
        let known = Judgements { max, places: Vec::new() };
        Self { check, known: RefCell::new(known) }
    }

    /// What the check says; it is asked once for each claims set that is remembered.
    pub(crate) fn judge(&self, claims: &Claims) -> ClaimsJudgement {
        let number = claims.number();
        if let Some(known) = self.known.borrow().get(number) {
            return known.clone();
        }
        // Nothing is borrowed while the application's code runs.
        let judgement = self.check.check(claims);
        if number != 0 && judgement != ClaimsJudgement::Undecided {
            self.known.borrow_mut().insert(number, judgement.clone());
        }
        judgement
    }
}

/// Judgements by the numbers of claims. Each has one place, so that claims make way for others that come
/// as much later as there are places.
struct Judgements {
    max: usize,
    /// No longer than they have to be.
    places: Vec<Option<(u64, ClaimsJudgement)>>,
}

impl Judgements {
    /// `None` where nothing is remembered.
    fn place(&self, number: u64) -> Option<usize> {
        usize::try_from(number).ok()?.checked_rem(self.max)
    }

    fn get(&self, number: u64) -> Option<&ClaimsJudgement> {
        let known = self.places.get(self.place(number)?)?.as_ref();
        known.filter(|(own, _)| *own == number).map(|(_, judgement)| judgement)
    }

    fn insert(&mut self, number: u64, judgement: ClaimsJudgement) {
        let Some(place) = self.place(number) else { return };
        if self.places.len() <= place {
            self.places.resize(place + 1, None);
        }
        if let Some(known) = self.places.get_mut(place) {
            *known = Some((number, judgement));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;
    use crate::claims::UnverifiedClaims;
    use alloc::sync::Arc;
    use core::sync::atomic::{AtomicUsize, Ordering};

    const REFUSED: ClaimsJudgement = ClaimsJudgement::Refused(Vec::new());

    struct Counted(Arc<AtomicUsize>);

    impl ClaimsCheck for Counted {
        fn check(&self, claims: &Claims) -> ClaimsJudgement {
            self.0.fetch_add(1, Ordering::Relaxed);
            match claims.str("says") {
                Some("yes") => ClaimsJudgement::Accepted,
                Some(_) => ClaimsJudgement::Undecided,
                None => REFUSED,
            }
        }
    }

    fn claims(number: u64, text: &str) -> Claims {
        let claims =
            UnverifiedClaims::parse_numbered(number, text.as_bytes().to_vec(), &Budget::DEFAULT);
        claims.unwrap().signature_was_verified()
    }

    fn counted(max: usize) -> (CheckedClaims, impl Fn() -> usize) {
        let count = Arc::new(AtomicUsize::new(0));
        let checked = CheckedClaims::new(Box::new(Counted(Arc::clone(&count))), max);
        (checked, move || count.load(Ordering::Relaxed))
    }

    #[test]
    fn claims_are_looked_at_once_whatever_is_said_of_them() {
        let (checked, count) = counted(2);
        let (good, bad) = (claims(1, r#"{"says":"yes"}"#), claims(2, "{}"));
        for _ in 0..3 {
            assert_eq!(checked.judge(&good), ClaimsJudgement::Accepted);
            assert_eq!(checked.judge(&bad), REFUSED);
        }
        assert_eq!(count(), 2);
    }

    #[test]
    fn what_could_not_be_told_is_asked_again() {
        let (checked, count) = counted(2);
        let claims = claims(1, r#"{"says":"who knows"}"#);
        for _ in 0..3 {
            assert_eq!(checked.judge(&claims).into_result(), Err(Vec::new()));
        }
        assert_eq!(count(), 3);
    }

    #[test]
    fn claims_without_a_number_are_looked_at_each_time() {
        let (checked, count) = counted(2);
        assert_eq!(checked.judge(&claims(0, "{}")), REFUSED);
        assert_eq!(checked.judge(&claims(0, r#"{"says":"yes"}"#)), ClaimsJudgement::Accepted);
        assert_eq!(count(), 2);
    }

    #[test]
    fn no_more_are_remembered_than_asked_for() {
        let (checked, count) = counted(2);
        for number in [1, 2, 3, 2, 3, 1, 3, 2] {
            assert_eq!(checked.judge(&claims(number, "{}")), REFUSED);
        }
        // 1 and 3 have the same place, 2 has one for itself.
        assert_eq!(count(), 5);
        assert_eq!(checked.known.borrow().places.len(), 2);
        let (checked, count) = counted(0);
        assert_eq!(checked.judge(&claims(1, "{}")), REFUSED);
        assert_eq!(checked.judge(&claims(1, "{}")), REFUSED);
        assert_eq!(count(), 2);
    }
}
