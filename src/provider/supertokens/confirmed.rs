//! A session that its token proves, and that the core confirms where that is needed.

use alloc::sync::Arc;
use alloc::vec::Vec;

use super::SuperTokens;
use super::access_token::{AccessToken, SessionFacts, Version};
use super::answer_headers::AnswerHeaders;
use super::config::AntiCsrf;
use super::core_verify::{self, CoreVerdict, NewToken};
use super::csrf::CsrfCheck;
use super::verify::Verified;
use super::wire::{self, Carrier};
use crate::claims::Claims;
use crate::decision::Header;
use crate::json::Json;
use crate::need::Halt;
use crate::provider::Context;
use crate::provider::jwt::UnverifiedJwt;
use crate::reason::Reason;

/// A session with what the core changed about it.
pub(super) struct Confirmed {
    pub(super) session: SessionFacts,
    /// The access token that is in force now.
    pub(super) token: Arc<str>,
    /// What tells the browser of a new one.
    pub(super) headers: Vec<Header>,
    /// Whether the token is another one than was sent.
    pub(super) is_renewed: bool,
    /// What only the backend can tell.
    pub(super) origin: Option<Reason>,
    /// Whether the core had a word in it.
    pub(super) is_by_core: bool,
}

impl SuperTokens {
    /// The session behind a token, confirmed by the core where that is needed.
    pub(super) fn confirmed(
        &self,
        token: AccessToken<'_>,
        carrier: Carrier,
        csrf: &CsrfCheck<'_>,
        context: &Context<'_>,
    ) -> Result<Confirmed, Halt> {
        let (text, version) = (token.text(), token.version());
        let Verified { session, .. } = self.rules.verify(token, csrf, context)?;
        let checks_database = context.session.check_database;
        let confirmed = |session, origin| {
            Ok(Confirmed {
                session,
                token: Arc::clone(&text),
                headers: Vec::new(),
                is_renewed: false,
                origin,
                is_by_core: false,
            })
        };
        match (checks_database, session.has_parent) {
            (false, false) => confirmed(session, None),
            _ if self.core.is_configured() => {
                self.confirmed_by_core(&text, version, session, carrier, csrf, context)
            }
            (true, _) if self.origin_verifies => {
                confirmed(session, Some(Reason::OriginDatabaseCheck))
            }
            (true, _) => Err(Reason::CoreNotConfigured.into()),
            (false, true) => {
                let origin = self.origin_verifies.then_some(Reason::OriginParentRefreshToken);
                confirmed(session, origin)
            }
        }
    }

    fn confirmed_by_core(
        &self,
        text: &Arc<str>,
        version: Version,
        session: SessionFacts,
        carrier: Carrier,
        csrf: &CsrfCheck<'_>,
        context: &Context<'_>,
    ) -> Result<Confirmed, Halt> {
        let enables_anti_csrf = self.wire.anti_csrf == AntiCsrf::ViaToken;
        let checks_database = context.session.check_database;
        let verdict = self.core.verify(text, csrf, enables_anti_csrf, checks_database, context)?;
        if let Some(reason) = core_verify::reason(&verdict) {
            return Err(reason.into());
        }
        let CoreVerdict::Good { session: by_core, new_token } = verdict else {
            return Err(Reason::CoreUnavailable.into());
        };
        let session = with_word_of_core(session, version, &by_core);
        match new_token {
            None => {
                let (token, headers) = (Arc::clone(text), Vec::new());
                Ok(Confirmed {
                    session,
                    token,
                    headers,
                    is_renewed: false,
                    origin: None,
                    is_by_core: true,
                })
            }
            Some(new) => {
                let renewed = self.renewed(session, version, new, carrier, csrf, context);
                renewed.ok_or(Reason::CoreUnavailable.into())
            }
        }
    }

    /// The session with a token that the core made in place of the one that was sent.
    fn renewed(
        &self,
        session: SessionFacts,
        sent: Version,
        new: NewToken,
        carrier: Carrier,
        csrf: &CsrfCheck<'_>,
        context: &Context<'_>,
    ) -> Option<Confirmed> {
        let payload = match UnverifiedJwt::parse(&new.text, context) {
            // The version that was sent says how the application sees the payload. What the core
            // puts into its own token is not for us to judge.
            Ok(token) if sent >= Version::V3 => token.signature_was_verified().claims().clone(),
            _ => session.payload.clone(),
        };
        let expires = crate::time::UnixMillis(new.expires);
        let access_token = wire::AccessToken {
            token: &new.text,
            user_id: &session.user_id,
            expires,
            payload: payload.as_json(),
        };
        let mut answer = AnswerHeaders::new();
        self.wire.put_access_token(&mut answer, carrier, &access_token, context.now);
        // As the peer does, the anti-CSRF token goes back with every new access token.
        let is_visible = |token: &&str| token.bytes().all(|byte| byte.is_ascii_graphic());
        if let Some(token) = csrf.token().filter(is_visible) {
            self.wire.put_anti_csrf(&mut answer, token);
        }
        let (token, headers) = (new.text.as_str().into(), answer.finish());
        let session = SessionFacts { payload, expires: millis(new.expires), ..session };
        Some(Confirmed {
            session,
            token,
            headers,
            is_renewed: true,
            origin: None,
            is_by_core: true,
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "a time in JavaScript is a double")]
const fn millis(time: i64) -> f64 {
    time as f64
}

/// What the core says of a session goes before what the token says.
fn with_word_of_core(session: SessionFacts, version: Version, by_core: &Json) -> SessionFacts {
    let text = |name, own| {
        let text = by_core.get(name).and_then(Json::as_str).filter(|text| !text.is_empty());
        text.map_or(own, Into::into)
    };
    let payload = match by_core.get("userDataInJWT") {
        Some(data) if version == Version::V2 => Claims::from_json(data.clone()),
        _ => session.payload,
    };
    SessionFacts {
        handle: text("handle", session.handle),
        user_id: text("userId", session.user_id),
        recipe_user_id: text("recipeUserId", session.recipe_user_id),
        tenant_id: match text("tenantId", session.tenant_id) {
            none if none.is_empty() => "public".into(),
            tenant => tenant,
        },
        payload,
        ..session
    }
}
