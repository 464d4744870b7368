//! Where a provider's keys come from: given up front, or a JWK set that the host fetches.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Algorithm, KeyError, KeySet, Lookup, VerifyingKey};
use crate::budget::Budget;
use crate::need::{Fact, Halt, HttpReply, HttpRequest, KEYS, Need, NeedKind};
use crate::reason::Reason;
use crate::time::UnixMillis;

/// How long a fetched set is used without asking again, unless its answer says less: five minutes,
/// as Clerk's own cache.
const FRESH_MS: i64 = 5 * 60 * 1000;
/// How long after a fetch, good or bad, the source is not asked again: a flood of made-up `kid`s
/// costs the issuer one request in this time.
const COOL_DOWN_MS: i64 = 30 * 1000;
/// How long the last good set is used when the source cannot be reached.
const STALE_MS: i64 = 60 * 60 * 1000;

/// The keys of one provider.
#[derive(Debug)]
pub(crate) enum KeySource {
    Given(KeySet),
    Remote(Box<RemoteKeys>),
}

/// A JWK set behind an address, and what is known of it.
#[derive(Debug)]
pub(crate) struct RemoteKeys {
    key: String,
    request: HttpRequest,
    allowed: Vec<Algorithm>,
    budget: Budget,
    /// How long the set is used without asking again, and how long any set at most.
    fresh_ms: i64,
    max_fresh_ms: i64,
    /// The last good set and when it was fetched.
    set: Option<(KeySet, UnixMillis)>,
    /// The last try and why it failed, if it did.
    last_try: Option<(UnixMillis, Option<Reason>)>,
}

impl KeySource {
    pub(crate) fn remote(request: HttpRequest, allowed: &[Algorithm], budget: &Budget) -> Self {
        let key = format!("{KEYS}{}", request.url);
        let (allowed, budget) = (allowed.to_vec(), budget.clone());
        Self::Remote(Box::new(RemoteKeys {
            key,
            request,
            allowed,
            budget,
            fresh_ms: FRESH_MS,
            max_fresh_ms: FRESH_MS,
            set: None,
            last_try: None,
        }))
    }

    /// The same source, whose answers may say that they are good for up to `max_ms`.
    pub(crate) fn fresh_for(mut self, max_ms: i64) -> Self {
        if let Self::Remote(remote) = &mut self {
            remote.max_fresh_ms = max_ms;
        }
        self
    }

    /// The key for a token that names `kid` and `algorithm`.
    pub(crate) fn find(
        &self,
        kid: Option<&str>,
        algorithm: Algorithm,
        now: UnixMillis,
    ) -> Result<&VerifyingKey, Halt> {
        match self {
            Self::Given(set) => key_in(set, kid, algorithm).map_err(Halt::from),
            Self::Remote(remote) => remote.find(kid, algorithm, now),
        }
    }

    /// All keys, for tokens of a form that names none.
    pub(crate) fn all(&self, now: UnixMillis) -> Result<&[VerifyingKey], Halt> {
        match self {
            Self::Given(set) => Ok(set.keys()),
            Self::Remote(remote) => remote.usable(now).map(KeySet::keys),
        }
    }

    /// Whether a key is in use here.
    pub(crate) fn has(&self, key: &VerifyingKey) -> bool {
        match self {
            Self::Given(set) => set.keys().contains(key),
            Self::Remote(remote) => {
                remote.set.as_ref().is_some_and(|(set, _)| set.keys().contains(key))
            }
        }
    }

    /// Whether a token has to name its key: true for sets, false for one key given on its own.
    pub(crate) fn needs_kid(&self) -> bool {
        match self {
            Self::Given(set) => !set.is_any_kid(),
            Self::Remote(_) => true,
        }
    }

    /// Takes what the host fetched; `false` when this source was not meant.
    pub(crate) fn supply(&mut self, fact: &Fact) -> bool {
        match self {
            Self::Remote(remote) if remote.key == fact.key => {
                remote.supply(fact);
                true
            }
            _ => false,
        }
    }
}

impl RemoteKeys {
    fn find(
        &self,
        kid: Option<&str>,
        algorithm: Algorithm,
        now: UnixMillis,
    ) -> Result<&VerifyingKey, Halt> {
        match key_in(self.usable(now)?, kid, algorithm) {
            // A key that is broken may have been mended meanwhile.
            Err(Reason::KeyNotFound | Reason::KeyUnusable) if self.may_ask(now) => {
                Err(self.need().into())
            }
            found => found.map_err(Halt::from),
        }
    }

