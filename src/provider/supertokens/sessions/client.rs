//! The core's addresses, and what is remembered from one request to the next.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::calls::CoreCall;
use crate::config::ConfigError;
use crate::json::Json;
use crate::need::HttpRequest;
use crate::provider::SecretKey;
use crate::provider::supertokens::config::{SuperTokensConfig, origin_of};
use crate::provider::supertokens::core_verify::CDI_VERSION;
use crate::url::Query;

/// The core, at one address or several that share the work: every request goes to the next one.
#[derive(Debug)]
pub(super) struct CoreClient {
    addresses: Vec<String>,
    api_key: Option<SecretKey>,
    version_query: String,
    /// The address that is next in turn.
    next: usize,
    /// Whether the core said that it speaks our version of the interface.
    pub(super) is_compatible: bool,
}

impl CoreClient {
    pub(super) fn new(config: &SuperTokensConfig) -> Result<Self, ConfigError> {
        let mut query = Query::new();
        let website = config.website_domain.as_deref();
        for (name, domain) in
            [("apiDomain", Some(config.api_domain.as_str())), ("websiteDomain", website)]
        {
            if let Some(origin) = domain.and_then(origin_of) {
                query.append(name, &origin);
            }
        }
        Ok(Self {
            addresses: config.core_addresses()?,
            api_key: config.api_key.clone(),
            version_query: query.finish(),
            next: 0,
            is_compatible: false,
        })
    }

    pub(super) fn count(&self) -> usize {
        self.addresses.len()
    }

    /// The place of the address whose turn it is.
    pub(super) fn take_turn(&mut self) -> usize {
        let turn = self.next;
        self.next = if turn + 1 < self.addresses.len() { turn + 1 } else { 0 };
        turn
    }

    /// The request for the versions of the interface that the core speaks.
    pub(super) fn version_request(&self, turn: usize) -> HttpRequest {
        let mut request = self.get(turn, "/apiversion", &self.version_query);
        request.headers = self.key_header().into_iter().collect();
        request
    }

    /// Whether the answer to [`version_request`](Self::version_request) names our version.
    pub(super) fn speaks_our_version(reply: &Json) -> bool {
        let versions = reply.get("versions").and_then(Json::as_array).unwrap_or_default();
        versions.iter().any(|version| version.as_str() == Some(CDI_VERSION))
    }

    pub(super) fn request(&self, turn: usize, call: &CoreCall) -> HttpRequest {
        let mut headers = alloc::vec![("cdi-version", CDI_VERSION.to_owned())];
        if call.body.is_some() {
            headers.push(("content-type", "application/json; charset=utf-8".to_owned()));
        }
        headers.extend(self.key_header());
        if call.is_recipe {
            headers.push(("rid", "session".to_owned()));
        }
        HttpRequest {
            method: call.method,
            headers,
            body: call.body.clone(),
            ..self.get(turn, &call.path, &call.query)
        }
    }

    fn get(&self, turn: usize, path: &str, query: &str) -> HttpRequest {
        let address = self.addresses.get(turn).map_or("", String::as_str);
        let mark = if query.is_empty() { "" } else { "?" };
        HttpRequest::get([address, path, mark, query].concat())
    }

    fn key_header(&self) -> Option<(&'static str, String)> {
        self.api_key.as_ref().map(|key| ("api-key", key.expose().to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(addresses: &[&str]) -> Result<CoreClient, ConfigError> {
        CoreClient::new(&SuperTokensConfig {
            connection_uri: addresses.iter().map(|&text| text.into()).collect(),
            api_key: SecretKey::new("SECRET"),
            website_domain: Some("example.com".into()),
            ..SuperTokensConfig::new("https://API.example.com/")
        })
    }

    #[test]
    fn what_is_no_address_is_refused() {
        assert_eq!(client(&["https://a", "//"]).unwrap_err().option, "connectionURI");
    }

    #[test]
    fn requests_carry_version_key_and_recipe() {
        let client = client(&["https://a", "https://b/x"]).unwrap();
        let call = CoreCall::remove_sessions(&["h".into()]);
        let request = client.request(1, &call);
        assert_eq!(
            (request.method, request.url.as_str()),
            ("POST", "https://b/x/recipe/session/remove")
        );
        let headers: Vec<(&str, &str)> =
            request.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let expected = [
            ("cdi-version", "5.4"),
            ("content-type", "application/json; charset=utf-8"),
            ("api-key", "SECRET"),
            ("rid", "session"),
        ];
        assert_eq!(headers, expected);
        let request = client.request(0, &CoreCall::user("u"));
        let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["cdi-version", "api-key"]);
        let request = client.version_request(0);
        let query =
            "apiDomain=https%3A%2F%2Fapi.example.com&websiteDomain=https%3A%2F%2Fexample.com";
        assert_eq!(request.url, alloc::format!("https://a/apiversion?{query}"));
        assert_eq!(request.headers, [("api-key", "SECRET".to_owned())]);
    }

    #[test]
    fn the_key_is_not_shown() {
        let client = client(&["https://a"]).unwrap();
        let request = client.version_request(0);
        assert!(!alloc::format!("{client:?} {request:?}").contains("SECRET"));
    }

    #[test]
    fn every_address_has_its_turn() {
        let mut client = client(&["https://a", "https://b", "https://c"]).unwrap();
        let turns: Vec<usize> = (0..5).map(|_| client.take_turn()).collect();
        assert_eq!(turns, [0, 1, 2, 0, 1]);
    }
}
