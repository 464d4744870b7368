//! What may be asked of the claims in a session's payload: SuperTokens' claim validators as data.
//!
//! The questions, the order in which each looks at a claim and the words of a refusal are those of
//! `supertokens-node`, so that its frontend packages understand the answer. Where the peer guesses
//! or throws, the claim is invalid; `docs/differences.md` lists every such place.

mod echo;
mod factors;
mod question;
mod read;
mod reason;
mod stored;

use alloc::string::String;
use alloc::vec::Vec;

use crate::decision::ClaimError;
use crate::json::Json;
use crate::json::writer::{ObjectWriter, array, string};
use crate::time::UnixMillis;
use factors::FactorRequirement;
use question::Question;
use stored::Stored;

/// One thing that is asked of a session claim, as SuperTokens' `claim.validators.…` make it.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimValidator {
    id: String,
    /// The claim's name in the payload.
    claim: String,
    check: Check,
}

impl ClaimValidator {
    /// What a refusal names: the explicit id, or the claim's name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    fn should_refetch(&self, payload: &Json, now: f64) -> bool {
        match &self.check {
            Check::Stored { max_age, refetch_on_false, .. } => {
                Stored::of(payload, &self.claim).should_refetch(*max_age, *refetch_on_false, now)
            }
            Check::MfaForAuth | Check::Factors(_) => payload.get(&self.claim).is_none(),
        }
    }

    fn judge(&self, payload: &Json, now: f64) -> Judgement {
        match &self.check {
            Check::Stored { question, max_age, .. } => {
                let value = Stored::of(payload, &self.claim).value_within(*max_age, now);
                question.judge(value)
            }
            Check::MfaForAuth => factors::judge_auth(payload.get(&self.claim)),
            Check::Factors(list) => factors::judge_list(list, payload.get(&self.claim)),
        }
    }
}

/// What a validator looks at.
#[derive(Clone, Debug, PartialEq)]
enum Check {
    /// A value that is stored with the time when it was fetched. All ages are in seconds.
    Stored {
        question: Question,
        max_age: Option<f64>,
        /// How old `false` may be before it is fetched again.
        refetch_on_false: Option<f64>,
    },
    /// Whether everything that signing in asks for was done.
    MfaForAuth,
    /// Whether these factors were completed, in this order.
    Factors(Vec<FactorRequirement>),
}

/// Nothing, or why the claim is invalid; the peer sometimes says no more than that it is.
type Judgement = Result<(), Option<Json>>;

/// What became of a list of validators.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClaimVerdict {
    /// Every claim that is not as it must be, in the order of the validators.
    pub errors: Vec<ClaimError>,
    /// The ids of the validators whose claim should be fetched anew before it is judged: it is
    /// missing or too old. Only the origin can do that, so neither a good nor a bad judgement is
    /// final for them.
    pub refetch: Vec<String>,
}

impl ClaimVerdict {
    /// `{"errors":[{"id","reason"?}…],"refetch":[id…]}`.
    #[must_use]
    pub fn to_json(&self) -> String {
        ObjectWriter::new()
            .raw("errors", &array(self.errors.iter().map(ClaimError::to_json)))
            .raw("refetch", &array(self.refetch.iter().map(|id| string(id))))
            .finish()
    }
}

/// Asks `validators` of the payload of a session (a verified access token's), all of them.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a time in JavaScript is a double")]
pub fn validate_claims(
    validators: &[ClaimValidator],
    payload: &Json,
    now: UnixMillis,
) -> ClaimVerdict {
    let now = now.0 as f64;
    let mut verdict = ClaimVerdict::default();
    for validator in validators {
        let id = validator.id();
        if validator.should_refetch(payload, now) {
            verdict.refetch.push(id.into());
        }
        if let Err(reason) = validator.judge(payload, now) {
            verdict.errors.push(ClaimError { id: id.into(), reason });
        }
    }
    verdict
}

#[cfg(test)]
mod tests;
