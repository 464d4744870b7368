//! Addresses of the pages where visitors sign in and up, as Clerk's `createRedirect` makes them.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use super::address::Address;

/// The query parameter that carries the address to come back to.
const RETURN_PARAMETER: &str = "redirect_url";
/// Clerk: the satellite has to ask the primary domain again.
const SYNCED_PARAMETER: &str = "__clerk_synced";
/// Clerk: who the browser is, for development instances.
const DEV_BROWSER_PARAMETER: &str = "__clerk_db_jwt";

/// Where visitors sign in and up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignInPages {
    /// The sign-in page: absolute, or relative to the request.
    pub sign_in: Option<String>,
    /// The sign-up page, likewise; unless set `create` below the sign-in page.
    pub sign_up: Option<String>,
    /// The origin of the provider's own pages, for when there are no others.
    pub hosted: Option<String>,
    /// Whether the application is a satellite, signed in through another domain.
    pub is_satellite: bool,
    /// The parameter that takes the way back as a path, for pages on the same host, in place of
    /// `redirect_url` with an absolute address.
    pub path_parameter: Option<&'static str>,
}

/// One of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInPage {
    /// Where known users sign in.
    SignIn,
    /// Where new users sign up.
    SignUp,
}

impl SignInPage {
    /// The page called `sign-in` or `sign-up`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "sign-in" => Some(Self::SignIn),
            "sign-up" => Some(Self::SignUp),
            _ => None,
        }
    }
}

/// Who is sent to a page, and from where.
#[derive(Clone, Copy, Debug, Default)]
pub struct Departure<'d> {
    /// The absolute address of the request.
    pub from: &'d str,
    /// The address to come back to, absolute or relative to the request; none for wherever the
    /// page leads.
    pub return_to: Option<&'d str>,
    /// Clerk: the token of the browser in a development instance.
    pub dev_browser: Option<&'d str>,
    /// Whether the session waits for the user to do something, which they do on a page below.
    pub is_pending: bool,
}

/// Where a visitor comes back to after signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnTo<'r> {
    /// To the address of the request.
    Here,
    /// To this address, absolute or relative to the request.
    Address(&'r str),
    /// Wherever the page leads.
    Nowhere,
}

/// Why there is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignInError {
    /// Neither a page nor an instance that has one is configured.
    NoPage,
    /// The page's address is not a usable one.
    Page,
    /// The address to come back to is not a usable one.
    ReturnTo,
}

impl SignInError {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoPage => "sign-in-page-missing",
            Self::Page => "sign-in-page-invalid",
            Self::ReturnTo => "return-url-invalid",
        }
    }

    /// What is wrong and what to do about it.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NoPage => "There is no page to sign in on. Set `signInUrl` or `publishableKey`.",
            Self::Page => {
                "The page's address must be http:// or https://, or relative to the request."
            }
            Self::ReturnTo => {
                "The address to come back to must be http:// or https://, or relative to the request."
            }
        }
    }
}

impl fmt::Display for SignInError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message())
    }
}

impl core::error::Error for SignInError {}

impl SignInPages {
    /// The absolute address to send a visitor to.
    ///
    /// # Errors
    /// [`SignInError`] when there is no page, or an address is not a usable one.
    pub fn address(
        &self,
        page: SignInPage,
        departure: &Departure<'_>,
    ) -> Result<String, SignInError> {
        let from = Address::parse(departure.from).ok_or(SignInError::ReturnTo)?;
        let mut target = self.target(page, &from)?;
        if departure.is_pending {
            target.push_str("/tasks");
        }
        let mut target = from.join(&target).ok_or(SignInError::Page)?;
        let is_elsewhere = !target.is_same_host(&from);
        if let Some(return_to) = given(departure.return_to) {
            // Mostly to where they come from, which was read already.
            let is_here = return_to == departure.from;
            let return_to = if is_here { Some(from.clone()) } else { from.join(return_to) };
            let mut return_to = return_to.ok_or(SignInError::ReturnTo)?;
            if is_elsewhere && self.is_satellite {
                return_to.set_parameter(SYNCED_PARAMETER, "false");
            }
            match self.path_parameter {
                None => target.set_parameter(RETURN_PARAMETER, &return_to.to_string()),
                // A path means nothing on another host.
                Some(name) if return_to.is_same_host(&target) => {
                    target.set_parameter(name, &return_to.path_and_query());
                }
                Some(_) => {}
            }
        }
        if let Some(token) = given(departure.dev_browser).filter(|_| is_elsewhere) {
            target.set_parameter(DEV_BROWSER_PARAMETER, token);
        }
        Ok(target.to_string())
    }

