//! Multi-factor authentication: `{"c": {factor id: when it was completed}, "v": whether that is
//! enough to be signed in}`.

use alloc::string::String;
use alloc::vec::Vec;

use super::Judgement;
use super::reason::{self, ReasonObject};
use crate::json::Json;

/// One step of a list of requirements. Names are unique within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum FactorRequirement {
    /// This factor.
    Factor(String),
    /// At least one of these; nothing when there are none.
    OneOf(Vec<String>),
    /// All of these.
    AllOf(Vec<String>),
}

/// Whether everything that signing in asks for was done. The peer has words only for a plain
/// `false`.
pub(super) fn judge_auth(claim: Option<&Json>) -> Judgement {
    let claim = match claim {
        None => return refused(reason::missing()),
        Some(Json::Null) => return refused(wrong(&Json::Null)),
        Some(claim) => claim,
    };
    match claim.get("v") {
        Some(Json::Bool(true)) => Ok(()),
        Some(Json::Bool(false)) => {
            refused(ReasonObject::new("MFA requirement for auth is not satisfied"))
        }
        _ => Err(None),
    }
}

/// Whether the requirements are met; the first that is not says why. Nothing is asked by none.
pub(super) fn judge_list(list: &[FactorRequirement], claim: Option<&Json>) -> Judgement {
    if list.is_empty() {
        return Ok(());
    }
    let Some(claim) = claim else { return refused(reason::missing()) };
    let Some(completed @ Json::Object(_)) = claim.get("c") else { return refused(wrong(claim)) };
    list.iter().try_for_each(|requirement| requirement.judge(completed))
}

impl FactorRequirement {
    fn judge(&self, completed: &Json) -> Judgement {
        // Whatever stands there, even `null`, was completed.
        let is_done = |factor: &String| completed.get(factor).is_some();
        match self {
            Self::Factor(factor) if !is_done(factor) => {
                let message = ["Factor validation failed: ", factor, " not completed"].concat();
                refused(ReasonObject::new(message).with("factorId", Json::String(factor.clone())))
            }
            Self::OneOf(factors) if !factors.is_empty() && !factors.iter().any(is_done) => {
                refused(naming(NONE_OF, "oneOf", factors.clone()))
            }
            Self::AllOf(factors) => {
                let rest: Vec<_> = factors.iter().filter(|one| !is_done(one)).cloned().collect();
                if rest.is_empty() {
                    return Ok(());
                }
                refused(naming(SOME_OF, "allOfInAnyOrder", rest))
            }
            Self::Factor(_) | Self::OneOf(_) => Ok(()),
        }
    }
}

const NONE_OF: &str = "None of these factors are complete in the session: ";
const SOME_OF: &str = "Some of the factors are not complete in the session: ";

fn naming(message: &str, name: &str, factors: Vec<String>) -> ReasonObject {
    let message = [message, &factors.join(", ")].concat();
    ReasonObject::new(message)
        .with(name, Json::Array(factors.into_iter().map(Json::String).collect()))
}

fn wrong(claim: &Json) -> ReasonObject {
    reason::wrong().echoing("actualValue", claim)
}

fn refused(reason: ReasonObject) -> Judgement {
    Err(Some(reason.finish()))
}
