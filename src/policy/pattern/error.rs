//! Why a pattern was refused.

use core::fmt;

/// A pattern that cannot be used, and where in it the trouble is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// What is wrong.
    pub fault: PatternFault,
    /// The place: characters from the start of the pattern, counted from 0.
    pub at: usize,
}

/// What is wrong with a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatternFault {
    /// The text that every matching path would start with does not start with `/`.
    NoSlash,
    /// A `:` without a name.
    NameMissing,
    /// `()`.
    GroupEmpty,
    /// `(` without its `)`.
    GroupUnclosed,
    /// A `(` inside of a group that captures.
    GroupCaptures,
    /// `?`, `*`, `+`, `{` or `}` where nothing can be modified, opened or closed.
    Unexpected,
    /// Two parameters without a text between them, so that the end of the first is unclear.
    NothingBetween,
    /// `*` or `+` after a parameter that has no text to stand between its repetitions.
    NothingToSeparate,
    /// A look-around, or another `(?` than `(?:`.
    LookAround,
    /// A back-reference.
    BackReference,
    /// An escape of a letter or digit that has no meaning, or not the one it seems to have.
    Escape,
    /// A quantifier that follows nothing.
    NothingToRepeat,
    /// `{m,n}` with m above n.
    RepeatOrder,
    /// `[` without its `]`.
    ClassUnclosed,
    /// `[z-a]`.
    ClassOrder,
    /// A `)` inside of a group that closes nothing.
    Unbalanced,
    /// More than 2 000 states, or groups nested too deeply.
    TooLarge,
}

impl PatternFault {
    pub(super) const fn at(self, at: usize) -> PatternError {
        PatternError { fault: self, at }
    }

    /// What is wrong and what to do about it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NoSlash => {
                "Paths start with `/`, so this pattern could never match. Start it with `/`"
            }
            Self::NameMissing => {
                "After `:` comes a name of letters, digits and `_`. Write `\\:` for a colon"
            }
            Self::GroupEmpty => "A group must not be empty. Write `(.*)` for anything",
            Self::GroupUnclosed => "This group has no end. Write `\\(` for a parenthesis",
            Self::GroupCaptures => "Groups inside of a group are written `(?:…)`",
            Self::Unexpected => {
                "`?`, `*` and `+` follow a parameter or a group, and `{` needs its `}`. Write `(.*)` for anything, or `\\` before the character to mean itself"
            }
            Self::NothingBetween => "There must be a text between two parameters",
            Self::NothingToSeparate => {
                "A parameter that repeats needs a text before or after it, as the `/` in `/:name*`"
            }
            Self::LookAround => {
                "Look-arounds, named groups and flags are not supported inside of a group. List the paths that are meant, in the order of the rules"
            }
            Self::BackReference => "Back-references are not supported",
            Self::Escape => "This escape has no meaning here",
            Self::NothingToRepeat => "There is nothing to repeat here",
            Self::RepeatOrder => "The numbers of `{m,n}` are out of order",
            Self::ClassUnclosed => "This `[` has no `]`",
            Self::ClassOrder => "The ends of this range are out of order",
            Self::Unbalanced => "This parenthesis closes nothing",
            Self::TooLarge => {
                "The pattern is too large. Use smaller numbers in `{m,n}`, or split it"
            }
        }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} (at character {} of the pattern).", self.fault.message(), self.at)
    }
}

impl core::error::Error for PatternError {}
