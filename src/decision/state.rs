//! Who it is, without regard to routes.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use super::headers::{Header, headers_json, names};
use super::{Answer, AnswerPage, ClaimError};
use crate::auth::{Auth, TokenType};
#[cfg(feature = "wasm")]
use crate::json::writer::ArrayWriter;
use crate::json::writer::{ObjectWriter, array};
use crate::reason::Reason;

/// Who it is, without regard to routes.
#[derive(Clone, PartialEq)]
pub struct AuthState {
    /// The state of the session.
    pub status: AuthStatus,
    /// Why nobody is signed in; a peer's own word where it has one.
    pub reason: Option<Reason>,
    /// What follows the word `session-token-expired-refresh-`, sometimes in the words of Clerk's
    /// Backend API.
    pub refresh_failure: Option<Cow<'static, str>>,
    /// The exact rule, when `reason` is a broader word.
    pub detail: Option<Reason>,
    /// What is wrong and what to do, in the provider's words.
    pub message: Option<Cow<'static, str>>,
    /// Headers that tell the answer's reader about the state.
    pub headers: Vec<Header>,
    /// The verified token. Never a token that was refused.
    pub token: Option<Arc<str>>,
    /// The claims that do not hold, in the order in which they were looked at.
    pub claim_errors: Vec<ClaimError>,
    /// How the provider's own kit would answer a caller who is not let in.
    pub answer: Option<Answer>,
    /// Why the request is let pass without a look at who sent it, whatever the route asks for.
    pub exemption: Option<Exemption>,
    /// Whether `auth` says more than the token does, because its issuer said so.
    pub has_outside_facts: bool,
    /// The provider that spoke: `clerk`, `supertokens` or `oidc`.
    pub provider: &'static str,
    /// The kind of token that was found or expected; `None` when it is not an accepted one.
    pub token_type: Option<TokenType>,
    /// The identity.
    pub auth: Arc<Auth>,
}

/// Requests that a provider's own kit lets pass as nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Exemption {
    /// SuperTokens: a browser asks, without cookies, whether it may send another request. Counts only
    /// where every provider of the gate lets it pass.
    Preflight,
    /// SuperTokens: a call of the API's own refresh endpoint, which answers by itself.
    OwnApi,
}

/// The state of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthStatus {
    /// A session was verified.
    SignedIn,
    /// Nobody is signed in.
    SignedOut,
    /// Clerk: the Frontend API has to be asked; the headers hold the redirect to it.
    Handshake,
    /// SuperTokens: the access token is not accepted, but a refresh may bring one that is. Also
    /// when the keys to verify it with cannot be had.
    Refresh,
    /// SuperTokens: a session was verified, but a claim does not hold.
    InvalidClaims,
    /// SuperTokens: a session was verified, but only the backend behind the gate can tell the rest.
    NeedsOrigin,
}

impl AuthStatus {
    /// The word, such as `signed-in`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::SignedOut => "signed-out",
            Self::Handshake => "handshake",
            Self::Refresh => "refresh",
            Self::InvalidClaims => "invalid-claims",
            Self::NeedsOrigin => "needs-origin",
        }
    }
}

impl AuthState {
    /// A verified session.
    pub(crate) fn signed_in(provider: &'static str, token: Arc<str>, auth: Arc<Auth>) -> Self {
        Self {
            status: AuthStatus::SignedIn,
            reason: None,
            refresh_failure: None,
            detail: None,
            message: None,
            headers: Vec::new(),
            token: Some(token),
            claim_errors: Vec::new(),
            answer: None,
            exemption: None,
            has_outside_facts: false,
            provider,
            token_type: Some(TokenType::Session),
            auth,
        }
    }

    /// Nobody, because of `exact`; `word` is what the provider's users know it as.
    pub(crate) fn signed_out(provider: &'static str, word: Reason, exact: Reason) -> Self {
        Self {
            status: AuthStatus::SignedOut,
            reason: Some(word),
            refresh_failure: None,
            detail: (word != exact).then_some(exact),
            message: Some(Cow::Borrowed(exact.message())),
            headers: Vec::new(),
            token: None,
            claim_errors: Vec::new(),
            answer: None,
            exemption: None,
            has_outside_facts: false,
            provider,
            token_type: Some(TokenType::Session),
            auth: Arc::default(),
        }
    }

