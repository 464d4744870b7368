//! The one form of domains, paths and addresses.

use alloc::format;
use alloc::string::String;

use crate::config::ConfigError;
use crate::host::Authority;
use crate::url::Target;

/// `scheme://host[:port]` of a domain, whatever follows it, with `https` unless it names a scheme;
/// `localhost` and addresses have `http`, as in `supertokens-node`.
pub(in crate::provider::supertokens) fn origin_of(domain: &str) -> Option<String> {
    let domain = domain.trim().to_ascii_lowercase();
    let named = ["https", "http"].into_iter().find_map(|scheme| {
        let rest = domain.strip_prefix(scheme)?.strip_prefix("://")?;
        Some((scheme, rest))
    });
    let rest = named.map_or(domain.strip_prefix('.').unwrap_or(&domain), |(_, rest)| rest);
    // A colon at the end is that of a scheme that is none of the web's.
    let text = rest.split(['/', '?', '#']).next().filter(|text| !text.ends_with(':'))?;
    let authority = Authority::parse(text)?;
    let host = authority.host();
    let is_here = host == "localhost" || host.parse::<core::net::Ipv4Addr>().is_ok();
    let guessed = if is_here { "http" } else { "https" };
    Some(authority.origin(named.map_or(guessed, |(scheme, _)| scheme)))
}

/// A path that other paths follow: with a slash at its start and none at its end.
pub(in crate::provider::supertokens) fn base_path(
    option: &str,
    text: &str,
) -> Result<String, ConfigError> {
    let path = text.trim().trim_matches('/');
    if path.is_empty() {
        return Ok(String::new());
    }
    let path = format!("/{path}");
    match Target::parse(&path) {
        Some(Target::Path(path)) if !path.contains(['?', '#']) && !path.contains("//") => Ok(path),
        _ => Err(ConfigError::invalid(option, "Give a path such as /auth.")),
    }
}

/// The address of a core without a slash at its end; like a domain, it need not name a scheme.
pub(super) fn core_address(text: &str) -> Option<String> {
    let origin = origin_of(text)?;
    let text = text.trim();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let path = rest.find(['/', '?', '#']).and_then(|at| rest.get(at..)).unwrap_or("");
    base_path("connectionURI", path).ok().map(|path| origin + &path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_become_origins() {
        for (domain, origin) in [
            ("https://API.example:443/x", Some("https://api.example")),
            ("api.example", Some("https://api.example")),
            ("localhost:3000", Some("http://localhost:3000")),
            ("127.0.0.1", Some("http://127.0.0.1")),
            ("HTTP://Api.example?x", Some("http://api.example")),
            (".example.com#x", Some("https://example.com")),
            ("[::1]:3000/x", Some("https://[::1]:3000")),
            ("", None),
            ("a b", None),
            ("//x", None),
            ("https://", None),
            ("https://u:p@a.example", None),
            ("ftp://a.example", None),
            ("javascript:x", None),
        ] {
            assert_eq!(origin_of(domain).as_deref(), origin, "{domain}");
        }
    }

    #[test]
    fn base_paths_have_one_form() {
        for (text, path) in [("/auth/", "/auth"), ("auth", "/auth"), ("/", ""), ("", "")] {
            assert_eq!(base_path("apiBasePath", text).as_deref(), Ok(path));
        }
        for text in ["/a?b", "/a#", "a\\b", "/a//b", "https://a.example/b"] {
            assert!(base_path("apiBasePath", text).is_err(), "{text}");
        }
    }

    #[test]
    fn addresses_of_the_core_have_one_form() {
        for (text, expected) in [
            ("HTTPS://Core.example:443/A/", Some("https://core.example/A")),
            ("https://CORE.example.com/", Some("https://core.example.com")),
            ("try.example", Some("https://try.example")),
            (" try.example:8080/x ", Some("https://try.example:8080/x")),
            ("localhost:3567", Some("http://localhost:3567")),
            ("10.0.0.1:3567/base", Some("http://10.0.0.1:3567/base")),
            ("https://a/base/x//", Some("https://a/base/x")),
            ("https://a/x?y", None),
            ("https://a?y", None),
            ("https://a/x#y", None),
            ("https://a/x//y", None),
            ("https://u:p@a/", None),
            ("a b", None),
            ("/path", None),
            ("", None),
        ] {
            assert_eq!(core_address(text).as_deref(), expected, "{text}");
        }
    }
}
