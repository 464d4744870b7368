//! The signature engine of a host that answers later: WebCrypto.
//!
//! A question without a verdict ends the call. Whatever the gate says then is not kept: the host is
//! told what to verify, and asks about the same request again, with the verdict.

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;
use std::thread_local;

use super::host;
use crate::base64url;
use crate::json::writer::ObjectWriter;
use crate::key::VerifyingKey;

/// What the host found out about one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Invalid,
    Valid,
    /// The host cannot tell; the module decides.
    Unknown,
}

impl Verdict {
    /// 0 for invalid, 1 for valid; the host cannot tell with anything else.
    pub(super) const fn from_number(number: u32) -> Self {
        match number {
            0 => Self::Invalid,
            1 => Self::Valid,
            _ => Self::Unknown,
        }
    }
}

/// Questions about one request, and what the host said.
#[derive(Default)]
struct Verdicts {
    known: Vec<(String, Verdict)>,
    missing: Option<String>,
}

thread_local! {
    static VERDICTS: RefCell<Verdicts> = RefCell::default();
}

/// Keeps what the host said about a question, for the next call alone.
pub(super) fn keep(question: String, verdict: Verdict) {
    VERDICTS.with_borrow_mut(|verdicts| verdicts.known.push((question, verdict)));
}

/// Ends a call: what the host has to be asked before the answer is one.
pub(super) fn end() -> Option<String> {
    VERDICTS.with_borrow_mut(|verdicts| {
        verdicts.known.clear();
        verdicts.missing.take()
    })
}

/// What the host said; `None` if it is not to be asked, or cannot tell. Without a verdict the
/// question is noted, and the answer a no that [`end`] takes back.
pub(super) fn verify(key: &VerifyingKey, message: &[u8], signature: &[u8]) -> Option<bool> {
    if host::well_formed(key.material(), signature)?.is_none() {
        return Some(false);
    }
    let question = ObjectWriter::new()
        .string("algorithm", key.algorithm().name())
        .raw("jwk", &host::jwk(key.material())?)
        .string("message", core::str::from_utf8(message).ok()?)
        .string("signature", &base64url::encode(signature))
        .finish();
    VERDICTS.with_borrow_mut(|verdicts| {
        let known = verdicts.known.iter().find(|(own, _)| *own == question);
        match known.map(|(_, verdict)| *verdict) {
            Some(Verdict::Valid) => Some(true),
            Some(Verdict::Invalid) => Some(false),
            Some(Verdict::Unknown) => None,
            None => {
                verdicts.missing.get_or_insert(question);
                Some(false)
            }
        }
    })
}
