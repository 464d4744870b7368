//! The JOSE header of a signed token (RFC 7515 section 4).

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
    algorithm: Algorithm,
    members: Json,
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
        let algorithm = algorithm(&members)?;
        refuse_extensions(&members)?;
        check_names(&members, budget)?;
        Ok(Self { algorithm, members })
    }

    /// `alg`, which is only ever compared with the algorithm of a key.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
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
    pub const fn members(&self) -> &Json {
        &self.members
    }
}

/// RFC 7515 section 4.1.1. `none` in any spelling has its own reason, because it is an attack.
fn algorithm(members: &Json) -> Result<Algorithm, Reason> {
    let name = match members.get("alg") {
        Some(Json::String(name)) => name,
        Some(_) => return Err(Reason::HeaderMemberType),
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
