//! Why a public key is refused.

use core::fmt;

/// Why a public key is none that a kernel works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyFault {
    /// The first octet of the RSA modulus is zero.
    LeadingZero,
    /// The RSA modulus has fewer bits than [`crate::rsa::MIN_BITS`] or more than
    /// [`crate::rsa::MAX_BITS`].
    Size,
    /// The RSA modulus is even.
    Even,
    /// A coordinate is not below the prime of the curve's field.
    CoordinateTooLarge,
    /// The coordinates are not those of a point on the curve.
    NotOnCurve,
}

impl fmt::Display for KeyFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::LeadingZero => "the RSA modulus begins with a zero octet",
            Self::Size => "the RSA modulus has not 2048 to 4096 bits",
            Self::Even => "the RSA modulus is even",
            Self::CoordinateTooLarge => "a coordinate is not below the prime of the field",
            Self::NotOnCurve => "the coordinates are not those of a point on the curve",
        })
    }
}

impl core::error::Error for KeyFault {}
