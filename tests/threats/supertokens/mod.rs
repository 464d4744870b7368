//! The rows where SuperTokens' sessions have a way of their own through the code.

mod methods;
mod pages;
mod requests;
mod texts;
mod tokens;

use crate::support::judge::{Verdict, judge};
use crate::support::supertokens::supertokens;

/// What SuperTokens says of a token that was made for something else.
const fn no_token(exact: &'static str) -> Verdict {
    ("unauthorised", exact)
}

/// What it says of an access token that it does not accept.
const fn refused(exact: &'static str) -> Verdict {
    ("try-refresh-token", exact)
}

fn verdict(token: &str) -> Verdict {
    judge(&supertokens(), token)
}
