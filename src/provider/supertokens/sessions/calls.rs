//! The requests to the core, one for each of its endpoints that sessions need (CDI 5.4).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::config::ConfigError;
use crate::json::writer::{ObjectWriter, array, string};
use crate::json::{Json, stringify};
use crate::url::Query;

/// One request, without the address of the core and its key.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct CoreCall {
    pub(super) method: &'static str,
    pub(super) path: String,
    /// Form-urlencoded; empty for none.
    pub(super) query: String,
    pub(super) body: Option<String>,
    /// Whether the endpoint belongs to a recipe.
    pub(super) is_recipe: bool,
    /// Whether the core's version is asked for before this request has its turn.
    pub(super) asks_version_first: bool,
}

/// A tenant's name, checked: it becomes part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tenant(String);

impl Tenant {
    pub(super) fn new(name: &str) -> Result<Self, ConfigError> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if name.is_empty() || !name.bytes().all(is_plain) {
            let message = "Tenants are named with letters, digits, `-` and `_`, as in public.";
            return Err(ConfigError::invalid("tenantId", message));
        }
        Ok(Self(name.into()))
    }
}

impl CoreCall {
    /// The user that a recipe user belongs to.
    pub(super) fn user(recipe_user_id: &str) -> Self {
        let call = Self::get("/user/id".into(), &[("userId", recipe_user_id)]);
        Self { is_recipe: false, ..call }
    }

    pub(super) fn create(tenant: &Tenant, body: String) -> Self {
        Self::post(format!("/{}/recipe/session", tenant.0), body)
    }

    pub(super) fn refresh(body: String) -> Self {
        Self::post("/recipe/session/refresh".into(), body)
    }

    pub(super) fn regenerate(access_token: &str, payload: &Json) -> Self {
        let body = ObjectWriter::new()
            .string("accessToken", access_token)
            .raw("userDataInJWT", &stringify(payload));
        Self::post("/recipe/session/regenerate".into(), body.finish())
    }

    pub(super) fn information(handle: &str) -> Self {
        let call = Self::get("/recipe/session".into(), &[("sessionHandle", handle)]);
        Self { asks_version_first: true, ..call }
    }

    /// The handles of a user's sessions, of one tenant or all.
    pub(super) fn handles(user_id: &str, linked: bool, tenant: Option<&Tenant>) -> Self {
        let query = [
            ("userId", user_id),
            ("fetchSessionsForAllLinkedAccounts", boolean(linked)),
            ("fetchAcrossAllTenants", boolean(tenant.is_none())),
        ];
        Self::get(of_tenant(tenant, "/recipe/session/user"), &query)
    }

    pub(super) fn remove_sessions(handles: &[String]) -> Self {
        let handles = array(handles.iter().map(|handle| string(handle)));
        let body = ObjectWriter::new().raw("sessionHandles", &handles);
        Self::post("/recipe/session/remove".into(), body.finish())
    }

    /// Ends a user's sessions, of one tenant or all.
    pub(super) fn remove_all(user_id: &str, linked: bool, tenant: Option<&Tenant>) -> Self {
        let body = ObjectWriter::new()
            .string("userId", user_id)
            .bool("revokeSessionsForLinkedAccounts", linked)
            .bool("revokeAcrossAllTenants", tenant.is_none());
        Self::post(of_tenant(tenant, "/recipe/session/remove"), body.finish())
    }

    pub(super) fn set_data(handle: &str, data: &Json) -> Self {
        Self::put("/recipe/session/data", handle, "userDataInDatabase", data)
    }

    pub(super) fn set_payload(handle: &str, payload: &Json) -> Self {
        Self::put("/recipe/jwt/data", handle, "userDataInJWT", payload)
    }

    fn get(path: String, parameters: &[(&str, &str)]) -> Self {
        let mut query = Query::new();
        parameters.iter().for_each(|(name, value)| query.append(name, value));
        let query = query.finish();
        Self { method: "GET", path, query, body: None, is_recipe: true, asks_version_first: false }
    }

    fn post(path: String, body: String) -> Self {
        Self { method: "POST", body: Some(body), ..Self::get(path, &[]) }
    }

