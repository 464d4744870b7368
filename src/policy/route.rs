//! One route rule.

use alloc::vec::Vec;

use super::PathPattern;
use crate::auth::Requirement;

/// Whom a set of paths lets in.
#[derive(Clone, Debug)]
pub struct Route {
    /// The rule applies when any of these matches.
    pub patterns: Vec<PathPattern>,
    /// Who is let in.
    pub access: Access,
    /// What becomes of a visitor who is not signed in.
    pub on_denied: OnDenied,
}

/// Who is let in.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Access {
    /// Everybody.
    Public,
    /// Every signed-in user.
    SignedIn,
    /// Signed-in users with a role or permission.
    Has(Requirement),
}

/// What becomes of a visitor who is not signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnDenied {
    /// A redirect to the sign-in page for page requests, status 401 for all others.
    #[default]
    Auto,
    /// Always a redirect.
    Redirect,
    /// Always status 401.
    Status,
}

impl Route {
    /// Whether the rule is for `path`, which is normalised.
    pub(super) fn matches(&self, path: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.matches(path))
    }
}
