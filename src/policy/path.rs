//! The form of a path that route patterns are compared with.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::cookie::hex;

/// Escapes of these characters stay as they are, because they would change how a path is split
/// (ECMA-262 section 19.2.6.2, `decodeURI`).
const RESERVED: &[u8] = b";/?:@&=+$,#";

/// Resolves percent escapes once and joins repeated slashes.
///
/// `None` when an escape is malformed, is not UTF-8, or when a dot segment is left: a server
/// behind the gate might read such a path as another one.
pub(super) fn normalize(path: &str) -> Option<Cow<'_, str>> {
    if !path.contains('%') && !path.contains("//") && !path.contains("/.") {
        return Some(Cow::Borrowed(path));
    }
    let decoded = if path.contains('%') { decode_uri(path)? } else { path.into() };
    let mut normal = String::with_capacity(decoded.len());
    for character in decoded.chars() {
        if character != '/' || !normal.ends_with('/') {
            normal.push(character);
        }
    }
    let has_dot_segment = normal.split('/').any(|segment| matches!(segment, "." | ".."));
    (!has_dot_segment).then_some(Cow::Owned(normal))
}

fn decode_uri(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let (high, low) = (rest.next()?, rest.next()?);
        let decoded = hex(high)? << 4 | hex(low)?;
        if RESERVED.contains(&decoded) {
            bytes.extend([b'%', high, low]);
        } else {
            bytes.push(decoded);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_once() {
        for (path, normal) in [
            ("/", "/"),
            ("/a%62c", "/abc"),
            ("/a%2562", "/a%62"),
            ("/a%2Fb%3fc%23d", "/a%2Fb%3fc%23d"),
            ("//a///b/", "/a/b/"),
            ("/%C3%A4", "/ä"),
            ("/a%0Ab", "/a\nb"),
            ("/a..b/...", "/a..b/..."),
        ] {
            assert_eq!(normalize(path).as_deref(), Some(normal), "{path}");
        }
    }

    #[test]
    fn paths_with_two_readings_are_refused() {
        for path in
            ["/%", "/%4", "/%zz", "/%ff", "/%C3", "/a/../b", "/./a", "/a/%2e%2E/b", "/a/..", "//."]
        {
            assert_eq!(normalize(path), None, "{path}");
        }
    }
}
