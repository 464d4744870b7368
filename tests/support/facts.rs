//! Facts about key sets as a host makes them.

use sessiongate::{Fact, HttpReply, UnixMillis};

/// `source` served `jwks`.
pub(crate) fn keys(source: &str, jwks: &str, at: UnixMillis) -> Fact {
    let reply = Some(HttpReply { status: 200, body: jwks.into() });
    Fact { key: format!("keys {source}"), reply, at }
}

/// `source` could not be reached.
pub(crate) fn no_keys(source: &str, at: UnixMillis) -> Fact {
    Fact { key: format!("keys {source}"), reply: None, at }
}
