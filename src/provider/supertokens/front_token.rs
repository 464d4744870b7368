//! The front token: what scripts may know about the session. It is not signed and proves nothing.

use alloc::string::String;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::json::writer::ObjectWriter;
use crate::json::{Json, stringify};
use crate::time::UnixMillis;

/// Padded standard base64 of `{"uid","ate","up"}`: the user, the expiry of the access token in
/// milliseconds and its payload, written as JavaScript writes it.
pub(super) fn front_token(user_id: &str, expires: UnixMillis, payload: &Json) -> String {
    let text = ObjectWriter::new()
        .string("uid", user_id)
        .raw("ate", &alloc::format!("{}", expires.0))
        .raw("up", &stringify(payload))
        .finish();
    STANDARD.encode(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_base64_of_exactly_this_text() {
        let payload = Json::Object(alloc::vec![
            ("sub".into(), Json::String("u".into())),
            ("7".into(), Json::Null),
        ]);
        let token = front_token("u\"ä", UnixMillis(1_700_000_000_000), &payload);
        let text = STANDARD.decode(&token).unwrap();
        assert_eq!(
            core::str::from_utf8(&text).unwrap(),
            r#"{"uid":"u\"ä","ate":1700000000000,"up":{"7":null,"sub":"u"}}"#
        );
        assert_eq!(
            front_token("", UnixMillis(0), &Json::Object(alloc::vec![])),
            "eyJ1aWQiOiIiLCJhdGUiOjAsInVwIjp7fX0="
        );
    }
}
