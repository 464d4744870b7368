//! Why a public key is refused.

use core::fmt;

/// What is wrong with a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyFault {
    /// A coordinate is not below the prime of the curve's field.
    CoordinateTooLarge,
    /// The coordinates are not those of a point on the curve.
    NotOnCurve,
}

impl fmt::Display for KeyFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::CoordinateTooLarge => "a coordinate is not below the prime of the field",
            Self::NotOnCurve => "the coordinates are not those of a point on the curve",
        })
    }
}

impl core::error::Error for KeyFault {}