    /// The page as configured, or the hosted one.
    fn target(&self, page: SignInPage, from: &Address) -> Result<String, SignInError> {
        let sign_in = given(self.sign_in.as_deref());
        let hosted = |name| match given(self.hosted.as_deref()) {
            Some(origin) => Ok(format!("{origin}/{name}")),
            None => Err(SignInError::NoPage),
        };
        if page == SignInPage::SignIn {
            return sign_in.map_or_else(|| hosted("sign-in"), |page| Ok(page.into()));
        }
        if let Some(sign_up) = given(self.sign_up.as_deref()) {
            return Ok(sign_up.into());
        }
        let Some(sign_in) = sign_in else { return hosted("sign-up") };
        let mut below = from.join(sign_in).ok_or(SignInError::Page)?;
        below.push_segment("create");
        Ok(below.to_string())
    }
}

/// An empty text counts as none.
fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: &str = "https://app.example/a/b?q=1";

    fn pages(sign_in: &str, sign_up: &str) -> SignInPages {
        SignInPages {
            sign_in: Some(sign_in.into()),
            sign_up: Some(sign_up.into()),
            hosted: Some("https://accounts.example".into()),
            is_satellite: false,
            path_parameter: None,
        }
    }

    fn sent(pages: &SignInPages, page: SignInPage, return_to: &str) -> String {
        let departure =
            Departure { from: FROM, return_to: Some(return_to), ..Departure::default() };
        pages.address(page, &departure).unwrap()
    }

    #[test]
    fn pages_are_configured_or_hosted() {
        for (pages, sign_in, sign_up) in [
            (pages("", ""), "https://accounts.example/sign-in", "https://accounts.example/sign-up"),
            (pages("/in", ""), "https://app.example/in", "https://app.example/in/create"),
            (pages("in?x=1", "up"), "https://app.example/a/in?x=1", "https://app.example/a/up"),
            (
                pages("", "https://b.example/up"),
                "https://accounts.example/sign-in",
                "https://b.example/up",
            ),
        ] {
            assert_eq!(sent(&pages, SignInPage::SignIn, ""), sign_in);
            assert_eq!(sent(&pages, SignInPage::SignUp, ""), sign_up);
        }
    }

    #[test]
    fn the_way_back_is_absolute_and_replaces_another() {
        let pages = pages("/in?redirect_url=x&y=1", "");
        assert_eq!(
            sent(&pages, SignInPage::SignIn, "c"),
            "https://app.example/in?redirect_url=https%3A%2F%2Fapp.example%2Fa%2Fc&y=1"
        );
    }

    #[test]
    fn other_hosts_learn_of_the_satellite_and_the_browser() {
        let departure = Departure {
            from: FROM,
            return_to: Some(FROM),
            dev_browser: Some("dvb_1"),
            is_pending: false,
        };
        let satellite = SignInPages { is_satellite: true, ..pages("https://b.example/in", "") };
        let elsewhere = satellite.address(SignInPage::SignIn, &departure).unwrap();
        assert_eq!(
            elsewhere,
            "https://b.example/in?redirect_url=https%3A%2F%2Fapp.example%2Fa%2Fb%3Fq%3D1%26__clerk_synced%3Dfalse&__clerk_db_jwt=dvb_1"
        );
        let here = SignInPages { is_satellite: true, ..pages("/in", "") };
        assert_eq!(
            here.address(SignInPage::SignIn, &departure).unwrap(),
            "https://app.example/in?redirect_url=https%3A%2F%2Fapp.example%2Fa%2Fb%3Fq%3D1"
        );
    }

    #[test]
    fn the_way_back_can_be_a_path() {
        let pages =
            |page| SignInPages { path_parameter: Some("redirectToPath"), ..pages(page, "") };
        for (page, return_to, address) in [
            ("/in?x=1", FROM, "https://app.example/in?x=1&redirectToPath=%2Fa%2Fb%3Fq%3D1"),
            ("/in", "https://b.example/c", "https://app.example/in"),
            ("https://b.example/in", FROM, "https://b.example/in"),
            ("/in", "https://app.example//b.example", "https://app.example/in?redirectToPath=%2F"),
        ] {
            assert_eq!(sent(&pages(page), SignInPage::SignIn, return_to), address);
        }
    }

    #[test]
    fn a_pending_session_goes_to_its_tasks() {
        let departure = Departure { from: FROM, is_pending: true, ..Departure::default() };
        let address = pages("/in", "").address(SignInPage::SignIn, &departure).unwrap();
        assert_eq!(address, "https://app.example/in/tasks");
    }

    #[test]
    fn what_leads_nowhere_is_told() {
        let departure = |return_to| Departure { from: FROM, return_to, ..Departure::default() };
        let fault = |pages: SignInPages, return_to| {
            pages.address(SignInPage::SignIn, &departure(return_to)).unwrap_err()
        };
        assert_eq!(fault(SignInPages::default(), None), SignInError::NoPage);
        assert_eq!(fault(pages("javascript:x", ""), None), SignInError::Page);
        assert_eq!(fault(pages("", ""), Some("https://u@x/")), SignInError::ReturnTo);
        let sign_up = SignInPages::default().address(SignInPage::SignUp, &departure(None));
        assert_eq!(sign_up.unwrap_err().code(), "sign-in-page-missing");
    }
}
