//! `has()`: whether the visitor has what a route or a page asks for.

use alloc::string::String;
use alloc::vec::Vec;

use super::requirement::factor_ages;
use super::{Auth, Requirement, entitlement};
use crate::claims::Claims;
use crate::json::Json;
use crate::reason::Reason;

impl Auth {
    /// Whether the visitor has everything that `requirement` names.
    ///
    /// Roles and permissions belong to the active organisation: without one nothing is had.
    /// Features and plans are read from the claims `fea` and `pla`, the ages of factors from
    /// `fva`; these are the ages when the token was made (Clerk's `has()`).
    #[must_use]
    pub fn has(&self, requirement: &Requirement) -> bool {
        self.missing(requirement).is_none()
    }

    /// The first thing that is missing, as the reason to give for a refusal.
    pub(crate) fn missing(&self, requirement: &Requirement) -> Option<Reason> {
        Holdings::of(self).missing(requirement)
    }

    /// The same for an identity as JavaScript sees it, written by [`to_json`](Self::to_json).
    #[must_use]
    pub fn json_has(auth: &Json, requirement: &Requirement) -> bool {
        Holdings::of_json(auth).missing(requirement).is_none()
    }
}

/// What a visitor has; empty texts count as nothing.
struct Holdings<'a> {
    is_user: bool,
    is_member: bool,
    role: Option<&'a str>,
    permissions: Vec<&'a str>,
    /// What a session names itself, apart from any organisation; by exact name.
    own_roles: Vec<&'a str>,
    own_permissions: Vec<&'a str>,
    features: &'a str,
    plans: &'a str,
    factor_ages: Option<[f64; 2]>,
}

impl<'a> Holdings<'a> {
    fn of(auth: &'a Auth) -> Self {
        let is_given = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
        let claim =
            |name| auth.session_claims.as_ref().and_then(|claims: &Claims| claims.get(name));
        let text = |name| claim(name).and_then(Json::as_str).unwrap_or_default();
        let permissions = auth.org_permissions.as_deref().unwrap_or_default();
        Self {
            is_user: is_given(&auth.user_id),
            is_member: is_given(&auth.org_id),
            role: auth.org_role.as_deref(),
            permissions: permissions.iter().map(String::as_str).collect(),
            own_roles: strings(auth.roles.as_deref()),
            own_permissions: strings(auth.permissions.as_deref()),
            features: text("fea"),
            plans: text("pla"),
            factor_ages: claim("fva").and_then(factor_ages),
        }
    }

    fn of_json(auth: &'a Json) -> Self {
        let text = |json: Option<&'a Json>| json.and_then(Json::as_str).unwrap_or_default();
        let claim = |name| auth.get("sessionClaims").and_then(|claims| claims.get(name));
        let permissions = auth.get("orgPermissions").and_then(Json::as_array).unwrap_or_default();
        Self {
            is_user: !text(auth.get("userId")).is_empty(),
            is_member: !text(auth.get("orgId")).is_empty(),
            role: auth.get("orgRole").and_then(Json::as_str),
            permissions: permissions.iter().filter_map(Json::as_str).collect(),
            own_roles: json_strings(auth.get("roles")),
            own_permissions: json_strings(auth.get("permissions")),
            features: text(claim("fea")),
            plans: text(claim("pla")),
            factor_ages: claim("fva").and_then(factor_ages),
        }
    }

    fn missing(&self, asked: &Requirement) -> Option<Reason> {
        let lacks = |asked: &Option<String>, has: &dyn Fn(&str) -> bool| {
            asked.as_ref().is_some_and(|name| !(self.is_user && has(name)))
        };
        if lacks(&asked.role, &|role| self.has_role(role)) {
            return Some(Reason::RoleMissing);
        }
        if lacks(&asked.permission, &|permission| self.has_permission(permission)) {
            return Some(Reason::PermissionMissing);
        }
        if lacks(&asked.feature, &|feature| entitlement::has(self.features, feature)) {
            return Some(Reason::FeatureMissing);
        }
        if lacks(&asked.plan, &|plan| entitlement::has(self.plans, plan)) {
            return Some(Reason::PlanMissing);
        }
        if let Some(reverification) = asked.reverification {
            let is_met = self.factor_ages.is_some_and(|ages| reverification.is_met(ages));
            return (!(self.is_user && is_met)).then_some(Reason::ReverificationNeeded);
        }
        asked.is_empty().then_some(Reason::PermissionMissing)
    }

    fn has_role(&self, role: &str) -> bool {
        let own = self.role.filter(|own| !own.is_empty());
        let is_in_organization = self.is_member && own.is_some_and(|own| bare(own) == bare(role));
        is_in_organization || self.own_roles.contains(&role)
    }

    fn has_permission(&self, permission: &str) -> bool {
        let is_it = |own: &&str| own.strip_prefix(PREFIX) == Some(bare(permission));
        let is_in_organization = self.is_member && self.permissions.iter().any(is_it);
        is_in_organization || self.own_permissions.contains(&permission)
    }
}

fn strings(list: Option<&[String]>) -> Vec<&str> {
    list.unwrap_or_default().iter().map(String::as_str).collect()
}

fn json_strings(list: Option<&Json>) -> Vec<&str> {
    let list = list.and_then(Json::as_array).unwrap_or_default();
    list.iter().filter_map(Json::as_str).collect()
}

