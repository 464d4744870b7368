#![doc = include_str!("../README.md")]
#![no_std]

extern crate alloc;
// Only where there is an operating system or a JavaScript host: the linked module needs a panic
// handler and an allocator there. Nothing of it is used but by the feature `std`.
#[cfg(not(target_os = "none"))]
extern crate std;

mod auth;
mod base64url;
mod budget;
mod bytes;
mod cache;
mod claims;
mod config;
mod cookie;
mod decision;
mod ecma;
mod gate;
mod host;
mod json;
mod key;
mod need;
mod policy;
mod provider;
mod reason;
mod report;
mod request;
mod signature;
mod time;
mod token;
mod url;
/// Public for the tests of the border alone.
#[cfg(all(feature = "wasm", target_arch = "wasm32", target_os = "unknown"))]
#[doc(hidden)]
pub mod wasm;

pub use auth::{Auth, FactorLevel, Machine, Requirement, Reverification, TokenType};
pub use budget::Budget;
pub use claims::{Claims, ClaimsCheck, ClaimsJudgement};
pub use config::{ConfigError, GateConfig};
pub use decision::{
    Answer, AnswerPage, AuthState, AuthStatus, ClaimError, Decision, Exemption,
    Header as ResponseHeader, Outcome,
};
pub use gate::Gate;
pub use json::{Json, JsonFault, Name};
pub use key::{Algorithm, KeyError, KeyMaterial, KeySet, Lookup, SkippedKey, VerifyingKey};
pub use need::{Fact, FactError, HttpReply, HttpRequest, Need, NeedKind};
pub use policy::{
    Access, DeniedStatus, Departure, OnDenied, PageUrl, PathPattern, PatternError, PatternFault,
    Protect, ProtectedToken, ReturnTo, Route, RouteMatcher, Rule, SignInError, SignInPage,
    SignInPages,
};
pub use provider::{
    Accepts, AntiCsrf, ClaimValidator, ClaimVerdict, ClerkConfig, CoreError, CoreReply, NewSession,
    OidcConfig, ProviderConfig, SameSite, SecretKey, Session, SessionCall, SessionError,
    SessionInformation, SessionOptions, SessionOutput, SessionRefusal, SessionStep, Sessions,
    SuperTokensConfig, TokenNames, TokenRefusal, TransferMethod, VerifiedToken, validate_claims,
};
pub use reason::Reason;
pub use report::{decode_token_json, jws_result_json, token_result_json};
pub use request::{RequestError, RequestHead};
#[cfg(feature = "kernels")]
pub use signature::KernelVerifier;
#[cfg(feature = "ring")]
pub use signature::RingVerifier;
pub use signature::{InvalidSignature, SignatureVerifier};
pub use time::UnixMillis;
pub use token::{Header, Jws, VerifiedJws, verify_jws};
pub use url::UrlError;

#[cfg(test)]
#[allow(dead_code, unused_imports, clippy::panic, reason = "shared with the integration tests")]
#[path = "../tests/support/mint.rs"]
mod mint;
