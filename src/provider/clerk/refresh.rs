//! A fresh session token from the Backend API, without a redirect.

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;

use super::Clerk;
use super::directives::Directives;
use super::rules::Kind;
use super::session::RefreshFailure;
use super::visit::Visit;
use crate::decision::AuthState;
use crate::json::Json;
use crate::need::{Fact, Halt, Need};
use crate::provider::Context;
use crate::provider::jwt::UnverifiedJwt;

impl Clerk {
    /// The state with a fresh token, or why there is none.
    pub(super) fn refresh(
        &self,
        visit: &Visit<'_>,
        context: &Context<'_>,
    ) -> Result<Result<Box<AuthState>, RefreshFailure>, Need> {
        if visit.head.method() != "GET" {
            return failed("non-eligible-non-get");
        }
        let Some(refresh_token) = &visit.cookies.refresh else {
            return failed("non-eligible-no-refresh-cookie");
        };
        let Some(secret_key) = &self.secret_key else { return failed("missing-api-client") };
        let Some(expired) = visit.session_token() else { return failed("missing-session-token") };
        let Ok(token) = UnverifiedJwt::parse(expired, context) else {
            return failed("expired-session-token-decode-failed");
        };
        let Some(session) = token.unverified().str("sid").filter(|sid| is_id(sid)) else {
            return failed("expired-session-token-missing-sid-claim");
        };
        let need = self.api.refresh(visit, session, expired, refresh_token, secret_key);
        match self.facts.get(&need.key, context.now) {
            Some(fact) => self.refreshed(fact, context),
            None => Err(need),
        }
    }

    fn refreshed(
        &self,
        fact: &Fact,
        context: &Context<'_>,
    ) -> Result<Result<Box<AuthState>, RefreshFailure>, Need> {
        let Some(reply) = &fact.reply else { return failed("fetch-error") };
        let json = Json::parse(reply.body.as_bytes(), context.budget).ok();
        if !reply.is_success() {
            return Ok(Err(json
                .as_ref()
                .and_then(error_code)
                .unwrap_or(Cow::Borrowed("unexpected-bapi-error"))));
        }
        let cookies = json.as_ref().and_then(|json| json.get("cookies")).and_then(Directives::read);
        let Some(cookies) = cookies.filter(|cookies| !cookies.is_empty()) else {
            return failed("unexpected-sdk-error");
        };
        let token = cookies.session_token().unwrap_or("");
        match self.rules.verify_text(token, Kind::Session, &self.keys, context) {
            Ok(verified) => {
                let mut state = self.signed_in(&verified, context);
                state.headers = cookies.headers().collect();
                Ok(Ok(Box::new(state)))
            }
            Err(Halt::Need(need)) => Err(need),
            Err(Halt::Refused(_)) => failed("invalid-session-token"),
        }
    }
}

/// The code of the first error that the Backend API names.
fn error_code(json: &Json) -> Option<RefreshFailure> {
    let code = json.get("errors")?.as_array()?.first()?.get("code")?.as_str()?;
    let is_word = !code.is_empty()
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    match code {
        "unexpected_error" => Some(Cow::Borrowed("fetch-error")),
        code => is_word.then(|| Cow::Owned(code.to_owned())),
    }
}

/// The identifier becomes part of a path, so nothing else may be in it.
fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn failed<T>(why: &'static str) -> Result<Result<T, RefreshFailure>, Need> {
    Ok(Err(Cow::Borrowed(why)))
}