    fn put(path: &str, handle: &str, name: &str, value: &Json) -> Self {
        let body = ObjectWriter::new().string("sessionHandle", handle).raw(name, &stringify(value));
        Self { method: "PUT", ..Self::post(path.into(), body.finish()) }
    }
}

impl core::fmt::Debug for CoreCall {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        // The body can hold tokens.
        let mut call = formatter.debug_struct("CoreCall");
        call.field("method", &self.method).field("path", &self.path).finish_non_exhaustive()
    }
}

fn of_tenant(tenant: Option<&Tenant>, path: &str) -> String {
    tenant.map_or_else(|| path.into(), |tenant| format!("/{}{path}", tenant.0))
}

const fn boolean(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// The handles in a list of the core.
pub(super) fn strings(json: Option<&Json>) -> Option<Vec<String>> {
    json?.as_array()?.iter().map(|one| one.as_str().map(String::from)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(call: &CoreCall) -> String {
        let CoreCall { method, path, query, body, .. } = call;
        format!("{method} {path} {query} {}", body.as_deref().unwrap_or("-"))
    }

    #[test]
    fn requests_are_those_of_the_peer() {
        let tenant = Tenant::new("t1").unwrap();
        let payload =
            Json::Object(alloc::vec![("b".into(), Json::Integer(1)), ("1".into(), Json::Null),]);
        for (call, expected) in [
            (CoreCall::user("u x/ü"), "GET /user/id userId=u+x%2F%C3%BC -"),
            (CoreCall::create(&tenant, "{}".into()), "POST /t1/recipe/session  {}"),
            (CoreCall::refresh("{}".into()), "POST /recipe/session/refresh  {}"),
            (
                CoreCall::regenerate("a.b.c", &payload),
                r#"POST /recipe/session/regenerate  {"accessToken":"a.b.c","userDataInJWT":{"1":null,"b":1}}"#,
            ),
            (CoreCall::information("h/ x"), "GET /recipe/session sessionHandle=h%2F+x -"),
            (
                CoreCall::handles("u", true, None),
                "GET /recipe/session/user userId=u&fetchSessionsForAllLinkedAccounts=true&fetchAcrossAllTenants=true -",
            ),
            (
                CoreCall::handles("u", false, Some(&tenant)),
                "GET /t1/recipe/session/user userId=u&fetchSessionsForAllLinkedAccounts=false&fetchAcrossAllTenants=false -",
            ),
            (
                CoreCall::remove_sessions(&["h".into(), "i\"".into()]),
                r#"POST /recipe/session/remove  {"sessionHandles":["h","i\""]}"#,
            ),
            (
                CoreCall::remove_all("u", true, None),
                r#"POST /recipe/session/remove  {"userId":"u","revokeSessionsForLinkedAccounts":true,"revokeAcrossAllTenants":true}"#,
            ),
            (
                CoreCall::remove_all("u", false, Some(&tenant)),
                r#"POST /t1/recipe/session/remove  {"userId":"u","revokeSessionsForLinkedAccounts":false,"revokeAcrossAllTenants":false}"#,
            ),
            (
                CoreCall::set_data("h", &payload),
                r#"PUT /recipe/session/data  {"sessionHandle":"h","userDataInDatabase":{"1":null,"b":1}}"#,
            ),
            (
                CoreCall::set_payload("h", &payload),
                r#"PUT /recipe/jwt/data  {"sessionHandle":"h","userDataInJWT":{"1":null,"b":1}}"#,
            ),
        ] {
            assert_eq!(shown(&call), expected);
        }
    }

    #[test]
    fn tenants_stay_in_their_place_of_the_path() {
        for name in ["", "..", "a/b", "a?b", "a%2Fb", "ä", "a b", "."] {
            assert_eq!(Tenant::new(name).unwrap_err().option, "tenantId", "{name}");
        }
    }

    #[test]
    fn tokens_are_not_shown() {
        let call = CoreCall::regenerate("TOKEN", &Json::Null);
        assert!(!format!("{call:?}").contains("TOKEN"));
    }
}
