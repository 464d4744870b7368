//! Refreshing a session.

use alloc::string::String;

use super::calls::CoreCall;
use super::core_error::CoreError;
use super::refusal::SessionRefusal;
use super::replies::{session, status, tokens};
use super::session::Session;
use super::step::{Next, SessionOutput, Stage};
use super::visitor::Visitor;
use super::{SessionError, Sessions};
use crate::config::ConfigError;
use crate::json::Json;
use crate::json::writer::ObjectWriter;
use crate::provider::supertokens::answer_headers::AnswerHeaders;
use crate::provider::supertokens::config::{AntiCsrf, TransferMethod};
use crate::provider::supertokens::wire::Carrier;
use crate::reason::Reason;
use crate::time::UnixMillis;

/// A refresh on its way.
#[derive(Debug)]
pub(super) struct Refresh {
    /// Nothing when no request is known.
    visitor: Option<Visitor>,
    carrier: Option<Carrier>,
}

impl Sessions {
    /// What to ask the core for the refresh that a request wants.
    pub(super) fn refresh(&self, visitor: Visitor) -> Next {
        if let Some(reason) = visitor.fault {
            // The tokens may be good, only not to be read this time.
            let nothing = AnswerHeaders::new();
            let refusal = SessionRefusal::unauthorised(reason, self.statuses, &nothing);
            return Next::refused(refusal);
        }
        if let Some(refusal) = self.refuse_duplicates(&visitor) {
            return Next::refused(refusal);
        }
        let Some((token, carrier)) = visitor.refresh_token() else {
            let answer = self.clear_legacy(Some(&visitor));
            return self.unauthorised(Reason::RefreshTokenMissing, answer);
        };
        let is_by_cookie = carrier == Carrier::Cookie;
        let needs_header = self.wire.anti_csrf == AntiCsrf::ViaCustomHeader;
        if is_by_cookie && needs_header && !visitor.has_custom_header {
            return self.unauthorised(Reason::AntiCsrfHeaderMissing, AnswerHeaders::new());
        }
        let enables_anti_csrf = is_by_cookie && self.wire.anti_csrf == AntiCsrf::ViaToken;
        let body = self.refresh_body(token, visitor.anti_csrf.as_deref(), enables_anti_csrf);
        let refresh = Refresh { carrier: Some(carrier), visitor: Some(visitor) };
        Next::Ask(CoreCall::refresh(body), Stage::Refresh(refresh))
    }

    /// The same for a token that came without a request.
    pub(super) fn refresh_token(
        &self,
        token: &str,
        anti_csrf: Option<&str>,
        disable_anti_csrf: bool,
    ) -> Result<Next, SessionError> {
        if !disable_anti_csrf && self.demands_custom_header() {
            return Err(no_header_to_check("disableAntiCsrf").into());
        }
        let enables_anti_csrf = !disable_anti_csrf && self.wire.anti_csrf == AntiCsrf::ViaToken;
        let body = self.refresh_body(token, anti_csrf, enables_anti_csrf);
        let refresh = Refresh { visitor: None, carrier: None };
        Ok(Next::Ask(CoreCall::refresh(body), Stage::Refresh(refresh)))
    }

    pub(super) fn refreshed(
        &self,
        refresh: Refresh,
        reply: &Json,
        now: UnixMillis,
    ) -> Result<Next, CoreError> {
        let visitor = refresh.visitor.as_ref();
        match status(reply) {
            "OK" => {
                let tokens = tokens(reply)?;
                let tenant = tokens.access.payload.get("tId").and_then(Json::as_str);
                let tenant = tenant.map(String::from).or(tokens.session.tenant_id.clone());
                let tenant = tenant.unwrap_or_else(|| "public".into());
                let (carrier, answer) = (refresh.carrier, self.clear_other(&refresh));
                let mut session = Session::begun(tokens, tenant, carrier, answer, &self.wire, now);
                if visitor.is_some_and(|visitor| visitor.is_legacy) {
                    self.wire.put_clear_legacy(&mut session.answer);
                }
                Ok(Next::Done(SessionOutput::session(session)))
            }
            "UNAUTHORISED" => {
                Ok(self.unauthorised(Reason::SessionRevoked, self.clear_legacy(visitor)))
            }
            "TOKEN_THEFT_DETECTED" => {
                let handle = session(reply)?.handle;
                let mut answer = self.clear_legacy(visitor);
                self.wire.put_clear_all(&mut answer);
                let refusal = SessionRefusal::theft(self.statuses, &answer);
                Ok(Next::Ask(CoreCall::remove_sessions(&[handle]), Stage::Theft(refusal)))
            }
            _ => Err(CoreError::Malformed),
        }
    }

    /// What to answer when more than one cookie could be meant.
    fn refuse_duplicates(&self, visitor: &Visitor) -> Option<SessionRefusal> {
        let (access, refresh) = visitor.duplicates;
        if visitor.allowed == TransferMethod::Header || !(access || refresh) {
            return None;
        }
        Some(match self.wire.clear_older_domain(access, refresh) {
            Some(headers) => SessionRefusal::older_cookies_cleared(headers),
            None => SessionRefusal::duplicate_cookies(),
        })
    }

    /// Takes away the tokens that came the other way.
    fn clear_other(&self, refresh: &Refresh) -> AnswerHeaders {
        let mut answer = AnswerHeaders::new();
        if let Refresh { visitor: Some(visitor), carrier: Some(carrier) } = refresh {
            let other = carrier.other();
            if visitor.has_refresh_token(other) {
                self.wire.put_clear(&mut answer, other);
            }
        }
        answer
    }

    fn clear_legacy(&self, visitor: Option<&Visitor>) -> AnswerHeaders {
        let mut answer = AnswerHeaders::new();
        if visitor.is_some_and(|visitor| visitor.is_legacy) {
            self.wire.put_clear_legacy(&mut answer);
        }
        answer
    }

    /// There is no session: everything of it is taken away.
    pub(super) fn unauthorised(&self, exact: Reason, mut answer: AnswerHeaders) -> Next {
        self.wire.put_clear_all(&mut answer);
        Next::refused(SessionRefusal::unauthorised(exact, self.statuses, &answer))
    }

    /// Whether a header is asked for that functions without a request can know nothing of.
    pub(super) fn demands_custom_header(&self) -> bool {
        self.wire.anti_csrf_is_chosen && self.wire.anti_csrf == AntiCsrf::ViaCustomHeader
    }

    fn refresh_body(&self, token: &str, anti_csrf: Option<&str>, enables: bool) -> String {
        let body = ObjectWriter::new().string("refreshToken", token);
        let body = match anti_csrf {
            Some(token) => body.string("antiCsrfToken", token),
            None => body,
        };
        body.bool("enableAntiCsrf", enables)
            .bool("useDynamicSigningKey", self.uses_dynamic_key)
            .finish()
    }
}

/// Misuse of a function that knows no request.
pub(super) fn no_header_to_check(option: &str) -> ConfigError {
    let message = "The mode 'VIA_CUSTOM_HEADER' looks at a header, and here is no request. Switch the check off for this call, or use 'VIA_TOKEN'.";
    ConfigError::invalid(option, message)
}
