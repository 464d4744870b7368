//! The JOSE header of a signed token (RFC 7515 section 4).

use alloc::sync::Arc;

use crate::budget::Budget;
use crate::json::Json;
use crate::key::Algorithm;
use crate::reason::Reason;

/// A header whose rules have been checked.
///
/// `jwk`, `jku`, `x5u`, `x5c`, `x5t` and `x5t#S256` are never read: a token does not choose its
/// own key (RFC 8725 sections 3.9 and 3.10). Members that are not known are ignored.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    algorithm: Result<Algorithm, Reason>,
    members: Arc<Json>,
}

impl Header {
    /// Parses the decoded bytes of a header.
    pub(crate) fn parse(bytes: &[u8], budget: &Budget) -> Result<Self, Reason> {
        if bytes.len() > budget.header_bytes {
            return Err(Reason::TokenHeaderTooLarge);
        }
        let members = Json::parse(bytes, budget)?;
        if !matches!(members, Json::Object(_)) {
            return Err(Reason::TokenNotObject);
        }
        let algorithm = algorithm(&members);
        refuse_extensions(&members)?;
        check_names(&members, budget)?;
        Ok(Self { algorithm, members: Arc::new(members) })
    }

    /// `alg`, which is only ever compared with the algorithm of a key.
    ///
    /// # Errors
    /// Says why it is none that can be verified: missing, `none`, unknown, not a string. Kept as
    /// a value because providers look at it at different moments, and inspectors not at all.
    pub const fn algorithm(&self) -> Result<Algorithm, Reason> {
        self.algorithm
    }

    /// `kid`, the name of the key.
    #[must_use]
    pub fn kid(&self) -> Option<&str> {
        self.get("kid")?.as_str()
    }

    /// `typ` as it stands there, of whatever JSON type; providers differ in what they accept.
    #[must_use]
    pub fn typ(&self) -> Option<&Json> {
        self.get("typ")
    }

    /// `cty`, the type of the payload.
    #[must_use]
    pub fn cty(&self) -> Option<&str> {
        self.get("cty")?.as_str()
    }

    /// `cat`, the category that Clerk gives its tokens, as it stands there.
    #[must_use]
    pub fn cat(&self) -> Option<&Json> {
        self.get("cat")
    }

    /// Any member.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.members.get(name)
    }

    /// All members, a JSON object.
    #[must_use]
    pub fn members(&self) -> &Json {
        &self.members
    }
}

/// RFC 7515 section 4.1.1. `none` in any spelling has its own reason, because it is an attack.
fn algorithm(members: &Json) -> Result<Algorithm, Reason> {
    let name = match members.get("alg") {
        Some(Json::String(name)) => name,
        Some(_) => return Err(Reason::AlgUnsupported),
        None => return Err(Reason::AlgMissing),
    };
    if name.eq_ignore_ascii_case("none") {
        return Err(Reason::AlgNone);
    }
    Algorithm::from_name(name).ok_or(Reason::AlgUnsupported)
}

/// Members that would change how the token is processed. None of them is supported, so their
/// presence alone is a reason to refuse (RFC 7515 section 4.1.11, RFC 7797, RFC 7516 section
/// 4.1.3).
fn refuse_extensions(members: &Json) -> Result<(), Reason> {
    for (name, reason) in
        [("crit", Reason::HeaderCrit), ("b64", Reason::HeaderB64), ("zip", Reason::HeaderZip)]
    {
        if members.get(name).is_some() {
            return Err(reason);
        }
    }
    Ok(())
}

