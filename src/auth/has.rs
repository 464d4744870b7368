//! `has()`: whether the visitor has what a route or a page asks for.

use alloc::string::String;

use super::Auth;
use crate::json::Json;
use crate::reason::Reason;

/// What is asked for. Everything named must be there; nothing named is never enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirement {
    /// A role in the active organisation; `admin` and `org:admin` are the same.
    pub role: Option<String>,
    /// A permission in the active organisation; `org:` may be left out likewise.
    pub permission: Option<String>,
}

impl Requirement {
    /// Reads `{"role"?: string, "permission"?: string}`; `None` for any other shape.
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        let mut requirement = Self::default();
        for (name, value) in json.members() {
            let value = Some(value.as_str()?.into());
            match name.as_str() {
                "role" => requirement.role = value,
                "permission" => requirement.permission = value,
                _ => return None,
            }
        }
        (requirement != Self::default()).then_some(requirement)
    }
}

impl Auth {
    /// Whether the visitor has everything that `requirement` names.
    ///
    /// Roles and permissions belong to the active organisation: without one nothing is had
    /// (Clerk's documented rule for `has()`).
    #[must_use]
    pub fn has(&self, requirement: &Requirement) -> bool {
        self.missing(requirement).is_none()
    }

    /// The first thing that is missing, as the reason to give for a refusal.
    pub(crate) fn missing(&self, requirement: &Requirement) -> Option<Reason> {
        let Requirement { role, permission } = requirement;
        if role.as_ref().is_some_and(|role| !self.has_role(role)) {
            return Some(Reason::RoleMissing);
        }
        let asks_nothing = role.is_none() && permission.is_none();
        if asks_nothing || permission.as_ref().is_some_and(|one| !self.has_permission(one)) {
            return Some(Reason::PermissionMissing);
        }
        None
    }

    fn has_role(&self, role: &str) -> bool {
        let own = self.org_role.as_deref().filter(|own| !own.is_empty());
        self.is_member() && own.is_some_and(|own| bare(own) == bare(role))
    }

    fn has_permission(&self, permission: &str) -> bool {
        let own = self.org_permissions.as_deref().unwrap_or_default();
        self.is_member() && own.iter().any(|own| bare(own) == bare(permission))
    }

    fn is_member(&self) -> bool {
        let given = |value: &Option<String>| value.as_ref().is_some_and(|text| !text.is_empty());
        given(&self.user_id) && given(&self.org_id)
    }
}

/// The name without any leading `org:`, which Clerk lets users write or leave out.
fn bare(mut name: &str) -> &str {
    while let Some(rest) = name.strip_prefix("org:") {
        name = rest;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    fn admin() -> Auth {
        Auth {
            user_id: Some("user_1".into()),
            org_id: Some("org_1".into()),
            org_role: Some("org:admin".into()),
            org_permissions: Some(vec!["org:invoices:read".into()]),
            ..Auth::default()
        }
    }

    fn requirement(role: Option<&str>, permission: Option<&str>) -> Requirement {
        Requirement { role: role.map(Into::into), permission: permission.map(Into::into) }
    }

    #[test]
    fn the_prefix_may_be_left_out() {
        for role in ["admin", "org:admin", "org:org:admin"] {
            assert!(admin().has(&requirement(Some(role), None)), "{role}");
        }
        assert!(admin().has(&requirement(None, Some("invoices:read"))));
        assert!(!admin().has(&requirement(Some("Admin"), None)));
        assert!(!admin().has(&requirement(Some(""), None)));
    }

    #[test]
    fn everything_named_must_be_there() {
        let both = |permission| requirement(Some("admin"), Some(permission));
        assert!(admin().has(&both("org:invoices:read")));
        assert_eq!(admin().missing(&both("x")), Some(Reason::PermissionMissing));
        assert_eq!(admin().missing(&requirement(Some("x"), Some("x"))), Some(Reason::RoleMissing));
    }

    #[test]
    fn nothing_is_had_without_user_or_organisation_or_question() {
        let any = requirement(Some("admin"), None);
        assert!(!Auth { user_id: None, ..admin() }.has(&any));
        assert!(!Auth { org_id: None, ..admin() }.has(&any));
        assert!(!admin().has(&Requirement::default()));
    }

    #[test]
    fn requirements_are_read_strictly() {
        use crate::budget::Budget;
        let read = |text: &str| {
            Requirement::from_json(&Json::parse(text.as_bytes(), &Budget::DEFAULT).unwrap())
        };
        assert_eq!(read(r#"{"role":"admin"}"#), Some(requirement(Some("admin"), None)));
        for text in ["{}", "null", r#"{"role":1}"#, r#"{"roles":"admin"}"#] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
