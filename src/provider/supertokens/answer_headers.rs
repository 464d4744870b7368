//! The headers of an answer in the making, kept as Express keeps them for `supertokens-node`: every
//! name once and where it was first set, cookies together in one place.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;

use super::set_cookie::SetCookie;
use crate::decision::Header;

/// Names the headers that scripts of another origin may read (Fetch standard, CORS protocol).
const EXPOSE: &str = "access-control-expose-headers";
const SET_COOKIE: &str = "set-cookie";

/// Headers to be added to an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct AnswerHeaders {
    entries: Vec<(Cow<'static, str>, Value)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    One(Cow<'static, str>),
    /// The names of cookies with their whole directives.
    Cookies(Vec<(String, Cow<'static, str>)>),
}

impl AnswerHeaders {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Goes on with headers that were made before.
    pub(super) fn of(headers: &[Header]) -> Self {
        let mut answer = Self::new();
        for (name, value) in headers {
            if name != SET_COOKIE {
                answer.set(name.clone(), value.clone());
                continue;
            }
            let cookie = value.split_once('=').map_or(&**value, |(cookie, _)| cookie);
            answer.add_cookie(cookie.to_owned(), value.clone());
        }
        answer
    }

    /// Sets a header in place of any earlier value, and lets scripts read it.
    ///
    /// `name` is shown as configured in the list of readable headers, and in lower case as name.
    pub(super) fn set_readable(&mut self, name: &str, value: &str) {
        self.set(Cow::Owned(name.to_ascii_lowercase()), value.to_owned().into());
        let list = match self.get_mut(EXPOSE) {
            Some(Value::One(list)) => list.to_mut(),
            _ => return self.set(Cow::Borrowed(EXPOSE), name.to_owned().into()),
        };
        if !list.split(", ").any(|listed| listed == name) {
            list.push_str(", ");
            list.push_str(name);
        }
    }

    /// Adds a cookie in place of any earlier one of this name.
    pub(super) fn set_cookie(&mut self, cookie: &SetCookie<'_>) {
        self.add_cookie(cookie.name.to_owned(), cookie.text().into());
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.entries.retain(|(key, _)| key != name);
    }

    /// The headers in their order; `set-cookie` once for each cookie.
    pub(super) fn finish(&self) -> Vec<Header> {
        let mut headers = Vec::new();
        for (name, value) in &self.entries {
            match value {
                Value::One(value) => headers.push((name.clone(), value.clone())),
                Value::Cookies(cookies) => {
                    headers.extend(cookies.iter().map(|(_, text)| (name.clone(), text.clone())));
                }
            }
        }
        headers
    }

    fn add_cookie(&mut self, name: String, text: Cow<'static, str>) {
        match self.get_mut(SET_COOKIE) {
            Some(Value::Cookies(cookies)) => {
                cookies.retain(|(other, _)| *other != name);
                cookies.push((name, text));
            }
            _ => {
                let value = Value::Cookies(alloc::vec![(name, text)]);
                self.entries.push((Cow::Borrowed(SET_COOKIE), value));
            }
        }
    }

    fn set(&mut self, name: Cow<'static, str>, value: Cow<'static, str>) {
        match self.get_mut(&name) {
            Some(old) => *old = Value::One(value),
            None => self.entries.push((name, Value::One(value))),
        }
    }

    fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.entries.iter_mut().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provider::supertokens::SameSite;
    use crate::time::UnixMillis;

    fn cookie<'c>(name: &'c str, value: &'c str) -> SetCookie<'c> {
        SetCookie {
            name,
            value,
            domain: None,
            path: "/",
            expires: UnixMillis(0),
            is_secure: false,
            same_site: SameSite::Lax,
        }
    }

    fn lines(answer: &AnswerHeaders) -> Vec<String> {
        answer.finish().iter().map(|(name, value)| alloc::format!("{name}: {value}")).collect()
    }

    #[test]
    fn a_header_stays_where_it_was_first_set() {
        let mut answer = AnswerHeaders::new();
        answer.set_readable("a", "1");
        answer.set_readable("B", "2");
        answer.set_readable("a", "3");
        answer.set_readable("aa", "");
        let expected = ["a: 3", "access-control-expose-headers: a, B, aa", "b: 2", "aa: "];
        assert_eq!(lines(&answer), expected);
    }

    #[test]
    fn a_cookie_makes_way_for_its_successor_alone() {
        let mut answer = AnswerHeaders::new();
        answer.set_cookie(&cookie("s", "1"));
        answer.set_readable("a", "1");
        answer.set_cookie(&cookie("sa", "2"));
        answer.set_cookie(&cookie("s", "3"));
        let rest = "; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax";
        let set = |text: &str| alloc::format!("set-cookie: {text}{rest}");
        let expected = [
            set("sa=2"),
            set("s=3"),
            "a: 1".to_owned(),
            "access-control-expose-headers: a".to_owned(),
        ];
        assert_eq!(lines(&answer), expected);
    }

    #[test]
    fn what_is_removed_is_no_longer_sent_but_stays_readable() {
        let mut answer = AnswerHeaders::new();
        answer.set_readable("a", "1");
        answer.remove("a");
        assert_eq!(lines(&answer), ["access-control-expose-headers: a"]);
    }
}
