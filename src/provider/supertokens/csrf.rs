//! Whether a request comes from the application's own pages.

use super::access_token::SessionFacts;
use super::config::AntiCsrf;
use crate::reason::Reason;
use crate::request::RequestHead;

/// The header that no foreign page can send; its value does not count.
const CUSTOM_HEADER: &str = "rid";
/// The header that holds the token of the mode `VIA_TOKEN`.
const TOKEN_HEADER: &str = "anti-csrf";

/// What is to be checked for one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CsrfCheck<'r> {
    mode: AntiCsrf,
    is_wanted: bool,
    token: Option<&'r str>,
}

impl<'r> CsrfCheck<'r> {
    /// The check for a request whose access token came in a cookie; `wanted` is the option
    /// `antiCsrfCheck`.
    pub(super) fn of(head: &RequestHead<'r>, mode: AntiCsrf, wanted: Option<bool>) -> Self {
        let is_wanted = wanted.unwrap_or(!head.method().eq_ignore_ascii_case("get"));
        Self { mode, is_wanted, token: head.header_values(TOKEN_HEADER).next() }
    }

    /// No check, as for tokens in a header: no foreign page can set one.
    pub(super) fn none(head: Option<&RequestHead<'r>>) -> Self {
        let token = head.and_then(|head| head.header_values(TOKEN_HEADER).next());
        Self { mode: AntiCsrf::None, is_wanted: false, token }
    }

    /// The check for a token that came without a request: there is no header to look for.
    pub(super) const fn without_request(
        mode: AntiCsrf,
        is_wanted: bool,
        token: Option<&'r str>,
    ) -> Self {
        let mode = match mode {
            AntiCsrf::ViaToken => AntiCsrf::ViaToken,
            AntiCsrf::ViaCustomHeader | AntiCsrf::None => AntiCsrf::None,
        };
        Self { mode, is_wanted, token }
    }

    /// The part that needs no access token.
    pub(super) fn before_verification(&self, head: &RequestHead<'_>) -> Result<(), Reason> {
        let is_there = head.header_values(CUSTOM_HEADER).next().is_some();
        match self.mode {
            AntiCsrf::ViaCustomHeader if self.is_wanted && !is_there => {
                Err(Reason::AntiCsrfHeaderMissing)
            }
            _ => Ok(()),
        }
    }

    /// Whether a token has to be compared.
    pub(super) fn is_by_token(&self) -> bool {
        self.is_wanted && self.mode == AntiCsrf::ViaToken
    }

    /// Whether the core is to check as well: what a custom header proved needs no second proof.
    pub(super) fn is_left_to_core(&self) -> bool {
        self.is_wanted && self.mode != AntiCsrf::ViaCustomHeader
    }

    /// The token of the request.
    pub(super) const fn token(&self) -> Option<&'r str> {
        self.token
    }

    /// The comparison with the session's token.
    pub(super) fn compare(&self, session: &SessionFacts) -> Result<(), Reason> {
        if !self.is_by_token() {
            return Ok(());
        }
        match (self.token, &session.anti_csrf_token) {
            (Some(sent), Some(own)) if sent == own => Ok(()),
            (Some(_), Some(_)) => Err(Reason::AntiCsrfTokenMismatch),
            _ => Err(Reason::AntiCsrfTokenMissing),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::access_token::Version;
    use super::*;
    use crate::budget::Budget;
    use crate::claims::Claims;
    use crate::json::Json;
    use AntiCsrf::{None as Off, ViaCustomHeader, ViaToken};

    const REFUSED: Result<(), Reason> = Err(Reason::AntiCsrfHeaderMissing);

    fn session(token: &str) -> SessionFacts {
        let json = Json::parse(token.as_bytes(), &Budget::DEFAULT).unwrap();
        SessionFacts::of(Version::V5, Claims::from_json(json))
    }

    #[test]
    fn a_custom_header_counts_by_being_there() {
        let (without, with) = ([("x", "y")], [("RID", "")]);
        for (method, headers, wanted, expected) in [
            ("GET", &without, None, Ok(())),
            ("get", &without, None, Ok(())),
            ("HEAD", &without, None, REFUSED),
            ("POST", &without, None, REFUSED),
            ("POST", &with, None, Ok(())),
            ("POST", &without, Some(false), Ok(())),
            ("GET", &without, Some(true), REFUSED),
            ("GET", &with, Some(true), Ok(())),
        ] {
            let head = RequestHead::new(method, "https://a/", headers).unwrap();
            let check = CsrfCheck::of(&head, ViaCustomHeader, wanted);
            assert_eq!(check.before_verification(&head), expected, "{method} {wanted:?}");
            assert!(!check.is_by_token() && !check.is_left_to_core());
            for mode in [Off, ViaToken] {
                assert_eq!(CsrfCheck::of(&head, mode, wanted).before_verification(&head), Ok(()));
            }
            assert_eq!(CsrfCheck::none(Some(&head)).before_verification(&head), Ok(()));
        }
    }

    #[test]
    fn tokens_are_compared_where_the_mode_says_so() {
        let (mismatch, missing) = (Reason::AntiCsrfTokenMismatch, Reason::AntiCsrfTokenMissing);
        for (own, sent, expected) in [
            (r#"{"antiCsrfToken":"t"}"#, Some("t"), Ok(())),
            (r#"{"antiCsrfToken":"t"}"#, Some("T"), Err(mismatch)),
            (r#"{"antiCsrfToken":"t"}"#, Some(""), Err(mismatch)),
            (r#"{"antiCsrfToken":"t"}"#, None, Err(missing)),
            (r#"{"antiCsrfToken":null}"#, Some("t"), Err(missing)),
            ("{}", None, Err(missing)),
            (r#"{"antiCsrfToken":""}"#, Some(""), Ok(())),
        ] {
            let headers = [("anti-csrf", sent.unwrap_or_default())];
            let headers = if sent.is_some() { &headers[..] } else { &[] };
            let head = RequestHead::new("POST", "https://a/", headers).unwrap();
            let compare = |mode, wanted| CsrfCheck::of(&head, mode, wanted).compare(&session(own));
            assert_eq!(compare(ViaToken, None), expected, "{own} {sent:?}");
            assert_eq!(compare(ViaToken, Some(false)), Ok(()));
            assert_eq!(compare(ViaCustomHeader, None), Ok(()));
            assert_eq!(compare(Off, None), Ok(()));
            assert_eq!(CsrfCheck::none(Some(&head)).compare(&session(own)), Ok(()));
            assert_eq!(CsrfCheck::of(&head, Off, None).token(), sent);
        }
    }

    #[test]
    fn without_a_request_there_is_no_header_to_look_for() {
        let head = RequestHead::new("POST", "https://a/", &[]).unwrap();
        let check = CsrfCheck::without_request(ViaCustomHeader, true, Some("t"));
        assert_eq!(check.before_verification(&head), Ok(()));
        assert!(!check.is_by_token());
        let check = CsrfCheck::without_request(ViaToken, true, Some("t"));
        assert_eq!(check.compare(&session(r#"{"antiCsrfToken":"t"}"#)), Ok(()));
        assert!(check.is_left_to_core());
    }
}
