//! The application's own check of claims, a function of the host.

use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;

use super::OWN_TEXT;
use crate::claims::{Claims, ClaimsCheck, ClaimsJudgement};
use crate::decision::ClaimError;
use crate::json::Json;

#[wasm_bindgen]
extern "C" {
    /// `{ check(number, claims): string | undefined }`; it never throws.
    pub type HostClaimsCheck;

    /// Looks at claims, which are JSON; equal numbers but 0 mean the same claims. `undefined` if they
    /// are as they must be, what is wrong: `[{"id","reason"?},…]`, or `null` if it cannot tell.
    #[wasm_bindgen(method)]
    fn check(this: &HostClaimsCheck, number: f64, claims: &str) -> Option<String>;
}

impl ClaimsCheck for HostClaimsCheck {
    #[expect(clippy::cast_precision_loss, reason = "no gate sees 2^53 tokens")]
    fn check(&self, claims: &Claims) -> ClaimsJudgement {
        match self.check(claims.number() as f64, claims.json()) {
            None => ClaimsJudgement::Accepted,
            Some(text) => {
                errors(&text).map_or(ClaimsJudgement::Undecided, ClaimsJudgement::Refused)
            }
        }
    }
}

/// `None` for anything but a list.
fn errors(text: &str) -> Option<Vec<ClaimError>> {
    let Ok(Json::Array(list)) = Json::parse(text.as_bytes(), &OWN_TEXT) else { return None };
    let error = |one: &Json| {
        let id = one.get("id")?.as_str()?.into();
        Some(ClaimError { id, reason: one.get("reason").cloned() })
    };
    Some(list.iter().filter_map(error).collect())
}
