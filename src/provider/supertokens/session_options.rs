//! What is asked of a session at one place, as the options of `verifySession()`.

use alloc::vec::Vec;

use super::claims::ClaimValidator;
use super::config::{TransferMethod, claim_validators, transfer_method};
use crate::config::{ConfigError, Options};
use crate::json::Json;

/// The options of SuperTokens' `verifySession()` and `getSession()`; without effect on other
/// providers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionOptions {
    /// Whether requests without a session are turned away. A session that is there must be in
    /// order either way. True unless set.
    pub session_required: Option<bool>,
    /// Whether to look for forged requests; unless set, for all methods but GET.
    pub anti_csrf_check: Option<bool>,
    /// Whether the core has to confirm the session. False unless set.
    pub check_database: bool,
    /// In place of the claim validators that are asked everywhere.
    pub claim_validators: Option<Vec<ClaimValidator>>,
    /// In place of the provider's own.
    pub token_transfer_method: Option<TransferMethod>,
}

impl SessionOptions {
    /// Nothing but the defaults.
    pub(crate) const DEFAULT: &'static Self = &Self {
        session_required: None,
        anti_csrf_check: None,
        check_database: false,
        claim_validators: None,
        token_transfer_method: None,
    };

    /// Reads `{"sessionRequired"?, "antiCsrfCheck"?, "checkDatabase"?, "claimValidators"?,
    /// "tokenTransferMethod"?}`.
    ///
    /// # Errors
    /// [`ConfigError`] for an unknown option, one of the wrong type, or without a meaning.
    pub fn from_json(json: &Json, path: &str) -> Result<Self, ConfigError> {
        let options = Options::new(json, path, KNOWN)?;
        Ok(Self {
            session_required: options.boolean("sessionRequired")?,
            anti_csrf_check: options.boolean("antiCsrfCheck")?,
            check_database: options.boolean("checkDatabase")?.unwrap_or(false),
            claim_validators: claim_validators(&options)?,
            token_transfer_method: transfer_method(&options, "tokenTransferMethod")?,
        })
    }
}

const KNOWN: &[&str] = &[
    "sessionRequired",
    "antiCsrfCheck",
    "checkDatabase",
    "claimValidators",
    "tokenTransferMethod",
];
