//! Tokens whose signature was found good, so that it is not verified again.
//!
//! Bounded in entries and bytes. A hit says that these very bytes were verified with this very key,
//! and nothing more: times, audiences and everything that depends on the request are looked at on
//! each call.

mod store;

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cell::{Cell, RefCell};

use crate::auth::Auth;
use crate::budget::Budget;
use crate::bytes::equal;
use crate::key::VerifyingKey;
use crate::provider::jwt::ParsedJwt;
use crate::reason::Reason;
use crate::token::Header;
use store::Store;

/// How many tokens are kept unless the configuration says otherwise.
pub(crate) const DEFAULT_TOKENS: usize = 1_000;
/// What one kept token may cost on average, in bytes; large ones leave room for fewer.
const BYTES_PER_TOKEN: usize = 8 * 1024;

/// What a gate remembers of tokens.
#[derive(Debug)]
pub(crate) struct TokenCache {
    good: RefCell<Store>,
    /// What was taken apart for the request at hand, whether good or not.
    at_hand: RefCell<Vec<(Arc<str>, Arc<ParsedJwt>)>>,
    /// The header of the last good token, and its base64url.
    header: RefCell<Option<(Box<str>, Header)>>,
    /// Numbers claims, so that a host knows those that it has seen before.
    last_number: Cell<u64>,
    capacity: usize,
}

/// A token that was taken apart, and the key that it was verified with before.
pub(crate) struct Known {
    pub(crate) text: Arc<str>,
    pub(crate) parsed: Arc<ParsedJwt>,
    pub(crate) verified_with: Option<Arc<VerifyingKey>>,
    pub(crate) identity: Option<Identity>,
}

/// Who a verified token says it is, as the provider of this name reads it.
pub(crate) type Identity = (&'static str, Arc<Auth>);

impl TokenCache {
    /// Keeps up to `tokens` good tokens; none for 0.
    pub(crate) fn new(tokens: usize) -> Self {
        let bytes = tokens.saturating_mul(BYTES_PER_TOKEN);
        let good = RefCell::new(Store::new(tokens, bytes));
        let (at_hand, header) = (RefCell::default(), RefCell::default());
        Self { good, at_hand, header, last_number: Cell::new(0), capacity: tokens }
    }

    /// How many good tokens are kept.
    pub(crate) const fn capacity(&self) -> usize {
        self.capacity
    }

    /// Forgets what was taken apart for an earlier request.
    pub(crate) fn begin_request(&self) {
        self.at_hand.borrow_mut().clear();
    }

    /// The token taken apart; only once for each request, and not at all when it is known.
    pub(crate) fn parse(&self, text: &str, budget: &Budget) -> Result<Known, Reason> {
        if let Some(known) = self.good.borrow_mut().get(text) {
            return Ok(known);
        }
        let mut at_hand = self.at_hand.borrow_mut();
        if let Some((own, parsed)) =
            at_hand.iter().find(|(own, _)| equal(own.as_bytes(), text.as_bytes()))
        {
            let (text, parsed) = (Arc::clone(own), Arc::clone(parsed));
            return Ok(Known { text, parsed, verified_with: None, identity: None });
        }
        let number = self.last_number.get() + 1;
        self.last_number.set(number);
        let header = self.header.borrow();
        let parsed = ParsedJwt::parse_numbered(number, header.as_ref(), text, budget)?;
        let (text, parsed) = (Arc::<str>::from(text), Arc::new(parsed));
        if at_hand.len() < MAX_AT_HAND {
            at_hand.push((Arc::clone(&text), Arc::clone(&parsed)));
        }
        Ok(Known { text, parsed, verified_with: None, identity: None })
    }

    /// Remembers that the signature of `text` is good under `key`.
    pub(crate) fn remember(&self, text: &Arc<str>, parsed: &Arc<ParsedJwt>, key: &VerifyingKey) {
        self.remember_header(text, parsed.header());
        self.good.borrow_mut().insert(text, Arc::clone(parsed), key);
    }

    /// Remembers who it is that a kept token is of. Of two providers that read it the last counts.
    pub(crate) fn remember_identity(&self, text: &str, identity: Identity) {
        self.good.borrow_mut().set_identity(text, identity);
    }

    fn remember_header(&self, text: &str, header: &Header) {
        let end = memchr::memchr(b'.', text.as_bytes());
        let Some(encoded) = end.and_then(|end| text.get(..end)) else { return };
        let mut known = self.header.borrow_mut();
        if !known.as_ref().is_some_and(|(own, _)| equal(own.as_bytes(), encoded.as_bytes())) {
            *known = Some((encoded.into(), header.clone()));
        }
    }

    /// Forgets the tokens of keys that `is_current` does not know any more.
    pub(crate) fn retain_keys(&self, is_current: impl Fn(&VerifyingKey) -> bool) {
        self.good.borrow_mut().retain_keys(is_current);
    }
}

/// A request has two tokens at most; whoever sends more pays for it.
const MAX_AT_HAND: usize = 4;