    /// Nobody, although there is a session, because the application's own check refuses its claims.
    /// Signing in again would bring the same claims, so nobody is sent there.
    pub(crate) fn with_refused_claims(self, errors: Vec<ClaimError>) -> Self {
        let reason = Reason::ClaimsMismatch;
        let error = ObjectWriter::new().string("code", reason.code());
        let error = error.string("message", reason.message()).finish();
        Self {
            status: AuthStatus::SignedOut,
            reason: Some(reason),
            detail: None,
            message: Some(Cow::Borrowed(reason.message())),
            token: None,
            claim_errors: errors,
            answer: Some(Answer {
                status: 403,
                body: ObjectWriter::new().raw("error", &error).finish(),
                page: Some(AnswerPage::Nowhere(reason)),
                is_final: false,
            }),
            has_outside_facts: false,
            auth: Arc::default(),
            ..self
        }
    }

    /// Where the state itself sends the visitor.
    pub(crate) fn location(&self) -> Option<&str> {
        let header = self.headers.iter().find(|(name, _)| name == "location");
        header.map(|(_, value)| &**value)
    }

    /// Whether there never was a session, so that where none is needed nothing is wrong.
    pub(crate) fn is_without_session(&self) -> bool {
        self.status == AuthStatus::SignedOut
            && self.detail != Some(Reason::SessionRevoked)
            && self.reason != Some(Reason::ClaimsMismatch)
    }

    /// Clerk: whether the session waits for the user to do something, such as choosing an
    /// organisation. Such a session counts as signed out unless asked otherwise.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.auth.session_status.as_deref() == Some("pending")
    }

    /// The number of the claims that alone decide about everything in `auth`; 0 for none.
    #[cfg(feature = "wasm")]
    pub(crate) fn auth_number(&self) -> u64 {
        match &self.auth.session_claims {
            Some(claims) if !self.has_outside_facts => claims.number(),
            _ => 0,
        }
    }

    /// Whether a session was verified.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        self.status == AuthStatus::SignedIn
    }

    /// The stable code of the reason.
    #[must_use]
    pub fn reason_code(&self) -> Option<Cow<'static, str>> {
        let code = self.reason?.code();
        Some(match &self.refresh_failure {
            Some(why) => Cow::Owned([code, "-", why].concat()),
            None => Cow::Borrowed(code),
        })
    }

    /// Of a signed-in user's state what its claims alone decide about, but not the claims: a JSON
    /// array of the provider, the type of the token and the values of [`Auth::push_user_values`].
    #[cfg(feature = "wasm")]
    pub(crate) fn identity_json(&self) -> String {
        let mut values = ArrayWriter::with_capacity(512);
        values.string(self.provider);
        values.maybe_string(self.token_type.map(TokenType::code));
        self.auth.push_user_values(&mut values);
        values.finish()
    }

    /// The object that JavaScript sees, as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let auth = self.auth.to_json();
        let bytes = auth.len() + self.token.as_deref().map_or(0, str::len) + 512;
        let writer = ObjectWriter::with_capacity(bytes)
            .string("status", self.status.code())
            .maybe_string("reason", self.reason_code().as_deref())
            .maybe_string("detail", self.detail.map(Reason::code))
            .maybe_string("message", self.message.as_deref())
            .raw("headers", &headers_json(&self.headers))
            .maybe_string("token", self.token.as_deref())
            .string("provider", self.provider)
            .maybe_string("tokenType", self.token_type.map(TokenType::code))
            .raw("auth", &auth);
        if self.claim_errors.is_empty() {
            return writer.finish();
        }
        writer
            .raw("claimErrors", &array(self.claim_errors.iter().map(ClaimError::to_json)))
            .finish()
    }
}

/// Shows neither the token nor any value of a header.
impl fmt::Debug for AuthState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("AuthState");
        debug.field("status", &self.status).field("reason", &self.reason);
        debug.field("refresh_failure", &self.refresh_failure).field("detail", &self.detail);
        debug.field("message", &self.message).field("headers", &names(&self.headers));
        debug.field("has_token", &self.token.is_some()).field("claim_errors", &self.claim_errors);
        debug.field("answer", &self.answer).field("exemption", &self.exemption);
        debug.field("has_outside_facts", &self.has_outside_facts).field("provider", &self.provider);
        debug.field("token_type", &self.token_type).field("auth", &self.auth).finish()
    }
}
