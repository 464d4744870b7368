//! What can go wrong with the core. Nobody but whoever runs the service can do anything about it.

use alloc::borrow::Cow;
use alloc::format;
use core::fmt;

/// Why the core gave no answer that could be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CoreError {
    /// There is no address to ask.
    NotConfigured,
    /// None of the addresses answered.
    Unreachable,
    /// An address took the request, but no whole answer came in time.
    Incomplete,
    /// The core refused the request with this status.
    Status(u16),
    /// The core does not speak the version of the interface that the requests follow.
    VersionUnsupported,
    /// The answer is not of the form that it has in this version.
    Malformed,
}

impl CoreError {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotConfigured => "core-missing",
            Self::Unreachable => "core-unreachable",
            Self::Incomplete => "core-answer-incomplete",
            Self::Status(_) => "core-status",
            Self::VersionUnsupported => "core-version-unsupported",
            Self::Malformed => "core-answer-malformed",
        }
    }

    /// What is wrong and what to do about it. Never a word of the core's own: it might hold secrets.
    #[must_use]
    pub fn message(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::NotConfigured => "Sessions are kept by the core: set `connectionURI`.",
            Self::Unreachable => "None of the addresses in `connectionURI` answered.",
            Self::Incomplete => {
                "The core gave no whole answer in time. What was asked may have been done."
            }
            Self::Status(status) => {
                let hint = match status {
                    401 => " Look at `apiKey`.",
                    429 => " It is asked too often.",
                    _ => " Its log says why.",
                };
                return Cow::Owned(format!("The core answered with the status {status}.{hint}"));
            }
            Self::VersionUnsupported => "The core does not speak version 5.4 of its interface.",
            Self::Malformed => "The core's answer is not of the form that version 5.4 has.",
        })
    }
}

impl fmt::Display for CoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message())
    }
}

impl core::error::Error for CoreError {}
