//! Where a development instance may send its dev browser.

use alloc::string::String;
use alloc::vec::Vec;

use crate::url::Url;

/// Origins that the primary application answers when they ask who is signed in.
///
/// The address comes from the URL, so anybody can name any: only configured origins and those of
/// this very machine get the dev browser token.
#[derive(Debug, Default)]
pub(super) struct AllowedRedirects {
    origins: Vec<String>,
}

impl AllowedRedirects {
    pub(super) fn new(origins: &[String]) -> Option<Self> {
        let origins = origins.iter().map(|text| Url::parse(text).ok().map(|url| url.origin()));
        Some(Self { origins: origins.collect::<Option<_>>()? })
    }

    pub(super) fn allow(&self, url: &str) -> bool {
        let Ok(url) = Url::parse(url) else { return false };
        let host = url.authority.host();
        let is_local = matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
            || [".localhost", ".test"].iter().any(|end| host.ends_with(end));
        is_local || self.origins.contains(&url.origin())
    }
}
