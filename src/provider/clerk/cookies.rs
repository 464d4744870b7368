//! The cookies of one instance, and which of them count when there are two of a kind.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

use super::instance::Instance;
use super::numbers::{number, parse_int, value};
use crate::cookie::Cookies;
use crate::json::Json;
use crate::provider::Context;
use crate::provider::jwt::UnverifiedJwt;
use crate::reason::Reason;
use crate::request::RequestHead;

const SESSION: &str = "__session";
const CLIENT_UAT: &str = "__client_uat";
const DEV_BROWSER: &str = "__clerk_db_jwt";
const REFRESH: &str = "__refresh";
const HANDSHAKE: &str = "__clerk_handshake";
const HANDSHAKE_NONCE: &str = "__clerk_handshake_nonce";
/// Counts redirects to the Frontend API, to end loops.
pub(super) const REDIRECT_COUNT: &str = "__clerk_redirect_count";

/// The names that end with the suffix of an instance: several instances can share a domain.
#[derive(Debug)]
pub(super) struct CookieNames {
    session: String,
    client_uat: String,
    dev_browser: String,
    refresh: String,
}

impl CookieNames {
    pub(super) fn new(suffix: &str) -> Self {
        let suffixed = |name| format!("{name}_{suffix}");
        Self {
            session: suffixed(SESSION),
            client_uat: suffixed(CLIENT_UAT),
            dev_browser: suffixed(DEV_BROWSER),
            refresh: suffixed(REFRESH),
        }
    }
}

/// The cookies that count for one request. An empty cookie counts as absent.
#[derive(Clone, Debug, Default)]
pub(super) struct SessionCookies<'r> {
    /// Whether those with the suffix were chosen; they are chosen together.
    pub(super) is_suffixed: bool,
    pub(super) session: Option<Cow<'r, str>>,
    /// Seconds since the epoch of the last change in the client; 0 when nobody is signed in.
    pub(super) client_uat: f64,
    pub(super) dev_browser: Option<Cow<'r, str>>,
    pub(super) refresh: Option<Cow<'r, str>>,
    pub(super) handshake: Option<Cow<'r, str>>,
    pub(super) handshake_nonce: Option<Cow<'r, str>>,
    pub(super) redirect_count: f64,
}

impl<'r> SessionCookies<'r> {
    pub(super) fn of(
        head: &RequestHead<'r>,
        instance: &Instance,
        context: &Context<'_>,
    ) -> Result<Self, Reason> {
        let cookies = Cookies::of(head, context.budget)?;
        let plain = Pair::plain(&cookies);
        let suffixed = instance.cookies.as_ref().map(|names| Pair::suffixed(&cookies, names));
        let is_suffixed = suffixed
            .as_ref()
            .is_some_and(|suffixed| counts_suffixed(&plain, suffixed, instance, context));
        let chosen = if is_suffixed { suffixed.unwrap_or_default() } else { plain };
        let refresh = instance.cookies.as_ref().and_then(|names| cookies.first(&names.refresh));
        Ok(Self {
            is_suffixed,
            client_uat: chosen.client_uat.as_deref().map_or(0.0, parse_int),
            session: chosen.session,
            dev_browser: chosen.dev_browser,
            refresh,
            handshake: cookies.first(HANDSHAKE),
            handshake_nonce: cookies.first(HANDSHAKE_NONCE),
            redirect_count: cookies.first(REDIRECT_COUNT).as_deref().map_or(0.0, number),
        })
    }
}

/// The cookies that exist with and without the suffix.
#[derive(Default)]
struct Pair<'r> {
    session: Option<Cow<'r, str>>,
    client_uat: Option<Cow<'r, str>>,
    dev_browser: Option<Cow<'r, str>>,
}

impl<'r> Pair<'r> {
    fn plain(cookies: &Cookies<'r>) -> Self {
        Self {
            session: cookies.first(SESSION),
            client_uat: cookies.first(CLIENT_UAT),
            dev_browser: cookies.first(DEV_BROWSER),
        }
    }

    fn suffixed(cookies: &Cookies<'r>, names: &CookieNames) -> Self {
        Self {
            session: cookies.first(&names.session),
            client_uat: cookies.first(&names.client_uat),
            dev_browser: cookies.first(&names.dev_browser),
        }
    }
}

/// Whether the cookies with the suffix count: Clerk's table of eight rules, the first that applies
/// decides. It looks at tokens that nobody vouches for yet; the chosen one is verified afterwards.
fn counts_suffixed(
    plain: &Pair<'_>,
    suffixed: &Pair<'_>,
    instance: &Instance,
    context: &Context<'_>,
) -> bool {
    let plain_token = decode(plain.session.as_deref(), context);
    let suffixed_token = decode(suffixed.session.as_deref(), context);
    // Rules 1 and 2: whose token is the plain one?
    match &plain_token {
        Some(None) => return false,
        Some(Some(token)) => match unverified_issuer(token) {
            Issuer::Missing => return false,
            Issuer::Is(issuer) if instance.issued(issuer) => {}
            Issuer::Is(_) | Issuer::NotAString => return true,
        },
        None => {}
    }
    // Rule 3.
    if suffixed.client_uat.is_none() && suffixed.session.is_none() {
        return false;
    }
    let issued = |token: &Option<Option<UnverifiedJwt>>| {
        let token = token.as_ref().and_then(Option::as_ref);
        token.and_then(|token| token.unverified().get("iat")).map_or(0.0, value)
    };
    let is_signed_out = |uat: &Option<Cow<'_, str>>| uat.as_deref() == Some("0");
    let (plain_out, suffixed_out) =
        (is_signed_out(&plain.client_uat), is_signed_out(&suffixed.client_uat));
    // Rules 4 and 5.
    if !suffixed_out && !plain_out && issued(&plain_token) > issued(&suffixed_token) {
        return false;
    }
    if suffixed_out && !plain_out {
        return false;
    }
    // Rule 6.
    if !instance.is_production && !suffixed_out && plain_out {
        let token = suffixed_token.as_ref().and_then(Option::as_ref);
        let seconds = context.now.0.div_euclid(1000);
        if token.is_some_and(|token| has_expired(token, seconds)) {
            return false;
        }
    }
    // Rules 7 and 8.
    suffixed.client_uat.is_some()
}

/// The token if there is one; inside, whether it can be taken apart.
fn decode(token: Option<&str>, context: &Context<'_>) -> Option<Option<UnverifiedJwt>> {
    token.map(|token| UnverifiedJwt::parse(token, context).ok())
}

enum Issuer<'t> {
    Missing,
    NotAString,
    Is(&'t str),
}

/// What JavaScript finds falsy counts as missing.
fn unverified_issuer<'t>(token: &'t UnverifiedJwt) -> Issuer<'t> {
    match token.unverified().get("iss") {
        None | Some(Json::Null | Json::Bool(false) | Json::Integer(0)) => Issuer::Missing,
        Some(Json::String(issuer)) if issuer.is_empty() => Issuer::Missing,
        Some(Json::String(issuer)) => Issuer::Is(issuer),
        Some(_) => Issuer::NotAString,
    }
}

#[expect(clippy::cast_precision_loss, reason = "a JavaScript number is a double")]
fn has_expired(token: &UnverifiedJwt, now_seconds: i64) -> bool {
    token.unverified().get("exp").is_some_and(|exp| value(exp) <= now_seconds as f64)
}
