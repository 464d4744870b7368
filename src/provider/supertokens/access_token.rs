//! Access tokens of every version: what tells one from any other token, before it is verified.

use alloc::string::String;
use alloc::sync::Arc;

use super::legacy::LegacyJwt;
use crate::base64url;
use crate::budget::Budget;
use crate::claims::Claims;
use crate::json::Json;
use crate::key::{Algorithm, KeySource, VerifyingKey};
use crate::need::Halt;
use crate::provider::Context;
use crate::provider::jwt::{UnverifiedJwt, VerifiedToken};
use crate::reason::Reason;
use crate::time::UnixMillis;

/// The version that the header names; it says how the payload is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// And 1, which is laid out likewise.
    V2,
    /// Also tokens that name no version, as `createJWT` makes them.
    V3,
    V4,
    V5,
}

/// A token that has the form and the claims of an access token. Nothing of it is vouched for.
pub(super) struct AccessToken<'t> {
    text: &'t str,
    version: Version,
    body: Body<'t>,
}

enum Body<'t> {
    Jwt(UnverifiedJwt),
    Legacy(LegacyJwt<'t>),
    /// An access token by its form, with a header that is never accepted.
    Refused(Reason),
}

impl<'t> AccessToken<'t> {
    /// Takes a token apart.
    ///
    /// The refusals mean that this is no access token at all, so that whoever sent it has no
    /// session; they are no reason to refresh one.
    pub(super) fn parse(text: &'t str, context: &Context<'_>) -> Result<Self, Reason> {
        if let Some(token) = LegacyJwt::parse(text, context.budget)? {
            check_claims(Version::V2, token.unverified())?;
            return Ok(Self { text, version: Version::V2, body: Body::Legacy(token) });
        }
        let (version, body) = match UnverifiedJwt::parse(text, context) {
            Ok(jwt) => {
                let version = version_of(jwt.header().members())?;
                check_claims(version, jwt.unverified())?;
                (version, Body::Jwt(jwt))
            }
            Err(
                reason @ (Reason::HeaderCrit
                | Reason::HeaderB64
                | Reason::HeaderZip
                | Reason::HeaderMemberType
                | Reason::KidTooLong),
            ) => (form(text, context.budget)?, Body::Refused(reason)),
            Err(reason) => return Err(reason),
        };
        Ok(Self { text, version, body })
    }

    /// The token as it came; not copied when it is kept anyway.
    pub(super) fn text(&self) -> Arc<str> {
        match &self.body {
            Body::Jwt(jwt) => jwt.text(),
            Body::Legacy(_) | Body::Refused(_) => self.text.into(),
        }
    }

    pub(super) const fn version(&self) -> Version {
        self.version
    }

    /// Whether the key that the token names is one of the rotating ones (`d-…`).
    pub(super) fn names_dynamic_key(&self) -> Option<bool> {
        match &self.body {
            Body::Jwt(jwt) => jwt.header().kid().map(|kid| kid.starts_with("d-")),
            Body::Legacy(_) | Body::Refused(_) => None,
        }
    }

    /// Verifies the signature with a key of `keys`.
    pub(super) fn verify(
        self,
        keys: &KeySource,
        context: &Context<'_>,
    ) -> Result<VerifiedToken, Halt> {
        match self.body {
            Body::Refused(reason) => Err(reason.into()),
            Body::Jwt(jwt) => {
                let algorithm = rs256(jwt.header().algorithm()?)?;
                let key = keys.find(jwt.header().kid(), algorithm, context.now)?;
                jwt.verify(key, context)?;
                Ok(jwt.signature_was_verified().into_token())
            }
            Body::Legacy(token) => {
                let all = keys.all(context.now)?;
                let is_valid = |key: &VerifyingKey| token.verify(key, context).is_ok();
                match all.iter().any(is_valid) {
                    true => Ok(token.signature_was_verified()),
                    false => Err(Reason::TokenInvalidSignature.into()),
                }
            }
        }
    }
}

fn rs256(algorithm: Algorithm) -> Result<Algorithm, Reason> {
    if algorithm == Algorithm::Rs256 { Ok(algorithm) } else { Err(Reason::AlgNotAllowed) }
}

fn version_of(header: &Json) -> Result<Version, Reason> {
    if header.get("typ").and_then(Json::as_str) != Some("JWT") {
        return Err(Reason::TypMismatch);
    }
    if header.get("kid").is_none() {
        return Err(Reason::KidMissing);
    }
    match header.get("version").map(Json::as_str) {
        None | Some(Some("3")) => Ok(Version::V3),
        Some(Some("4")) => Ok(Version::V4),
        Some(Some("5")) => Ok(Version::V5),
        Some(_) => Err(Reason::TokenVersionUnsupported),
    }
}

