//! The three states of a Clerk session, with the headers by which Clerk's tools show them.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::NAME;
use crate::decision::{AuthState, AuthStatus, Header};
use crate::reason::Reason;

/// Why nobody is signed in, in Clerk's words.
#[derive(Clone, Debug)]
pub(super) struct Cause {
    pub(super) reason: Reason,
    pub(super) refresh_failure: Option<Cow<'static, str>>,
    pub(super) detail: Option<Reason>,
    pub(super) message: Cow<'static, str>,
}

impl Cause {
    /// A state of the cookies; Clerk has no message for those.
    pub(super) const fn of(reason: Reason) -> Self {
        Self { reason, refresh_failure: None, detail: None, message: Cow::Borrowed("") }
    }

    /// A token of another kind than a session.
    pub(super) fn wrong_kind() -> Self {
        Self { detail: Some(Reason::CatMismatch), ..Self::of(Reason::TokenTypeMismatch) }
    }

    pub(super) fn with_message(reason: Reason, message: impl Into<Cow<'static, str>>) -> Self {
        Self { message: message.into(), ..Self::of(reason) }
    }
}

/// Nobody is signed in.
pub(super) fn signed_out(cause: Cause) -> AuthState {
    with_debug_headers(AuthStatus::SignedOut, cause, Vec::new())
}

/// Nobody is signed in, and `headers` are to be sent along.
pub(super) fn signed_out_with(cause: Cause, headers: Vec<Header>) -> AuthState {
    with_debug_headers(AuthStatus::SignedOut, cause, headers)
}

/// The Frontend API has to be asked; `headers` hold the redirect.
pub(super) fn handshake(cause: Cause, headers: Vec<Header>) -> AuthState {
    with_debug_headers(AuthStatus::Handshake, cause, headers)
}

fn with_debug_headers(status: AuthStatus, cause: Cause, headers: Vec<Header>) -> AuthState {
    let exact = cause.detail.unwrap_or(cause.reason);
    let mut state = AuthState::signed_out(NAME, cause.reason, exact);
    state.status = status;
    state.refresh_failure = cause.refresh_failure;
    state.headers = headers;
    let code = state.reason_code().unwrap_or_default();
    let values = [
        ("x-clerk-auth-message", cause.message.clone()),
        ("x-clerk-auth-reason", code),
        ("x-clerk-auth-status", Cow::Borrowed(status.code())),
    ];
    for (name, value) in values {
        if !value.is_empty() && is_field_value(&value) {
            state.headers.push((Cow::Borrowed(name), value));
        }
    }
    // Where Clerk says nothing, our own words are better than none.
    if !cause.message.is_empty() {
        state.message = Some(cause.message);
    }
    state
}

/// Whether a text can stand in a header (RFC 9110 section 5.5); the peer leaves others out.
pub(super) fn is_field_value(text: &str) -> bool {
    text.chars().all(|character| matches!(character, '\t' | ' '..='~' | '\u{80}'..='\u{ff}'))
}

/// One header.
pub(super) fn header(name: &'static str, value: impl Into<Cow<'static, str>>) -> Header {
    (Cow::Borrowed(name), value.into())
}