    /// The last good set, unless a newer one is needed first.
    fn usable(&self, now: UnixMillis) -> Result<&KeySet, Halt> {
        let is_fresh = self.set.as_ref().is_some_and(|(_, at)| within(self.fresh_ms, *at, now));
        if self.may_ask(now) && !is_fresh {
            return Err(self.need().into());
        }
        let span = STALE_MS.max(self.fresh_ms);
        let usable = self.set.as_ref().filter(|(_, at)| within(span, *at, now));
        let Some((set, _)) = usable else {
            let failure = self.last_try.and_then(|(_, failure)| failure);
            return Err(failure.unwrap_or(Reason::KeysUnavailable).into());
        };
        Ok(set)
    }

    fn may_ask(&self, now: UnixMillis) -> bool {
        self.last_try.is_none_or(|(at, _)| !within(COOL_DOWN_MS, at, now))
    }

    fn need(&self) -> Need {
        let (key, request) = (self.key.clone(), self.request.clone());
        Need { kind: NeedKind::Keys, key, request }
    }

    fn supply(&mut self, fact: &Fact) {
        let set = match &fact.reply {
            Some(reply) if reply.is_success() => {
                KeySet::from_jwks_text(&reply.body, &self.allowed, &self.budget)
                    .map_err(|error| reason_for(&error))
            }
            // RFC 9110 section 15.5.2: what was sent as a proof is not accepted.
            Some(reply) if reply.status == 401 && self.request.has_secret() => {
                Err(Reason::SecretKeyInvalid)
            }
            _ => Err(Reason::KeysUnavailable),
        };
        self.last_try = Some((fact.at, set.as_ref().err().copied()));
        if let Ok(set) = set {
            self.set = Some((set, fact.at));
            let max_age = fact.reply.as_ref().and_then(max_age_ms);
            self.fresh_ms = max_age.unwrap_or(FRESH_MS).min(self.max_fresh_ms);
        }
    }
}

/// How long an answer may be used by its own word (RFC 9111 section 5.2.2.1).
fn max_age_ms(reply: &HttpReply) -> Option<i64> {
    let directives = reply.header_values("cache-control").flat_map(|value| value.split(','));
    let mut ages = directives.filter_map(|directive| {
        let (name, value) = directive.split_once('=')?;
        let is_max_age = name.trim().eq_ignore_ascii_case("max-age");
        is_max_age.then(|| value.trim().trim_matches('"').parse::<u32>().ok()).flatten()
    });
    Some(i64::from(ages.next()?).saturating_mul(1000))
}

/// Whether `now` is less than `span` after `at`.
///
/// A host may have looked at the clock before a fetch that ended later, so `now` may lie a little
/// before `at`. A clock that was set back further than that counts as long after.
fn within(span: i64, at: UnixMillis, now: UnixMillis) -> bool {
    (-COOL_DOWN_MS..span).contains(&now.since(at))
}

fn key_in<'k>(
    set: &'k KeySet,
    kid: Option<&str>,
    algorithm: Algorithm,
) -> Result<&'k VerifyingKey, Reason> {
    match set.find(kid, algorithm) {
        Lookup::Found(key) => Ok(key),
        Lookup::AlgMismatch => Err(Reason::AlgKeyMismatch),
        Lookup::Unknown => Err(Reason::KeyNotFound),
        Lookup::KidMissing => Err(Reason::KidMissing),
        Lookup::Ambiguous => Err(Reason::KidAmbiguous),
        Lookup::Unusable(_) => Err(Reason::KeyUnusable),
    }
}

fn reason_for(error: &KeyError) -> Reason {
    match error {
        KeyError::SetTooLarge => Reason::KeySetTooLarge,
        _ => Reason::KeySetMalformed,
    }
}

/// Keys fetched without TLS could be anybody's.
pub(crate) fn is_safe_source(url: &str) -> bool {
    crate::url::Url::parse(url).is_ok_and(|parts| {
        let host = parts.authority.host();
        parts.scheme == "https" || matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_over_tls_or_from_this_machine() {
        for url in
            ["https://a/jwks", "http://localhost:3000/", "http://127.0.0.1/", "http://[::1]/"]
        {
            assert!(is_safe_source(url), "{url}");
        }
        for url in ["http://a/jwks", "http://localhost.example/", "http://[::2]/", "localhost", ""]
        {
            assert!(!is_safe_source(url), "{url}");
        }
    }
}
