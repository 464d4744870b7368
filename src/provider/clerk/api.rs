//! Requests to Clerk's Backend API, for the host to send.

use alloc::format;
use alloc::string::String;

use super::visit::Visit;
use crate::json::writer::{ObjectWriter, array, string};
use crate::need::{HttpRequest, Need, NeedKind};
use crate::url::Query;

/// The version of the API that the requests and answers follow.
pub(super) const VERSION: &str = "2026-05-12";
/// Where the API is unless configured.
const URL: &str = "https://api.clerk.com";
const PATH: &str = "v1";

/// The Backend API.
#[derive(Debug)]
pub(super) struct BackendApi {
    base: String,
}

impl BackendApi {
    pub(super) fn new(url: Option<&str>, version: Option<&str>) -> Self {
        let url = url.unwrap_or(URL).trim_end_matches('/');
        Self { base: format!("{url}/{}", version.unwrap_or(PATH)) }
    }

    /// The keys of the instance that the secret key belongs to.
    pub(super) fn jwks(&self, secret_key: &str) -> HttpRequest {
        self.get("jwks", secret_key)
    }

    /// What a handshake nonce stands for.
    pub(super) fn handshake_payload(&self, nonce: &str, secret_key: &str) -> Need {
        let mut query = Query::new();
        query.append("nonce", nonce);
        let path = format!("clients/handshake_payload?{}", query.finish());
        Need {
            kind: NeedKind::HandshakePayload,
            key: format!("handshake-payload {nonce}"),
            request: self.get(&path, secret_key),
        }
    }

    /// A fresh session token for an expired one.
    pub(super) fn refresh(
        &self,
        visit: &Visit<'_>,
        session_id: &str,
        expired: &str,
        refresh_token: &str,
        secret_key: &str,
    ) -> Need {
        let suffixed = visit.cookies.is_suffixed;
        // The peer never sends `false`.
        let query = if suffixed { "?suffixed_cookies=true" } else { "" };
        let path = format!("sessions/{session_id}/refresh{query}");
        let headers = visit.head.headers().fold(ObjectWriter::new(), |writer, (name, value)| {
            writer.raw(&name.to_ascii_lowercase(), &array([string(value)]))
        });
        let body = ObjectWriter::new()
            .string("format", "cookie")
            .string("expired_token", expired)
            .string("refresh_token", refresh_token)
            .string("request_origin", &visit.url.origin)
            .raw("request_headers", &headers.finish())
            .finish();
        let mut request = self.get(&path, secret_key);
        request.method = "POST";
        request.body = Some(body);
        let key = format!("session-refresh {expired} {refresh_token}");
        Need { kind: NeedKind::SessionRefresh, key, request }
    }

    fn get(&self, path: &str, secret_key: &str) -> HttpRequest {
        let mut request = HttpRequest::get(format!("{}/{path}", self.base));
        request.headers = alloc::vec![
            ("authorization", format!("Bearer {secret_key}")),
            ("clerk-api-version", VERSION.into()),
            ("content-type", "application/json".into()),
        ];
        request
    }
}
