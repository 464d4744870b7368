//! What a rule makes of a visitor, before any address is known. Pure; the order of the questions
//! is that of Clerk's `auth.protect()`.

use alloc::vec::Vec;

use super::{Access, DeniedStatus, OnDenied, PageUrl, Rule};
use crate::auth::TokenType;
use crate::decision::{AnswerPage, AuthState, AuthStatus, Exemption};
use crate::provider::SessionOptions;
use crate::reason::Reason;
use crate::request::RequestHead;

/// A rule outside of the route table, as Clerk's `auth.protect()`.
#[derive(Clone, Debug, PartialEq)]
pub struct Protect {
    /// Whom it lets in.
    pub rule: Rule,
    /// The kinds of tokens that may come in; session tokens unless set.
    pub token: ProtectedToken,
    /// What is asked of a SuperTokens session, as the options of `verifySession()`.
    pub session: SessionOptions,
}

/// The kinds of tokens that a [`Protect`] lets in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProtectedToken {
    /// All that the provider accepts.
    Any,
    /// This one. Whoever comes with another kind where a session is asked for counts as nobody, and
    /// may sign in.
    One(TokenType),
    /// Any of these.
    List(Vec<TokenType>),
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict<'r> {
    Allow,
    /// To the sign-in page.
    SignIn(Reason),
    Redirect(&'r PageUrl, u16, Reason),
    Deny(u16, Reason),
    /// As the provider's own kit would.
    Provider(Reason),
}

/// What a request is for, as far as its headers tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Page,
    ServerAction,
    Other,
}

impl Protect {
    /// A machine is let in by its token alone and never sent to a page; all others are as the rule
    /// says.
    pub(super) fn verdict(&self, head: &RequestHead<'_>, state: &AuthState) -> Verdict<'_> {
        let reason = || state.reason.unwrap_or(Reason::TokenTypeMismatch);
        let refused = || Verdict::Deny(401, reason());
        if !self.token.holds(state.token_type) {
            return match self.token {
                ProtectedToken::One(TokenType::Session) => {
                    self.rule.unauthenticated(head, state, reason())
                }
                _ => refused(),
            };
        }
        if state.token_type != Some(TokenType::Session) {
            return if state.auth.is_authenticated() { Verdict::Allow } else { refused() };
        }
        if state.is_pending() {
            return self.rule.unauthenticated(head, state, Reason::SessionPending);
        }
        self.rule.verdict(head, state)
    }
}

impl ProtectedToken {
    fn holds(&self, token_type: Option<TokenType>) -> bool {
        match self {
            Self::Any => true,
            Self::One(one) => token_type == Some(*one),
            Self::List(list) => token_type.is_some_and(|one| list.contains(&one)),
        }
    }
}

impl Rule {
    /// Whether a request passes without a look at who sent it.
    pub(super) fn exempts(&self, state: &AuthState) -> bool {
        match state.exemption {
            Some(Exemption::OwnApi) => true,
            // What lets nobody in does not wait for the request that would follow.
            Some(Exemption::Preflight) => self.access != Access::Nobody,
            None => false,
        }
    }

