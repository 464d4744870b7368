//! Path patterns: an exact path, or everything that starts with a prefix.

use alloc::string::String;
use core::fmt;

/// What ends a prefix pattern, as in `/dashboard(.*)`.
const ANYTHING: &str = "(.*)";

/// Characters that mean something in path-to-regexp and are not taken literally here.
const SPECIAL: &[char] = &['(', ':', '*', '+', '?', '{', '}', '\\'];

/// A pattern over normalised paths, without regard to upper and lower case.
///
/// `/about` matches `/about` and `/about/`; `/dashboard(.*)` matches every path that starts with
/// `/dashboard`, so `/dashboards` too; `/dashboard/(.*)` needs the slash. Both read as Clerk's
/// `createRouteMatcher` reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    /// Folded to compare without regard to case.
    literal: String,
    is_prefix: bool,
}

/// Why a pattern was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatternError {
    /// Patterns start with `/`.
    NoSlash,
    /// A parameter, group or modifier other than `(.*)` at the end.
    Unsupported,
}

impl PatternError {
    /// What is wrong and what to do about it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NoSlash => "A path pattern must start with `/`.",
            Self::Unsupported => {
                "A path pattern is an exact path such as `/about`, or a prefix that ends in `(.*)` such as `/dashboard(.*)`."
            }
        }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())
    }
}

impl core::error::Error for PatternError {}

impl PathPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`PatternError`] when it is neither an exact path nor a prefix.
    pub fn parse(pattern: &str) -> Result<Self, PatternError> {
        let (literal, is_prefix) = match pattern.strip_suffix(ANYTHING) {
            Some(prefix) => (prefix, true),
            None => (pattern, false),
        };
        if literal.contains(SPECIAL) {
            return Err(PatternError::Unsupported);
        }
        if !pattern.starts_with('/') {
            return Err(PatternError::NoSlash);
        }
        let literal = if is_prefix { literal } else { without_slash(literal) };
        Ok(Self { literal: literal.chars().map(fold).collect(), is_prefix })
    }

    /// Whether `path`, which is normalised, matches.
    pub(super) fn matches(&self, path: &str) -> bool {
        let mut path = if self.is_prefix { path } else { without_slash(path) }.chars().map(fold);
        self.literal.chars().all(|expected| path.next() == Some(expected))
            && (self.is_prefix || path.next().is_none())
    }
}

/// The path without one trailing slash, which patterns leave open; `/` stays.
fn without_slash(path: &str) -> &str {
    match path.strip_suffix('/') {
        Some("") | None => path,
        Some(rest) => rest,
    }
}

/// One character for all its cases (ECMA-262 section 22.2.2.7.3, `Canonicalize` without `u`).
fn fold(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_uppercase();
    }
    let mut upper = character.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) if !one.is_ascii() => one,
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        PathPattern::parse(pattern).unwrap().matches(path)
    }

    #[test]
    fn exact_patterns_leave_the_last_slash_open() {
        for (path, expected) in [
            ("/about", true),
            ("/about/", true),
            ("/About", true),
            ("/about/x", false),
            ("/abou", false),
            ("/about//", false),
        ] {
            assert_eq!(matches("/about", path), expected, "{path}");
        }
        assert!(matches("/", "/"));
        assert!(!matches("/", "/a"));
    }

    #[test]
    fn prefix_patterns_match_all_that_follows() {
        for (pattern, path, expected) in [
            ("/dashboard(.*)", "/dashboard", true),
            ("/dashboard(.*)", "/DASHBOARD/x/y", true),
            ("/dashboard(.*)", "/dashboards", true),
            ("/dashboard(.*)", "/dashboard\nx", true),
            ("/dashboard/(.*)", "/dashboard", false),
            ("/dashboard/(.*)", "/dashboard/", true),
            ("/(.*)", "/", true),
            ("/ä(.*)", "/Äx", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn case_folding_never_crosses_into_ascii() {
        assert!(!matches("/s", "/\u{17f}"));
        assert!(!matches("/k", "/\u{212a}"));
    }

    #[test]
    fn other_patterns_are_refused() {
        for pattern in ["/:id", "/a(b)", "/a*", "/a(.*)/b", "/a{/b}?", "/a\\d"] {
            assert_eq!(PathPattern::parse(pattern), Err(PatternError::Unsupported), "{pattern}");
        }
        assert!(matches("/[locale]/$a|b", "/[locale]/$a|b"));
        for pattern in ["", "about", "(.*)"] {
            assert_eq!(PathPattern::parse(pattern), Err(PatternError::NoSlash), "{pattern}");
        }
    }
}
