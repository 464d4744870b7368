//! Tokens of machines and of OAuth clients, which come in the header only.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::Clerk;
use super::rules::{
    CATEGORY_MACHINE, Kind, category, has_session_category, is_access_token, is_machine_token,
};
use super::state::{Cause, signed_out};
use super::visit::Visit;
use crate::auth::{Auth, Machine, TokenType};
use crate::claims::{Claims, check_audience};
use crate::config::{ConfigError, Options};
use crate::decision::AuthState;
use crate::json::{Json, Name};
use crate::need::{Halt, Need};
use crate::provider::Context;
use crate::provider::jwt::UnverifiedJwt;
use crate::reason::Reason;

/// Claims of a machine token that are not its own.
const RESERVED: &[&str] = &["iss", "sub", "exp", "nbf", "iat", "jti"];

/// The kinds of tokens that are accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Accepts {
    /// Session tokens.
    #[default]
    Session,
    /// One kind of machine token.
    One(TokenType),
    /// Any of these.
    List(Vec<TokenType>),
    /// All kinds.
    Any,
}

impl Accepts {
    pub(super) fn from_options(options: &Options<'_>) -> Result<Self, ConfigError> {
        let names = options.strings("acceptsToken")?;
        let is_list = options.get("acceptsToken").is_some_and(|json| json.as_array().is_some());
        let kinds: Option<Vec<TokenType>> =
            names.iter().map(|name| TokenType::from_code(name)).collect();
        match (kinds.as_deref(), names.as_slice()) {
            (Some(list), _) if is_list => Ok(Self::List(list.to_vec())),
            (Some([]), _) | (Some([TokenType::Session]), _) => Ok(Self::Session),
            (Some([one]), _) => Ok(Self::One(*one)),
            (None, [any]) if any == "any" && !is_list => Ok(Self::Any),
            _ => {
                let message = "Use 'session_token', 'm2m_token', 'oauth_token', 'api_key', an array of these, or 'any'.";
                Err(ConfigError::invalid(options.name("acceptsToken"), message))
            }
        }
    }
}

impl Clerk {
    /// Who the header says it is, where more than session tokens are accepted.
    pub(super) fn by_header_of_any_kind(
        &self,
        visit: &Visit<'_>,
        token: &str,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        let jwt = UnverifiedJwt::parse(token, context).ok();
        let kind = machine_kind(token, jwt.as_ref());
        let mismatch =
            |token_type| with_type(signed_out(Cause::of(Reason::TokenTypeMismatch)), token_type);
        match &self.accepts {
            Accepts::List(list) if !list.contains(&kind.unwrap_or(TokenType::Session)) => {
                return Ok(mismatch(None));
            }
            Accepts::One(one) if kind != Some(*one) => return Ok(mismatch(Some(*one))),
            _ => {}
        }
        let Some(kind) = kind else {
            if jwt.as_ref().is_some_and(|jwt| !has_session_category(jwt)) {
                return Ok(mismatch(Some(TokenType::Session)));
            }
            return self.by_session_header(visit, token, context);
        };
        match jwt {
            Some(jwt) => self.by_machine_jwt(token, &jwt, kind, context),
            None => Ok(refused(kind, Reason::MachineTokenNeedsNetwork, "")),
        }
    }

    /// Nobody, where a single kind of machine token is expected and the header has no token.
    pub(super) fn without_machine_token(kind: TokenType) -> AuthState {
        with_type(signed_out(Cause::of(Reason::NoTokenInHeader)), Some(kind))
    }

    fn by_machine_jwt(
        &self,
        text: &str,
        jwt: &UnverifiedJwt,
        token_type: TokenType,
        context: &Context<'_>,
    ) -> Result<AuthState, Need> {
        let is_machine = token_type == TokenType::M2m;
        let is_foreign = category(jwt).is_some_and(|cat| cat.as_str() != Some(CATEGORY_MACHINE));
        if is_machine && is_foreign {
            return Ok(refused(token_type, Reason::CatMismatch, "Invalid M2M JWT category."));
        }
        let kind = if is_machine { Kind::Machine } else { Kind::AccessToken };
        let verified = match self.rules.verify_text(text, kind, &self.keys, context) {
            Ok(verified) => verified,
            Err(Halt::Need(need)) => return Err(need),
            Err(Halt::Refused(reason)) => {
                let message = super::messages::text(reason, text, &self.rules, context);
                return Ok(refused(token_type, reason, &message));
            }
        };
        if !is_machine
            && !self.rules.audience.is_empty()
            && let Err(reason) = check_audience(verified.claims(), &self.rules.audience)
        {
            let message = super::messages::access_token_audience(verified.claims(), &self.rules);
            return Ok(refused(token_type, reason, &message));
        }
        let machine = machine(token_type, verified.claims());
        let auth = Auth { machine: Some(machine), ..Auth::default() };
        let state = AuthState::signed_in(super::NAME, verified.text(), Arc::new(auth));
        Ok(with_type(state, Some(token_type)))
    }
}

/// What kind of machine token this is, by its prefix or by what it says of itself.
fn machine_kind(text: &str, jwt: Option<&UnverifiedJwt>) -> Option<TokenType> {
    match jwt {
        Some(jwt) if is_machine_token(jwt) => Some(TokenType::M2m),
        _ if text.starts_with("mt_") => Some(TokenType::M2m),
        Some(jwt) if is_access_token(jwt) => Some(TokenType::OAuth),
        _ if text.starts_with("oat_") => Some(TokenType::OAuth),
        _ if text.starts_with("ak_") => Some(TokenType::ApiKey),
        _ => None,
    }
}

fn machine(token_type: TokenType, claims: &Claims) -> Machine {
    let text = |name| claims.str(name).unwrap_or("").to_owned();
    let words = |text: &str| text.split(' ').map(ToOwned::to_owned).collect();
    let list = |json: &Json| match json {
        Json::String(one) => Some(alloc::vec![one.clone()]),
        Json::Array(list) => list.iter().map(|one| one.as_str().map(ToOwned::to_owned)).collect(),
        _ => None,
    };
    let scopes = match token_type {
        TokenType::M2m => {
            claims.str("scopes").map(words).or_else(|| claims.get("aud").and_then(list))
        }
        _ => claims.get("scp").and_then(list).or_else(|| claims.str("scope").map(words)),
    };
    let own = claims.members().iter().filter(|(name, _)| !RESERVED.contains(&name.as_str()));
    let own: Vec<(Name, Json)> = own.cloned().collect();
    Machine {
        token_type,
        id: text("jti"),
        subject: text("sub"),
        scopes: scopes.unwrap_or_default(),
        client_id: text("client_id"),
        claims: (!own.is_empty()).then_some(Json::Object(own)),
    }
}

/// Refused, in the words of machine tokens.
fn refused(token_type: TokenType, exact: Reason, text: &str) -> AuthState {
    let word = match super::reasons::word(exact) {
        Reason::TokenInvalid if exact != Reason::TypMismatch => Reason::TokenInvalid,
        _ if exact == Reason::CatMismatch => Reason::TokenInvalid,
        Reason::MachineTokenNeedsNetwork => Reason::MachineTokenNeedsNetwork,
        _ => Reason::TokenVerificationFailed,
    };
    let text = if text.is_empty() { exact.message() } else { text };
    let message = format!("{text} (code={}, status=n/a)", word.code());
    let mut cause = Cause::with_message(word, message);
    cause.detail = (exact != word).then_some(exact);
    with_type(signed_out(cause), Some(token_type))
}

fn with_type(mut state: AuthState, token_type: Option<TokenType>) -> AuthState {
    state.token_type = token_type;
    state
}
