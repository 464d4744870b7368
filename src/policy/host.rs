//! Hosts in web addresses.

use alloc::format;
use alloc::string::String;
use core::net::{Ipv4Addr, Ipv6Addr};

/// The host in lower case and the port of an authority; `None` for user information and for hosts
/// that browsers would have to rewrite.
pub(super) fn host_and_port(authority: &str) -> Option<(String, Option<u16>)> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (authority, ""),
    };
    let port = match port {
        "" => None,
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => Some(digits.parse().ok()?),
        _ => return None,
    };
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let address: Ipv6Addr = address.parse().ok()?;
        // Mapped addresses are written differently here and in browsers.
        let is_mapped = address.to_ipv4_mapped().is_some();
        return (!is_mapped).then(|| (format!("[{address}]"), port));
    }
    let is_host_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    let is_host = !host.is_empty() && host.bytes().all(is_host_byte);
    // What ends in a number is an IP address, in whatever base it is written.
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    let is_number = last.starts_with(|first: char| first.is_ascii_digit())
        && (last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit()));
    let is_safe = is_host && (!is_number || host.parse::<Ipv4Addr>().is_ok());
    is_safe.then(|| (host.to_ascii_lowercase(), port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_names_or_canonical_addresses() {
        for (authority, host, port) in [
            ("App.Example", "app.example", None),
            ("a_b-1.example:", "a_b-1.example", None),
            ("1.2.3.4:0080", "1.2.3.4", Some(80)),
            ("[0:0::1]:1", "[::1]", Some(1)),
            ("1.example.", "1.example.", None),
        ] {
            assert_eq!(host_and_port(authority), Some((host.into(), port)), "{authority}");
        }
    }

    #[test]
    fn what_could_be_read_otherwise_is_refused() {
        for authority in [
            "",
            ":80",
            "u@a",
            "a b",
            "a%2eb",
            "a:b:1",
            "a:+1",
            "a:65536",
            "1",
            "1.2.3",
            "01.2.3.4",
            "0x7f.1",
            "1.2.3.4.",
            "[::1",
            "[::ffff:1.2.3.4]",
            "[x]",
            "a!b",
            "\u{e4}.example",
        ] {
            assert_eq!(host_and_port(authority), None, "{authority}");
        }
    }
}
