//! The words that options choose among.

use alloc::string::String;

/// The protection against forged requests (`antiCsrf`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AntiCsrf {
    /// `VIA_TOKEN`: the header `anti-csrf` must hold what the token does.
    ViaToken,
    /// `VIA_CUSTOM_HEADER`: there must be a header `rid`, which no form can send.
    ViaCustomHeader,
    /// `NONE`: `SameSite` cookies are enough.
    None,
}

/// The attribute `SameSite` of cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    /// `strict`
    Strict,
    /// `lax`
    Lax,
    /// `none`
    None,
}

/// How tokens travel (`getTokenTransferMethod`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TransferMethod {
    /// `any`: whatever the client chose.
    #[default]
    Any,
    /// `cookie`
    Cookie,
    /// `header`
    Header,
}

/// The names under which the two tokens travel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenNames {
    /// Of the access token.
    pub access: String,
    /// Of the refresh token.
    pub refresh: String,
}

impl AntiCsrf {
    /// The mode of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "VIA_TOKEN" => Some(Self::ViaToken),
            "VIA_CUSTOM_HEADER" => Some(Self::ViaCustomHeader),
            "NONE" => Some(Self::None),
            _ => None,
        }
    }
}

impl SameSite {
    /// The value of this name, without regard to case and white space around it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "strict" => Some(Self::Strict),
            "lax" => Some(Self::Lax),
            "none" => Some(Self::None),
            _ => None,
        }
    }
}

impl TransferMethod {
    /// The method of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "any" => Some(Self::Any),
            "cookie" => Some(Self::Cookie),
            "header" => Some(Self::Header),
            _ => None,
        }
    }
}
