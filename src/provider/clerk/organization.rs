//! Organisation sync: the URL names the organisation that is to be active.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::visit::Visit;
use crate::auth::Auth;
use crate::policy::PathPattern;

/// Which paths belong to an organisation, and which to the personal account.
#[derive(Debug, Default)]
pub(super) struct OrganizationSync {
    pub(super) organization: Vec<PathPattern>,
    pub(super) personal: Vec<PathPattern>,
}

/// What a path asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SyncTarget {
    OrganizationId(String),
    OrganizationSlug(String),
    Personal,
}

impl OrganizationSync {
    /// What the request's path asks for: its `:id` or `:slug`, as it stands in the path.
    pub(super) fn target(&self, visit: &Visit<'_>) -> Option<SyncTarget> {
        let path = visit.url.path();
        let captures = self.organization.iter().find_map(|pattern| pattern.captures(path));
        let named = |name: &str| {
            let found = captures.iter().flatten().find(|(key, _)| key == name);
            found.map(|(_, value)| (*value).to_owned()).filter(|value| !value.is_empty())
        };
        if let Some(id) = named("id") {
            return Some(SyncTarget::OrganizationId(id));
        }
        if let Some(slug) = named("slug") {
            return Some(SyncTarget::OrganizationSlug(slug));
        }
        let is_personal = self.personal.iter().any(|pattern| pattern.captures(path).is_some());
        is_personal.then_some(SyncTarget::Personal)
    }
}

impl SyncTarget {
    /// Whether the session is in the organisation already.
    pub(super) fn is_active(&self, auth: &Auth) -> bool {
        match self {
            Self::OrganizationId(id) => auth.org_id.as_ref() == Some(id),
            Self::OrganizationSlug(slug) => auth.org_slug.as_ref() == Some(slug),
            Self::Personal => auth.org_id.as_ref().is_none_or(String::is_empty),
        }
    }

    /// The value of `organization_id` in a handshake; empty for the personal account.
    pub(super) fn handshake_value(&self) -> &str {
        match self {
            Self::OrganizationId(value) | Self::OrganizationSlug(value) => value,
            Self::Personal => "",
        }
    }
}
