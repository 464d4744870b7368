//! Where a navigation came from: another site, or a page of Clerk's own.

use super::instance::Instance;
use super::visit::Visit;
use crate::url::Url;

/// The endings of hosted account pages of development instances: the older form under `accounts.`,
/// and the newer one, whose Frontend API stands under `clerk.` of the same ending.
const OLD_PORTALS: &[&str] = &[".lcl.dev", ".lclstage.dev", ".lclclerk.com"];
const NEW_PORTALS: &[&str] = &[".accounts.dev", ".accountsstage.dev", ".accounts.lclclerk.com"];

/// Whether the visitor came from a site that is neither this one nor Clerk's.
pub(super) fn is_foreign(visit: &Visit<'_>, instance: &Instance) -> bool {
    let Some(referrer) = visit.head.header("referer") else { return false };
    match Url::parse(referrer) {
        Ok(url) => {
            let own = &visit.url.origin;
            url.origin() != *own && !is_known(&url, instance, own)
        }
        // An application or a blank page has no origin, so it is not this one.
        Err(_) => has_scheme(referrer),
    }
}

/// Whether the text starts like a URL of another kind (RFC 3986 section 3.1).
fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else { return false };
    let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(is_letter)
        && !is_web
}

fn is_known(referrer: &Url<'_>, instance: &Instance, own: &str) -> bool {
    let host = referrer.authority.host();
    if instance.frontend_api_host(own).as_ref() == Some(&host) {
        return true;
    }
    if !instance.is_production && is_development_portal(&host) {
        return true;
    }
    instance.accounts_origin() == Some(referrer.origin())
}

fn is_development_portal(host: &str) -> bool {
    let is_old = host.starts_with("accounts.") && OLD_PORTALS.iter().any(|end| host.ends_with(end));
    let is_new = NEW_PORTALS
        .iter()
        .any(|end| host.strip_suffix(end).is_some_and(|start| !start.ends_with(".clerk")));
    is_old || is_new
}
