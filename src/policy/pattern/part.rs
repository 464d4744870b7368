//! What a path pattern is made of.

use alloc::string::String;

/// A piece of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Taken literally.
    Text(String),
    /// Anything with a name, a group or braces.
    Parameter(Parameter),
}

/// What a name, a group or a pair of braces stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parameter {
    /// The name; for a group without one its number, counted from 0.
    pub(super) name: String,
    pub(super) prefix: String,
    pub(super) suffix: String,
    pub(super) body: Body,
    pub(super) modifier: Modifier,
    /// Where it starts in the pattern.
    pub(super) at: usize,
}

/// What stands between prefix and suffix of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// Nothing, as in `{/a}`.
    Nothing,
    /// A name alone: characters other than `/`, `#` and `?`, up to the text `before`.
    Segment {
        /// The text that ends the parameter; empty when only the end of the segment does.
        before: String,
    },
    /// A group: a regular expression, and where it starts in the pattern.
    Group(String, usize),
}

/// How often a parameter occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modifier {
    Once,
    /// `?`
    Optional,
    /// `*`
    Any,
    /// `+`
    Many,
}

impl Parameter {
    pub(super) fn is_captured(&self) -> bool {
        self.body != Body::Nothing
    }

    pub(super) fn is_bare(&self) -> bool {
        self.prefix.is_empty() && self.suffix.is_empty()
    }

    /// Whether it is `(.*)` without anything around it.
    pub(super) fn is_anything(&self) -> bool {
        let is_once = self.modifier == Modifier::Once;
        self.is_bare() && is_once && matches!(&self.body, Body::Group(group, _) if group == ".*")
    }
}
