//! The tokens that the guides on session tokens and their custom claims describe.

use serde_json::{Value, json};
use sessiongate::{Auth, Json};

use crate::get;
use crate::support::judge::{clerk, gate};
use crate::support::tokens::{claims, token, with};

/// The identity behind a token in the session cookie.
fn sign_in(claims: &Value) -> Auth {
    let cookie = format!("__session={}", token("RS256", claims));
    let decision = get(&mut gate(&clerk()), "/", &[("cookie", &cookie)]);
    assert_eq!(decision.status, 200, "{:?}", decision.state.reason);
    let auth = decision.state.auth;
    // All claims reach the application, none is changed.
    let text = auth.session_claims.as_ref().unwrap().json();
    assert_eq!(serde_json::from_str::<Value>(text).unwrap(), *claims);
    let json: Value = serde_json::from_str(&auth.to_json()).unwrap();
    assert_eq!((&json["sessionClaims"], &json["isAuthenticated"]), (claims, &json!(true)));
    (*auth).clone()
}

fn merged(custom: Value) -> Value {
    let mut claims = claims();
    let Value::Object(custom) = custom else { panic!("custom claims are an object") };
    claims.as_object_mut().unwrap().extend(custom);
    claims
}

#[test]
fn custom_claims_full_name_and_primary_email() {
    let auth = sign_in(&merged(json!({
        "fullName": "Zo\u{eb} \u{1f511} O'Brien",
        "primaryEmail": "zoe@example.com",
    })));
    let claims = auth.session_claims.unwrap();
    assert_eq!(claims.str("fullName"), Some("Zo\u{eb} \u{1f511} O'Brien"));
    assert_eq!(claims.str("primaryEmail"), Some("zoe@example.com"));
}

#[test]
fn the_default_claims_of_a_session_token() {
    let auth = sign_in(&merged(json!({
        "act": { "iss": "https://dashboard.clerk.com", "sid": "sess_456", "sub": "user_456" },
        "org_id": "org_123",
        "org_permissions": ["org:invoices:read", "org:invoices:create"],
        "org_slug": "acme",
        "org_role": "org:admin",
        "sid": "sess_123",
        "sub": "user_123",
    })));
    assert_eq!(auth.user_id.as_deref(), Some("user_123"));
    assert_eq!(auth.session_id.as_deref(), Some("sess_123"));
    assert_eq!(auth.org_id.as_deref(), Some("org_123"));
    assert_eq!(auth.org_slug.as_deref(), Some("acme"));
    assert_eq!(auth.org_role.as_deref(), Some("org:admin"));
    assert_eq!(auth.org_permissions.unwrap(), ["org:invoices:read", "org:invoices:create"]);
    let actor = auth.actor.unwrap();
    assert_eq!(actor.get("sub").and_then(Json::as_str), Some("user_456"));
    assert_eq!(actor.get("iss").and_then(Json::as_str), Some("https://dashboard.clerk.com"));
    assert_eq!(auth.factor_verification_age, Some([5, -1]));
}

#[test]
fn the_version_2_claims_of_a_session_token() {
    let auth = sign_in(&merged(json!({
        "v": 2,
        "jti": "0123456789abcdef",
        "sts": "active",
        "pla": "o:pro",
        "fea": "o:dashboard,o:teams",
        "o": { "id": "org_123", "slg": "acme", "rol": "admin", "per": "manage,read", "fpm": "3,2" },
    })));
    assert_eq!(auth.session_status.as_deref(), Some("active"));
    assert_eq!(auth.org_role.as_deref(), Some("org:admin"));
    let expected = ["org:dashboard:manage", "org:dashboard:read", "org:teams:read"];
    assert_eq!(auth.org_permissions.unwrap(), expected);
}

#[test]
fn the_claims_of_an_application_built_on_session_tokens() {
    let auth = sign_in(&merged(json!({
        "managerOSUserId": "cm0x1y2z30000abcd",
        "organizationId": "org_789",
        "organizationName": "Acme \u{26} S\u{f6}hne",
        "organizationSlug": "acme-soehne",
        "personId": null,
        "role": "ADMIN",
    })));
    let claims = auth.session_claims.as_ref().unwrap();
    assert_eq!(claims.str("managerOSUserId"), Some("cm0x1y2z30000abcd"));
    assert_eq!(claims.get("personId"), Some(&Json::Null));
    // A custom claim that is called `role` is no role of an organisation.
    assert_eq!((auth.org_role, auth.org_id), (None, None));
}

#[test]
fn custom_claims_keep_their_json_types() {
    let custom = json!({
        "metadata": { "tags": ["a", "b"], "deep": { "er": [1, 2.5, null, true] }, "" : {} },
        "big": 9_007_199_254_740_993_u64,
        "tiny": 1e-300,
        "__proto__": { "isAdmin": true },
        "constructor": "c",
    });
    let auth = sign_in(&merged(custom));
    assert_eq!(auth.user_id.as_deref(), Some("user_1"));
}

#[test]
fn a_token_with_as_many_custom_claims_as_fit_a_cookie() {
    // The guides allow 1.2 KB of custom claims beside the default ones.
    let organizations: Value =
        (0..20).map(|n| json!({ format!("org_{n:04}"): "org:member" })).collect();
    let bio = "b".repeat(1200 - organizations.to_string().len() - 30);
    let custom = json!({ "organizations": organizations, "bio": bio });
    let size = custom.to_string().len();
    assert!((1150..=1200).contains(&size), "{size}");
    sign_in(&merged(custom));

    // And a browser takes 4 096 bytes for name, `=` and value.
    let room = 4096 - "__session=".len();
    let near = |bytes: usize| with(claims(), "bio", "b".repeat(bytes));
    let length = |bytes: usize| token("RS256", &near(bytes)).len();
    let about = (room - length(0)) / 4 * 3;
    let fits = (about..about + 9).rev().find(|bytes| length(*bytes) <= room).unwrap();
    let length = length(fits);
    assert!((room - 2..=room).contains(&length), "{length}");
    sign_in(&near(fits));
}
