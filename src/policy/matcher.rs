//! A list of patterns on its own, as Clerk's `createRouteMatcher` offers it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::pattern::canonical;
use super::{PathPattern, path, table::PatternTable};
use crate::budget::Budget;
use crate::config::{ConfigError, Options};
use crate::json::Json;
use crate::reason::Reason;

/// Says whether a path is one of those that a list of patterns describes.
#[derive(Clone, Debug)]
pub struct RouteMatcher(PatternTable);

impl RouteMatcher {
    /// A matcher for patterns that were read before.
    #[must_use]
    pub fn new(patterns: Vec<PathPattern>) -> Self {
        let ranks = 0..patterns.len();
        Self(PatternTable::new(patterns.into_iter().zip(ranks)))
    }

    /// Reads a JSON string or an array of strings.
    ///
    /// # Errors
    /// [`ConfigError`] for anything else, and for a pattern that cannot be used.
    pub fn from_json(text: &str) -> Result<Self, ConfigError> {
        let wrapped = format!("{{\"patterns\":{text}}}");
        let json = Json::parse(wrapped.as_bytes(), &LIMITS)
            .map_err(|_| ConfigError::new("not-json", "patterns", "The patterns are not JSON."))?;
        patterns(&Options::new(&json, "", &["patterns"])?, "patterns").map(Self::new)
    }

    /// Whether any pattern matches the path of a request, such as `/dashboard/a%20b`.
    ///
    /// # Errors
    /// [`Reason::PathMalformed`] when the path has no form that patterns can be compared with.
    pub fn matches(&self, path: &str) -> Result<bool, Reason> {
        let path = path::normalize(path).ok_or(Reason::PathMalformed)?;
        Ok(self.0.find(&canonical(&path)).is_some())
    }

    /// The values of the parameters of the first pattern that matches `path` as it is; nothing is
    /// decoded. See [`PathPattern::captures`].
    #[must_use]
    pub fn captures<'p>(&self, path: &'p str) -> Option<Vec<(String, &'p str)>> {
        self.0.find(&canonical(path))?.1.captures(path)
    }
}

/// Options are written by the user, not by a visitor; the limit only stops accidents.
const LIMITS: Budget = Budget { json_members: 1_000_000, ..Budget::DEFAULT };

/// The patterns in an option: one or an array of them.
pub(crate) fn patterns(
    options: &Options<'_>,
    option: &str,
) -> Result<Vec<PathPattern>, ConfigError> {
    let is_list = options.get(option).is_some_and(|value| value.as_array().is_some());
    let parse = |(index, text): (usize, &String)| {
        PathPattern::parse(text).map_err(|error| {
            let name = options.name(option);
            let name = if is_list { format!("{name}[{index}]") } else { name };
            ConfigError::invalid(name, format!("{error} The pattern is {text:?}."))
        })
    };
    options.strings(option)?.iter().enumerate().map(parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_normalised_first() {
        let matcher = RouteMatcher::from_json(r#"["/sign-in(.*)","/a b/:id"]"#).unwrap();
        for (path, expected) in [
            ("/sign-in/x", Ok(true)),
            ("/sign%2din", Ok(true)),
            ("//sign-in", Ok(true)),
            ("/a%20b/7", Ok(true)),
            ("/a%2520b/7", Ok(false)),
            ("/a%20b%2F7", Ok(false)),
            ("/%", Err(Reason::PathMalformed)),
        ] {
            assert_eq!(matcher.matches(path), expected, "{path}");
        }
    }

    #[test]
    fn captures_are_those_of_the_first_pattern_that_matches() {
        let matcher = RouteMatcher::from_json(r#"["/o/:id","/o/:slug/(.*)","/:id/x"]"#).unwrap();
        let pair = |name: &str, value| (String::from(name), value);
        assert_eq!(matcher.captures("/o/a%20b").unwrap(), [pair("id", "a%20b")]);
        assert_eq!(matcher.captures("/o/x").unwrap(), [pair("id", "x")]);
        assert_eq!(matcher.captures("/o/a/b").unwrap(), [pair("slug", "a"), pair("0", "b")]);
        assert_eq!(matcher.captures("/p/q"), None);
    }

    #[test]
    fn faults_name_the_pattern() {
        let error = |text| RouteMatcher::from_json(text).unwrap_err();
        assert_eq!(error(r#"["/a","/b*"]"#).option, "patterns[1]");
        assert_eq!(error(r#""/b*""#).option, "patterns");
        assert_eq!(error("7").code, "wrong-type");
        assert_eq!(error("[").code, "not-json");
        assert_eq!(error(r#""/a","x":1"#).code, "unknown-option");
        assert!(RouteMatcher::from_json("[]").unwrap().matches("/").is_ok_and(|found| !found));
    }
}