fn check_names(members: &Json, budget: &Budget) -> Result<(), Reason> {
    for name in ["kid", "cty"] {
        if members.get(name).is_some_and(|value| value.as_str().is_none()) {
            return Err(Reason::HeaderMemberType);
        }
    }
    let kid = members.get("kid").and_then(Json::as_str);
    if kid.is_some_and(|kid| kid.len() > budget.kid_bytes) {
        return Err(Reason::KidTooLong);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    fn parse(text: &str) -> Result<Header, Reason> {
        Header::parse(text.as_bytes(), &Budget::DEFAULT)
    }

    fn algorithm_of(text: &str) -> Result<Algorithm, Reason> {
        parse(text).unwrap().algorithm()
    }

    fn with(member: &str) -> Result<Header, Reason> {
        parse(&format!("{{\"alg\":\"RS256\",{member}}}"))
    }

    #[test]
    fn members_are_read() {
        let header = with(r#""kid":"k","typ":"JWT","cty":"x","cat":"c","oiat":1"#).unwrap();
        assert_eq!(header.algorithm(), Ok(Algorithm::Rs256));
        assert_eq!((header.kid(), header.cty()), (Some("k"), Some("x")));
        assert_eq!(header.typ(), Some(&Json::String("JWT".into())));
        assert_eq!(header.cat(), Some(&Json::String("c".into())));
        assert_eq!(header.get("oiat"), Some(&Json::Integer(1)));
        assert_eq!(header.members().members().len(), 6);
        let bare = parse(r#"{"alg":"Ed25519"}"#).unwrap();
        assert_eq!((bare.algorithm(), bare.kid(), bare.typ()), (Ok(Algorithm::EdDsa), None, None));
    }

    #[test]
    fn none_is_refused_in_every_spelling() {
        for name in ["none", "None", "NONE", "nOnE"] {
            assert_eq!(algorithm_of(&format!("{{\"alg\":\"{name}\"}}")), Err(Reason::AlgNone));
        }
    }

    #[test]
    fn alg_is_a_known_name() {
        assert_eq!(algorithm_of("{}"), Err(Reason::AlgMissing));
        assert_eq!(algorithm_of(r#"{"ALG":"RS256"}"#), Err(Reason::AlgMissing));
        for name in
            ["", "rs256", "RS256 ", "RS1", "ES512", "ES256K", "RSA-OAEP", "none ", "n\u{f6}ne"]
        {
            let text = format!("{{\"alg\":\"{name}\"}}");
            assert_eq!(algorithm_of(&text), Err(Reason::AlgUnsupported), "{name}");
        }
        for value in ["null", "1", "true", "[\"RS256\"]", "{}"] {
            let text = format!("{{\"alg\":{value}}}");
            assert_eq!(algorithm_of(&text), Err(Reason::AlgUnsupported), "{value}");
        }
    }

    #[test]
    fn extensions_are_refused_by_their_presence() {
        for value in ["null", "true", "false", "[]", "[\"exp\"]", "\"DEF\""] {
            assert_eq!(with(&format!("\"crit\":{value}")), Err(Reason::HeaderCrit));
            assert_eq!(with(&format!("\"b64\":{value}")), Err(Reason::HeaderB64));
            assert_eq!(with(&format!("\"zip\":{value}")), Err(Reason::HeaderZip));
        }
    }

    #[test]
    fn names_are_strings() {
        for value in ["null", "1", "[]", "{}", "false"] {
            assert_eq!(with(&format!("\"kid\":{value}")), Err(Reason::HeaderMemberType));
            assert_eq!(with(&format!("\"cty\":{value}")), Err(Reason::HeaderMemberType));
            // The rules about these two are the provider's.
            assert!(with(&format!("\"typ\":{value},\"cat\":{value}")).is_ok());
        }
    }

    #[test]
    fn keys_in_the_header_are_never_read() {
        let header =
            with(r#""jwk":{"kty":"oct"},"jku":1,"x5u":[],"x5c":null,"x5t":{},"x5t#S256":true"#);
        assert!(header.is_ok());
    }

    #[test]
    fn only_objects_are_headers() {
        for text in ["null", "[]", "\"RS256\"", "1"] {
            assert_eq!(parse(text), Err(Reason::TokenNotObject), "{text}");
        }
        for (bytes, reason) in [
            (&b""[..], Reason::TokenNotJson),
            (b"{", Reason::TokenNotJson),
            (b"{\"alg\":\"RS256\"}x", Reason::TokenNotJson),
            (b"\xef\xbb\xbf{\"alg\":\"RS256\"}", Reason::TokenNotJson),
            (b"{\"alg\":\"RS256\xff\"}", Reason::TokenNotUtf8),
            (b"{\"alg\":\"RS256\",\"alg\":\"RS256\"}", Reason::TokenDuplicateMember),
            (b"{\"alg\":\"RS256\",\"x\":{\"y\":1,\"y\":1}}", Reason::TokenDuplicateMember),
            (b"{\"alg\":\"RS256\",\"x\":[[[[[[[[]]]]]]]]}", Reason::TokenTooDeep),
        ] {
            assert_eq!(Header::parse(bytes, &Budget::DEFAULT), Err(reason));
        }
    }

    #[test]
    fn budgets_hold() {
        let kid = |bytes: usize| format!("\"kid\":\"{}\"", "k".repeat(bytes));
        assert!(with(&kid(Budget::DEFAULT.kid_bytes)).is_ok());
        assert_eq!(with(&kid(Budget::DEFAULT.kid_bytes + 1)), Err(Reason::KidTooLong));
        let padded = |bytes: usize| format!("{:bytes$}", r#"{"alg":"RS256"}"#);
        assert!(parse(&padded(Budget::DEFAULT.header_bytes)).is_ok());
        let too_large = padded(Budget::DEFAULT.header_bytes + 1);
        assert_eq!(parse(&too_large), Err(Reason::TokenHeaderTooLarge));
        let few = Budget { json_members: 2, ..Budget::DEFAULT };
        let three = br#"{"alg":"RS256","a":1,"b":2}"#;
        assert_eq!(Header::parse(three, &few), Err(Reason::TokenTooManyMembers));
    }
}
