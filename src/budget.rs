//! The limits that every loop over input has.

/// How much input one request may make the core look at.
///
/// Every limit has its own reason code, so that a refusal says which one was hit.
/// The defaults are above what the providers issue and what browsers send (RFC 6265 section 6.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Bytes of one compact token; a browser keeps at most 4 096 bytes per cookie.
    pub token_bytes: usize,
    /// Bytes of the decoded JOSE header.
    pub header_bytes: usize,
    /// Depth of nested JSON arrays and objects, the outermost counted as 1; at most 126.
    pub json_depth: usize,
    /// Object members and array elements in one JSON text, all levels together.
    pub json_members: usize,
    /// Bytes of a `kid`.
    pub kid_bytes: usize,
    /// Bytes of all `Cookie` headers together.
    pub cookie_bytes: usize,
    /// Cookies in all `Cookie` headers together.
    pub cookies: usize,
    /// Bytes of a JWK set.
    pub jwks_bytes: usize,
    /// Keys in a JWK set.
    pub keys: usize,
}

impl Budget {
    /// The limits that apply unless the caller sets others.
    pub const DEFAULT: Self = Self {
        token_bytes: 8 * 1024,
        header_bytes: 1024,
        json_depth: 8,
        json_members: 512,
        kid_bytes: 256,
        cookie_bytes: 32 * 1024,
        cookies: 256,
        jwks_bytes: 64 * 1024,
        keys: 32,
    };
}

impl Default for Budget {
    fn default() -> Self {
        Self::DEFAULT
    }
}