/// What roles and permissions of organisations start with.
const PREFIX: &str = "org:";

/// The name without any leading `org:`, which Clerk lets users write or leave out.
fn bare(mut name: &str) -> &str {
    while let Some(rest) = name.strip_prefix(PREFIX) {
        name = rest;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::super::Reverification;
    use super::*;
    use crate::budget::Budget;
    use crate::claims::UnverifiedClaims;

    /// A member with every kind of thing.
    fn admin() -> Auth {
        let claims = br#"{"fea":"o:search","pla":"u:pro","fva":[5,-1]}"#;
        let claims = UnverifiedClaims::parse(claims, &Budget::DEFAULT).unwrap();
        Auth {
            session_claims: Some(claims.signature_was_verified()),
            user_id: Some("user_1".into()),
            org_id: Some("org_1".into()),
            org_role: Some("org:admin".into()),
            org_permissions: Some(["org:invoices:read".into(), "bare".into()].into()),
            factor_verification_age: Some([5, -1]),
            ..Auth::default()
        }
    }

    fn read(text: &str) -> Requirement {
        let json = Json::parse(text.as_bytes(), &Budget::DEFAULT).unwrap();
        Requirement::from_json(&json).unwrap()
    }

    #[test]
    fn the_prefix_may_be_left_out() {
        for role in ["admin", "org:admin", "org:org:admin"] {
            let role = Requirement { role: Some(role.into()), ..Requirement::default() };
            assert!(admin().has(&role), "{role:?}");
        }
        assert!(admin().has(&read(r#"{"permission":"invoices:read"}"#)));
        assert!(!admin().has(&read(r#"{"permission":"bare"}"#)));
        assert!(!admin().has(&read(r#"{"role":"Admin"}"#)));
        assert!(!admin().has(&read(r#"{"role":""}"#)));
    }

    #[test]
    fn everything_named_must_be_there() {
        for (text, missing) in [
            (r#"{"role":"admin","permission":"invoices:read"}"#, None),
            (r#"{"role":"admin","feature":"search","plan":"pro","reverification":"strict"}"#, None),
            (r#"{"role":"x","permission":"x"}"#, Some(Reason::RoleMissing)),
            (r#"{"role":"admin","permission":"x"}"#, Some(Reason::PermissionMissing)),
            (r#"{"role":"admin","feature":"x"}"#, Some(Reason::FeatureMissing)),
            (r#"{"feature":"search","plan":"org:pro"}"#, Some(Reason::PlanMissing)),
            (
                r#"{"plan":"pro","reverification":{"level":"first_factor","afterMinutes":5}}"#,
                Some(Reason::ReverificationNeeded),
            ),
            ("{}", Some(Reason::PermissionMissing)),
        ] {
            assert_eq!(admin().missing(&read(text)), missing, "{text}");
        }
    }

    #[test]
    fn nothing_is_had_without_a_user() {
        let nobody = Auth { user_id: None, ..admin() };
        for text in [
            r#"{"role":"admin"}"#,
            r#"{"feature":"search"}"#,
            r#"{"plan":"pro"}"#,
            r#"{"reverification":"lax"}"#,
        ] {
            assert!(admin().has(&read(text)), "{text}");
            assert!(!nobody.has(&read(text)), "{text}");
        }
        assert!(!Auth { org_id: Some("".into()), ..admin() }.has(&read(r#"{"role":"admin"}"#)));
        assert!(Auth { org_id: None, ..admin() }.has(&read(r#"{"feature":"search"}"#)));
        assert!(!Auth { session_claims: None, ..admin() }.has(&read(r#"{"feature":"search"}"#)));
    }

    #[test]
    fn identities_that_are_no_text_are_none() {
        let asked = read(r#"{"role":"admin"}"#);
        for (auth, expected) in [
            (r#"{"userId":"u","orgId":"o","orgRole":"org:admin"}"#, true),
            (r#"{"userId":5,"orgId":"o","orgRole":"org:admin"}"#, false),
            (r#"{"userId":"u","orgId":true,"orgRole":"org:admin"}"#, false),
            (r#"{"userId":"u","orgId":"o","orgRole":["org:admin"]}"#, false),
        ] {
            let auth = Json::parse(auth.as_bytes(), &Budget::DEFAULT).unwrap();
            assert_eq!(Auth::json_has(&auth, &asked), expected, "{auth:?}");
        }
    }

    #[test]
    fn the_object_that_javascript_sees_has_the_same() {
        let json = Json::parse(admin().to_json().as_bytes(), &Budget::DEFAULT).unwrap();
        for text in [
            r#"{"role":"admin"}"#,
            r#"{"permission":"invoices:read"}"#,
            r#"{"permission":"bare"}"#,
            r#"{"feature":"user:search"}"#,
            r#"{"plan":"pro"}"#,
            r#"{"reverification":"strict"}"#,
            r#"{"reverification":{"level":"multi_factor","afterMinutes":1}}"#,
        ] {
            let asked = read(text);
            assert_eq!(Auth::json_has(&json, &asked), admin().has(&asked), "{text}");
        }
        let strict =
            Requirement { reverification: Some(Reverification::STRICT), ..Requirement::default() };
        assert!(Auth::json_has(&json, &strict) && !Auth::json_has(&Json::Null, &strict));
    }
}
