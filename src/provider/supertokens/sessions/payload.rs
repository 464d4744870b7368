//! Payloads of access tokens: which claims an application may set, and how a change is merged in.

use alloc::vec::Vec;

use crate::json::{Json, Name};
use crate::provider::supertokens::access_token::PROTECTED;

/// The members of a payload that do not belong to the session itself.
pub(super) fn own_claims(payload: &Json) -> Json {
    let is_own = |(name, _): &&(Name, Json)| !PROTECTED.contains(&name.as_str());
    Json::Object(payload.members().iter().filter(is_own).cloned().collect())
}

/// A payload without its protected claims, changed: members of `update` replace those of the same
/// name or follow at the end, and those that are `null` are deleted. What lies deeper is not merged.
pub(super) fn merged(payload: &Json, update: &Json) -> Json {
    let Json::Object(mut members) = spread(&own_claims(payload), update) else { return Json::Null };
    members.retain(|(name, _)| update.get(name) != Some(&Json::Null));
    Json::Object(members)
}

/// `{...base, ...over}`
pub(super) fn spread(base: &Json, over: &Json) -> Json {
    let mut members: Vec<(Name, Json)> = base.members().to_vec();
    for (name, value) in over.members() {
        match members.iter_mut().find(|(old, _)| old == name) {
            Some((_, old)) => *old = value.clone(),
            None => members.push((name.clone(), value.clone())),
        }
    }
    Json::Object(members)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;
    use crate::json::stringify;

    fn json(text: &str) -> Json {
        Json::parse(text.as_bytes(), &Budget::DEFAULT).unwrap()
    }

    #[test]
    fn a_change_replaces_adds_and_deletes_at_the_top_alone() {
        let payload = json(r#"{"sub":"u","a":1,"iss":"i","deep":{"x":1,"y":2},"tId":"t","b":2}"#);
        for (update, expected) in [
            ("{}", r#"{"a":1,"iss":"i","deep":{"x":1,"y":2},"b":2}"#),
            (
                r#"{"n":[null],"a":null,"deep":{"x":null}}"#,
                r#"{"iss":"i","deep":{"x":null},"b":2,"n":[null]}"#,
            ),
            (r#"{"unknown":null,"iss":null}"#, r#"{"a":1,"deep":{"x":1,"y":2},"b":2}"#),
            (r#"{"sub":"evil"}"#, r#"{"a":1,"iss":"i","deep":{"x":1,"y":2},"b":2,"sub":"evil"}"#),
        ] {
            assert_eq!(stringify(&merged(&payload, &json(update))), expected, "{update}");
        }
    }

    #[test]
    fn every_protected_claim_is_dropped() {
        let names = [
            "sub",
            "iat",
            "exp",
            "sessionHandle",
            "parentRefreshTokenHash1",
            "refreshTokenHash1",
            "antiCsrfToken",
            "rsub",
            "tId",
            "stt",
        ];
        let members = names.iter().map(|name| ((*name).into(), Json::Null)).collect();
        assert_eq!(own_claims(&Json::Object(members)), Json::Object(Vec::new()));
        assert_eq!(own_claims(&json(r#"{"iss":"i","Sub":1}"#)), json(r#"{"iss":"i","Sub":1}"#));
    }
}