/// Whether a token whose header is refused has the form of an access token all the same.
fn form(text: &str, budget: &Budget) -> Result<Version, Reason> {
    let mut parts = text.split('.').map(|part| {
        let bytes = base64url::decode(part).ok_or(Reason::TokenNotBase64url)?;
        Json::parse(&bytes, budget).map_err(Reason::from)
    });
    let mut part = || parts.next().unwrap_or(Err(Reason::TokenNotCompact));
    let (header, payload) = (part()?, part()?);
    let version = version_of(&header)?;
    check_members(version, &payload)?;
    Ok(version)
}

fn check_claims(version: Version, claims: &Claims) -> Result<(), Reason> {
    check_members(version, claims.as_json())
}

/// What every access token of a version holds.
fn check_members(version: Version, payload: &Json) -> Result<(), Reason> {
    if payload.get("stt").is_some_and(|stt| stt.as_number() != Some(0.0)) {
        return Err(Reason::TokenUseMismatch);
    }
    let is_string = |name: &&str| payload.get(name).and_then(Json::as_str).is_some();
    let is_number = |name: &&str| payload.get(name).and_then(Json::as_number).is_some();
    let (strings, numbers): (&[&str], [&str; 2]) = match version {
        Version::V2 => {
            if payload.get("userData").is_none() {
                return Err(Reason::SessionClaimsMalformed);
            }
            (&["sessionHandle", "userId", "refreshTokenHash1"], ["expiryTime", "timeCreated"])
        }
        Version::V3 => (&["sub", "sessionHandle", "refreshTokenHash1"], ["exp", "iat"]),
        Version::V4 => (&["sub", "sessionHandle", "refreshTokenHash1", "tId"], ["exp", "iat"]),
        Version::V5 => {
            (&["sub", "sessionHandle", "refreshTokenHash1", "tId", "rsub"], ["exp", "iat"])
        }
    };
    let is_whole = strings.iter().all(is_string) && numbers.iter().all(is_number);
    if is_whole { Ok(()) } else { Err(Reason::SessionClaimsMalformed) }
}

/// The claims that an application cannot set: they belong to the session itself.
pub(super) const PROTECTED: &[&str] = &[
    "sub",
    "iat",
    "exp",
    "sessionHandle",
    "parentRefreshTokenHash1",
    "refreshTokenHash1",
    "antiCsrfToken",
    "rsub",
    "tId",
    "stt",
];

/// What a verified access token says of its session.
#[derive(Clone, Debug)]
pub(super) struct SessionFacts {
    pub(super) handle: String,
    pub(super) user_id: String,
    pub(super) recipe_user_id: String,
    pub(super) tenant_id: String,
    pub(super) anti_csrf_token: Option<String>,
    pub(super) has_parent: bool,
    /// In ms since the epoch.
    pub(super) expires: f64,
    /// What the application sees as the payload.
    pub(super) payload: Claims,
}

impl SessionFacts {
    /// When the access token expires, in whole ms.
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
    pub(super) const fn expires(&self) -> UnixMillis {
        UnixMillis(self.expires as i64)
    }