    pub(super) fn verdict(&self, head: &RequestHead<'_>, state: &AuthState) -> Verdict<'_> {
        let missing = match &self.access {
            Access::Public => None,
            Access::Optional if state.is_without_session() => None,
            _ if !state.auth.is_authenticated() => {
                let reason = match state.is_signed_in() {
                    true => Reason::SessionPending,
                    false => state.reason.unwrap_or(Reason::TokenMissing),
                };
                return self.unauthenticated(head, state, reason);
            }
            // The backend will look at the claims again, but it cannot send the visitor of a page
            // anywhere.
            _ if state.answer.is_some() && waits_for_page(head) => {
                return self.unauthenticated(head, state, Reason::InvalidClaims);
            }
            Access::Optional | Access::SignedIn => None,
            Access::Has(requirement) => state.auth.missing(requirement),
            Access::Nobody => Some(Reason::PermissionMissing),
        };
        match (missing, &self.unauthorized_url) {
            (None, _) => Verdict::Allow,
            (Some(reason), Some(page)) => {
                Verdict::Redirect(page, self.unauthorized_status.code(), reason)
            }
            (Some(reason), None) => Verdict::Deny(self.unauthorized_status.code(), reason),
        }
    }

    fn unauthenticated(
        &self,
        head: &RequestHead<'_>,
        state: &AuthState,
        reason: Reason,
    ) -> Verdict<'_> {
        let status = state.answer.as_ref().map_or(401, |answer| answer.status);
        let unauthorized = Verdict::Deny(status, reason);
        // What only the provider can mend is not mended by signing in.
        let has_session = state.answer.is_some() && state.status != AuthStatus::SignedOut;
        let page = state.answer.as_ref().and_then(|answer| answer.page.as_ref());
        let is_providers =
            has_session || matches!(page, Some(AnswerPage::To { .. } | AnswerPage::Nowhere(_)));
        let to_page = match &self.unauthenticated_url {
            _ if is_providers => Verdict::Provider(reason),
            Some(page) => return Verdict::Redirect(page, status, reason),
            None => Verdict::SignIn(reason),
        };
        match self.on_denied {
            OnDenied::Redirect => to_page,
            OnDenied::Status(DeniedStatus::Unauthorized) => unauthorized,
            OnDenied::Status(status) => Verdict::Deny(status.code(), reason),
            OnDenied::Auto if waits_for_page(head) => to_page,
            OnDenied::Auto => unauthorized,
            OnDenied::Hide => match purpose(head) {
                Purpose::Page => to_page,
                Purpose::ServerAction => unauthorized,
                // Who has a session knows that there is something.
                Purpose::Other if has_session => unauthorized,
                Purpose::Other => Verdict::Deny(404, reason),
            },
        }
    }
}

/// Whether a person waits for a page, in whatever way the framework fetches it.
fn waits_for_page(head: &RequestHead<'_>) -> bool {
    head.wants_page() || is_next_navigation(head)
}

/// Clerk's `isPageRequest` and `isServerActionRequest`. Unlike [`RequestHead::wants_page`] any
/// request that accepts HTML is for a page.
fn purpose(head: &RequestHead<'_>) -> Purpose {
    let is_document = matches!(head.header("sec-fetch-dest"), Some("document" | "iframe"));
    if is_document || contains(head, "accept", "text/html") || is_next_navigation(head) {
        Purpose::Page
    } else if is_server_action(head) {
        Purpose::ServerAction
    } else {
        Purpose::Other
    }
}

/// Whether Next.js fetches the data of a page that the user goes to.
fn is_next_navigation(head: &RequestHead<'_>) -> bool {
    let is_app_router = head.header("next-url").is_some() && !is_server_action(head);
    is_app_router || head.header("x-nextjs-data").is_some()
}

fn is_server_action(head: &RequestHead<'_>) -> bool {
    let is_action = contains(head, "accept", "text/x-component")
        || contains(head, "content-type", "multipart/form-data")
        || head.header("next-action").is_some();
    head.header("next-url").is_some() && is_action
}

fn contains(head: &RequestHead<'_>, name: &str, text: &str) -> bool {
    head.header_values(name).any(|value| value.contains(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::Auth;
    use crate::claims::UnverifiedClaims;

    fn signed_in(session_status: &str) -> AuthState {
        let claims = UnverifiedClaims::parse(b"{}", &crate::budget::Budget::DEFAULT).unwrap();
        let auth = Auth {
            session_claims: Some(claims.signature_was_verified()),
            user_id: Some("user_1".into()),
            session_status: Some(session_status.into()),
            ..Auth::default()
        };
        AuthState::signed_in("clerk", "token".into(), auth.into())
    }

    fn signed_out(token_type: Option<TokenType>) -> AuthState {
        let state = AuthState::signed_out("clerk", Reason::TokenMissing, Reason::TokenMissing);
        AuthState { token_type, ..state }
    }

    fn status(rule: &Rule, headers: &[(&str, &str)], state: &AuthState) -> u16 {
        let head = RequestHead::new("GET", "https://a/", headers).unwrap();
        let token = ProtectedToken::One(TokenType::Session);
        let protect = Protect { rule: rule.clone(), token, session: SessionOptions::default() };
        let verdict = protect.verdict(&head, state);
        if state.token_type == Some(TokenType::Session) && !state.is_pending() {
            assert_eq!(verdict, rule.verdict(&head, state));
        }
        match verdict {
            Verdict::Allow => 200,
            Verdict::SignIn(_) => 307,
            Verdict::Redirect(..) => 302,
            Verdict::Deny(status, _) => status,
            Verdict::Provider(_) => 303,
        }
    }

    #[test]
    fn pages_are_told_from_actions_and_the_rest() {
        let action = [("next-url", "/a"), ("next-action", "1")];
        for (headers, auto, hide) in [
            (&[("sec-fetch-dest", "document")][..], 307, 307),
            (&[("sec-fetch-dest", "iframe")], 307, 307),
            (&[("accept", "text/html,*/*")], 307, 307),
            (&[("sec-fetch-dest", "empty"), ("accept", "text/html")], 401, 307),
            (&[("next-url", "/a")], 307, 307),
            (&[("x-nextjs-data", "1")], 307, 307),
            (&action, 401, 401),
            (&[("next-url", "/a"), ("accept", "text/x-component")], 401, 401),
            (&[("next-url", "/a"), ("content-type", "multipart/form-data; x")], 401, 401),
            (&[("next-action", "1")], 401, 404),
            (&[("accept", "application/json")], 401, 404),
            (&[], 401, 404),
        ] {
            let nobody = signed_out(Some(TokenType::Session));
            assert_eq!(status(&Rule::new(Access::SignedIn), headers, &nobody), auto, "{headers:?}");
            let hiding = Rule::hiding(Access::SignedIn);
            assert_eq!(status(&hiding, headers, &nobody), hide, "{headers:?}");
            assert_eq!(status(&hiding, headers, &signed_in("pending")), hide, "{headers:?}");
            assert_eq!(status(&hiding, headers, &signed_in("active")), 200, "{headers:?}");
        }
    }

    #[test]
    fn pages_of_the_rule_come_before_its_statuses() {
        let page = PageUrl::parse("/elsewhere");
        for on_denied in [OnDenied::Auto, OnDenied::Redirect, OnDenied::Hide] {
            let rule = Rule {
                on_denied,
                unauthenticated_url: page.clone(),
                unauthorized_url: page.clone(),
                ..Rule::new(Access::Nobody)
            };
            assert_eq!(status(&rule, &[], &signed_out(Some(TokenType::Session))), 302);
            assert_eq!(status(&rule, &[], &signed_in("active")), 302);
        }
        let rule = Rule {
            on_denied: OnDenied::Status(DeniedStatus::NotFound),
            ..Rule::new(Access::Nobody)
        };
        assert_eq!(status(&rule, &[], &signed_out(Some(TokenType::Session))), 404);
        assert_eq!(status(&rule, &[], &signed_in("active")), 403);
        assert_eq!(status(&Rule::hiding(Access::Nobody), &[], &signed_in("active")), 404);
        assert_eq!(
            status(&Rule::new(Access::Public), &[], &signed_out(Some(TokenType::Session))),
            200
        );
    }

    #[test]
    fn machines_are_never_sent_to_a_page() {
        let page = [("accept", "text/html")];
        let head = RequestHead::new("GET", "https://a/", &page).unwrap();
        let machine = AuthState { token_type: Some(TokenType::M2m), ..signed_in("active") };
        let no_machine = signed_out(Some(TokenType::M2m));
        let mismatch = signed_out(None);
        let user = signed_in("active");
        let any = || ProtectedToken::Any;
        let one = ProtectedToken::One;
        let list = || ProtectedToken::List([TokenType::M2m, TokenType::Session].into());
        let refused = Verdict::Deny(401, Reason::TokenMissing);
        let refused_type = Verdict::Deny(401, Reason::TokenTypeMismatch);
        let to_sign_in = Verdict::SignIn(Reason::TokenTypeMismatch);
        let hidden = Verdict::Deny(404, Reason::PermissionMissing);
        for (token, state, expected) in [
            (any(), &machine, Verdict::Allow),
            (any(), &no_machine, refused),
            (any(), &mismatch, refused),
            (any(), &user, hidden),
            (one(TokenType::M2m), &machine, Verdict::Allow),
            (one(TokenType::M2m), &user, refused_type),
            (one(TokenType::Session), &machine, to_sign_in),
            (one(TokenType::Session), &mismatch, Verdict::SignIn(Reason::TokenMissing)),
            (list(), &machine, Verdict::Allow),
            (list(), &mismatch, refused),
            (list(), &user, hidden),
        ] {
            let session = SessionOptions::default();
            let protect = Protect { rule: Rule::hiding(Access::Nobody), token, session };
            assert_eq!(protect.verdict(&head, state), expected, "{:?} {state:?}", protect.token);
        }
    }
}
