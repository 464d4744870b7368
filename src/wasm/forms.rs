//! Answers that many requests get, so that a host reads each of them once.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::decision::{AnswerPage, AuthState, Decision, Header};

/// More kinds of answers than a gate gives often.
const MAX: usize = 32;

/// The answers about visitors who are not signed in that were given lately. They differ in where
/// they send the visitor and in nothing else.
#[derive(Default)]
pub(super) struct Forms {
    known: Vec<Form>,
    /// Which of them makes way for the next.
    oldest: usize,
    last_number: u32,
}

struct Form {
    number: u32,
    kind: Kind,
}

#[derive(PartialEq)]
enum Kind {
    /// Without its location.
    Decision(Decision),
    State(AuthState),
}

impl Forms {
    /// The number of this decision; decisions with the same number differ in their location alone.
    /// `None` when hardly any other will be like it.
    pub(super) fn number_of(&mut self, decision: &mut Decision) -> Option<u32> {
        if !is_common(&decision.state) || decision.location.is_some() && !names_location(decision) {
            return None;
        }
        let location = take_location(decision);
        let is_same = |form: &&Form| matches!(&form.kind, Kind::Decision(own) if own == decision);
        let known = self.known.iter().find(is_same).map(|form| form.number);
        let number = known.unwrap_or_else(|| self.add(Kind::Decision(decision.clone())));
        put_location(decision, location);
        Some(number)
    }

    /// The same for a state.
    pub(super) fn number_of_state(&mut self, state: &AuthState) -> Option<u32> {
        if !is_common(state) {
            return None;
        }
        let is_same = |form: &&Form| matches!(&form.kind, Kind::State(own) if own == state);
        let known = self.known.iter().find(is_same).map(|form| form.number);
        Some(known.unwrap_or_else(|| self.add(Kind::State(state.clone()))))
    }

    fn add(&mut self, kind: Kind) -> u32 {
        self.last_number = self.last_number.wrapping_add(1);
        let form = Form { number: self.last_number, kind };
        if self.known.len() < MAX {
            self.known.push(form);
        } else if let Some(oldest) = self.known.get_mut(self.oldest) {
            *oldest = form;
            self.oldest = (self.oldest + 1) % MAX;
        }
        self.last_number
    }
}

/// Whether nothing of a state belongs to one request alone.
fn is_common(state: &AuthState) -> bool {
    let has_page = |page: &AnswerPage| matches!(page, AnswerPage::To { .. });
    let answer_page = state.answer.as_ref().and_then(|answer| answer.page.as_ref());
    !state.is_signed_in()
        && state.token.is_none()
        && state.auth.session_claims.is_none()
        && state.claim_errors.is_empty()
        && !answer_page.is_some_and(has_page)
        && state.headers.iter().all(|(name, _)| name != "location" && name != "set-cookie")
}

fn names_location(decision: &Decision) -> bool {
    let named = decision.headers.iter().filter(|header| is_location(header));
    named.map(|(_, value)| Some(&**value)).eq([decision.location.as_deref()])
}

fn take_location(decision: &mut Decision) -> Option<String> {
    if let Some((_, value)) = decision.headers.iter_mut().find(|header| is_location(header)) {
        *value = Cow::Borrowed("");
    }
    decision.location.take()
}

fn put_location(decision: &mut Decision, location: Option<String>) {
    let Some(location) = location else { return };
    if let Some((_, value)) = decision.headers.iter_mut().find(|header| is_location(header)) {
        *value = Cow::Owned(location.clone());
    }
    decision.location = Some(location);
}

fn is_location((name, _): &Header) -> bool {
    name == "location"
}