    /// Reads them from the claims of a token that has the form of its version.
    pub(super) fn of(version: Version, claims: Claims) -> Self {
        let text = |name| claims.str(name).map(crate::ecma::trim);
        let number = |name| claims.get(name).and_then(Json::as_number).unwrap_or_default();
        let is_v2 = version == Version::V2;
        let user_id = text(if is_v2 { "userId" } else { "sub" }).unwrap_or_default();
        let tenant_id = text("tId").filter(|_| version >= Version::V4).unwrap_or("public");
        Self {
            handle: text("sessionHandle").unwrap_or_default().into(),
            user_id: user_id.into(),
            recipe_user_id: text("rsub").unwrap_or(user_id).into(),
            tenant_id: tenant_id.into(),
            anti_csrf_token: text("antiCsrfToken").map(String::from),
            has_parent: text("parentRefreshTokenHash1").is_some(),
            expires: if is_v2 { number("expiryTime") } else { number("exp") * 1000.0 },
            payload: match claims.get("userData") {
                Some(data) if is_v2 => Claims::from_json(data.clone()),
                _ => claims,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mint::base64url;
    use crate::provider::with_context;
    use alloc::format;

    const V5: &str = r#"{"sub":"u","rsub":"r","tId":"t","exp":1,"iat":1,"sessionHandle":"h","refreshTokenHash1":"x","parentRefreshTokenHash1":null,"antiCsrfToken":null}"#;

    fn parse(header: &str, payload: &str) -> Result<Version, Reason> {
        let text = format!("{}.{}.AA", base64url(header.as_bytes()), base64url(payload.as_bytes()));
        with_context(|context| AccessToken::parse(&text, context).map(|token| token.version()))
    }

    fn header(version: &str) -> String {
        format!(r#"{{"alg":"RS256","typ":"JWT","kid":"d-1"{version}}}"#)
    }

    #[test]
    fn versions_are_exactly_those_that_exist() {
        for (version, expected) in [
            ("", Ok(Version::V3)),
            (r#","version":"3""#, Ok(Version::V3)),
            (r#","version":"4""#, Ok(Version::V4)),
            (r#","version":"5""#, Ok(Version::V5)),
            (r#","version":"6""#, Err(Reason::TokenVersionUnsupported)),
            (r#","version":"5abc""#, Err(Reason::TokenVersionUnsupported)),
            (r#","version":"2""#, Err(Reason::TokenVersionUnsupported)),
            (r#","version":5"#, Err(Reason::TokenVersionUnsupported)),
            (r#","version":null"#, Err(Reason::TokenVersionUnsupported)),
        ] {
            assert_eq!(parse(&header(version), V5), expected, "{version}");
        }
        for (header, reason) in [
            (r#"{"alg":"RS256","typ":"jwt","kid":"d-1"}"#, Reason::TypMismatch),
            (r#"{"alg":"RS256","kid":"d-1"}"#, Reason::TypMismatch),
            (r#"{"alg":"RS256","typ":"JWT"}"#, Reason::KidMissing),
        ] {
            assert_eq!(parse(header, V5), Err(reason), "{header}");
        }
    }

    #[test]
    fn every_version_has_its_claims() {
        let v5 = header(r#","version":"5""#);
        let v4 = header(r#","version":"4""#);
        for (header, from, to, expected) in [
            (&v5, r#""rsub":"r","#, "", Err(Reason::SessionClaimsMalformed)),
            (&v4, r#""rsub":"r","#, "", Ok(Version::V4)),
            (&v5, r#""tId":"t","#, "", Err(Reason::SessionClaimsMalformed)),
            (&v4, r#""tId":"t","#, "", Err(Reason::SessionClaimsMalformed)),
            (&header(""), r#""tId":"t","#, "", Ok(Version::V3)),
            (&v5, r#""exp":1"#, r#""exp":"1""#, Err(Reason::SessionClaimsMalformed)),
            (&v5, r#""exp":1"#, r#""exp":1.5"#, Ok(Version::V5)),
            (&v5, r#""exp":1"#, r#""exp":0,"stt":0"#, Ok(Version::V5)),
            (&v5, r#""exp":1"#, r#""exp":1,"stt":1"#, Err(Reason::TokenUseMismatch)),
            (&v5, r#""exp":1"#, r#""exp":1,"stt":null"#, Err(Reason::TokenUseMismatch)),
            (&v5, r#""exp":1"#, r#""exp":1,"stt":"0""#, Err(Reason::TokenUseMismatch)),
            (&v5, r#""sub":"u""#, r#""sub":"""#, Ok(Version::V5)),
        ] {
            assert!(V5.contains(from));
            assert_eq!(parse(header, &V5.replace(from, to)), expected, "{header} {to}");
        }
        assert_eq!(parse(&v5, "[]"), Err(Reason::TokenNotObject));
    }

    #[test]
    fn a_refused_header_is_told_from_a_foreign_token() {
        for more in [r#","crit":["x"]"#, r#","b64":true"#, r#","zip":"DEF""#, r#","cty":1"#] {
            assert_eq!(parse(&header(more), V5), Ok(Version::V3), "{more}");
            assert_eq!(parse(&header(more), "{}"), Err(Reason::SessionClaimsMalformed), "{more}");
        }
        let unnamed = r#"{"alg":"RS256","typ":"JWT","kid":null}"#;
        assert_eq!(parse(unnamed, V5), Ok(Version::V3));
    }

    #[test]
    fn the_session_is_what_the_version_says() {
        let claims = |text: &str| {
            let claims = crate::claims::UnverifiedClaims::parse(text.as_bytes(), &Budget::DEFAULT);
            claims.unwrap().signature_was_verified()
        };
        let v5 = V5.replace(r#""sub":"u""#, r#""sub":" u ""#).replace("null", "\"\"");
        let facts = SessionFacts::of(Version::V5, claims(&v5));
        assert_eq!((facts.user_id.as_str(), facts.recipe_user_id.as_str()), ("u", "r"));
        assert_eq!((facts.tenant_id.as_str(), facts.handle.as_str()), ("t", "h"));
        assert!(facts.has_parent && facts.anti_csrf_token.as_deref() == Some(""));
        assert_eq!(SessionFacts::of(Version::V3, claims(V5)).tenant_id, "public");
        let v2 = r#"{"userId":"u","sessionHandle":"h","refreshTokenHash1":"x","expiryTime":5,"timeCreated":1,"userData":{"a":1}}"#;
        let facts = SessionFacts::of(Version::V2, claims(v2));
        assert_eq!((facts.payload.json(), facts.expires), (r#"{"a":1}"#, 5.0));
        assert_eq!((facts.user_id.as_str(), facts.recipe_user_id.as_str()), ("u", "u"));
        assert!(!facts.has_parent);
    }

    #[test]
    fn texts_that_are_no_tokens_are_refused() {
        let many = ["", "a", "a.b", "a.b.c", "a.b.c.d", "..", "é.é.é"];
        for text in many {
            let is_none = with_context(|context| AccessToken::parse(text, context).is_err());
            assert!(is_none, "{text}");
        }
    }
}
