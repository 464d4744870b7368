//! Rules: whom they let in, and what becomes of the others.

use alloc::vec::Vec;

use super::PathPattern;
use crate::auth::Requirement;
use crate::provider::SessionOptions;
use crate::url::Target;

/// A rule and the paths that it is for.
#[derive(Clone, Debug)]
pub struct Route {
    /// The rule applies when any of these matches.
    pub patterns: Vec<PathPattern>,
    /// Whom it lets in.
    pub rule: Rule,
    /// What is asked of a SuperTokens session here.
    pub session: SessionOptions,
}

/// Who is let in, and what becomes of the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Who is let in.
    pub access: Access,
    /// What becomes of a visitor who is not signed in.
    pub on_denied: OnDenied,
    /// The status for a signed-in user who lacks what is needed; 403 unless set.
    pub unauthorized_status: DeniedStatus,
    /// Where to send a visitor who is not signed in, instead of all that `on_denied` says.
    pub unauthenticated_url: Option<PageUrl>,
    /// Where to send a signed-in user who lacks what is needed, instead of a status.
    pub unauthorized_url: Option<PageUrl>,
}

/// Who is let in.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Access {
    /// Everybody.
    Public,
    /// Everybody without a session, and everybody whose session is in order.
    Optional,
    /// Every signed-in user.
    SignedIn,
    /// Signed-in users who have what is asked for.
    Has(Requirement),
    /// Nobody, for a question that no visitor can answer, such as `role: null`.
    Nobody,
}

/// What becomes of a visitor who is not signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnDenied {
    /// A redirect to the sign-in page for page requests, status 401 for all others.
    #[default]
    Auto,
    /// Always a redirect to the sign-in page.
    Redirect,
    /// As Clerk's `auth.protect()`: a redirect to the sign-in page for page requests, status 401
    /// for server actions, 404 for all others.
    Hide,
    /// Always this status.
    Status(DeniedStatus),
}

/// A status that turns a visitor away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeniedStatus {
    /// 401: who is it?
    Unauthorized,
    /// 403: not for you.
    Forbidden,
    /// 404: nothing to see here.
    NotFound,
}

impl DeniedStatus {
    /// The number.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
        }
    }

    /// The status of this number.
    #[must_use]
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            401 => Some(Self::Unauthorized),
            403 => Some(Self::Forbidden),
            404 => Some(Self::NotFound),
            _ => None,
        }
    }
}

/// The address of a page: absolute, or a path on the origin of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageUrl(pub(super) Target);

impl PageUrl {
    /// Accepts `https://host/path` and `/path`, nothing that could be read as another origin.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Target::parse(text).map(Self)
    }
}

impl Rule {
    /// A rule for routes: page requests are sent to the sign-in page, others get 401 or 403.
    #[must_use]
    pub const fn new(access: Access) -> Self {
        Self {
            access,
            on_denied: OnDenied::Auto,
            unauthorized_status: DeniedStatus::Forbidden,
            unauthenticated_url: None,
            unauthorized_url: None,
        }
    }

    /// A rule as `auth.protect()` has it: who may not come in does not learn that there is
    /// something.
    #[must_use]
    pub fn hiding(access: Access) -> Self {
        let rule = Self::new(access);
        Self { on_denied: OnDenied::Hide, unauthorized_status: DeniedStatus::NotFound, ..rule }
    }
}
