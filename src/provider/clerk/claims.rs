//! The default claims of session tokens, version 1 and 2, as the Auth object.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::permissions;
use crate::auth::Auth;
use crate::claims::Claims;
use crate::json::Json;

/// The version whose organisation claims stand in the object `o`.
const VERSION_2: Json = Json::Integer(2);

/// Reads the default claims; custom ones stay in `session_claims`.
pub(super) fn auth(claims: Claims) -> Auth {
    let text = |name| claims.str(name).map(ToOwned::to_owned);
    let organisation =
        if claims.get("v") == Some(&VERSION_2) { version_2(&claims) } else { version_1(&claims) };
    Auth {
        user_id: text("sub"),
        session_id: text("sid"),
        session_status: text("sts"),
        actor: claims.get("act").cloned(),
        factor_verification_age: factor_ages(&claims),
        org_id: organisation.id,
        org_role: organisation.role,
        org_slug: organisation.slug,
        org_permissions: organisation.permissions,
        session_claims: Some(claims),
        ..Auth::default()
    }
}

#[derive(Default)]
struct Organisation {
    id: Option<String>,
    role: Option<String>,
    slug: Option<String>,
    permissions: Option<Vec<String>>,
}

/// `org_id`, `org_role`, `org_slug`, `org_permissions`.
fn version_1(claims: &Claims) -> Organisation {
    let text = |name| claims.str(name).map(ToOwned::to_owned);
    let permissions = claims.get("org_permissions").and_then(Json::as_array);
    Organisation {
        id: text("org_id"),
        role: text("org_role"),
        slug: text("org_slug"),
        permissions: permissions
            .map(|list| list.iter().filter_map(Json::as_str).map(ToOwned::to_owned).collect()),
    }
}

/// `o: { id, slg, rol, per, fpm }` and the features in `fea`; the role comes without `org:`.
fn version_2(claims: &Claims) -> Organisation {
    let Some(organisation) = claims.get("o").filter(|o| matches!(o, Json::Object(_))) else {
        return Organisation::default();
    };
    let text = |name| organisation.get(name).and_then(Json::as_str);
    Organisation {
        id: text("id").map(ToOwned::to_owned),
        role: text("rol").filter(|role| !role.is_empty()).map(|role| format!("org:{role}")),
        slug: text("slg").map(ToOwned::to_owned),
        permissions: Some(permissions::decode(claims.str("fea"), text("per"), text("fpm"))),
    }
}

/// `fva`: minutes since the first and the second factor.
fn factor_ages(claims: &Claims) -> Option<[i64; 2]> {
    match claims.get("fva")?.as_array()? {
        [Json::Integer(first), Json::Integer(second)] => Some([*first, *second]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;
    use crate::claims::UnverifiedClaims;

    fn read(text: &str) -> Auth {
        let claims = UnverifiedClaims::parse(text.as_bytes(), &Budget::DEFAULT).unwrap();
        auth(claims.signature_was_verified())
    }

    #[test]
    fn version_1_claims() {
        let auth = read(
            r#"{"sub":"user_1","sid":"sess_1","org_id":"org_1","org_role":"org:admin","org_slug":"acme",
                "org_permissions":["org:a:b"],"act":{"sub":"user_2"},"fva":[3,-1],"sts":"active"}"#,
        );
        assert_eq!(auth.user_id.as_deref(), Some("user_1"));
        assert_eq!(auth.org_role.as_deref(), Some("org:admin"));
        assert_eq!(auth.org_permissions.unwrap(), ["org:a:b"]);
        assert_eq!(auth.factor_verification_age, Some([3, -1]));
        assert_eq!(auth.actor.unwrap().get("sub").and_then(Json::as_str), Some("user_2"));
        assert_eq!(auth.session_status.as_deref(), Some("active"));
    }

    #[test]
    fn version_2_claims() {
        let auth = read(
            r#"{"v":2,"sub":"user_1","fea":"o:dashboard,o:teams","org_id":"not this one",
                "o":{"id":"org_1","slg":"acme","rol":"admin","per":"manage,read","fpm":"3,2"}}"#,
        );
        assert_eq!(auth.org_id.as_deref(), Some("org_1"));
        assert_eq!(auth.org_slug.as_deref(), Some("acme"));
        assert_eq!(auth.org_role.as_deref(), Some("org:admin"));
        let expected = ["org:dashboard:manage", "org:dashboard:read", "org:teams:read"];
        assert_eq!(auth.org_permissions.unwrap(), expected);
    }

    #[test]
    fn version_2_without_an_organisation_has_none() {
        let auth = read(r#"{"v":2,"sub":"user_1","org_id":"org_1","org_role":"org:admin"}"#);
        assert_eq!((auth.org_id, auth.org_role, auth.org_permissions), (None, None, None));
    }

    #[test]
    fn an_empty_role_is_none() {
        assert_eq!(read(r#"{"v":2,"sub":"u","o":{"id":"org_1","rol":""}}"#).org_role, None);
    }

    #[test]
    fn only_the_number_2_is_version_2() {
        assert_eq!(read(r#"{"v":"2","org_id":"org_1"}"#).org_id.as_deref(), Some("org_1"));
        assert_eq!(read(r#"{"v":3,"org_id":"org_1"}"#).org_id.as_deref(), Some("org_1"));
    }
}
