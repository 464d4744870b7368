//! Features and plans: lists such as `o:search,u:export,ou:team` in the claims `fea` and `pla`.

use crate::ecma::trim;

/// Who has a feature or plan.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Organization,
    User,
    Either,
}

/// Whether the list in `claim` has what `asked` names: `search`, or `org:search` and `user:search`
/// for one owner alone. An entry of the claim without a colon spoils the whole list.
pub(super) fn has(claim: &str, asked: &str) -> bool {
    let Some((scope, id)) = question(asked) else { return false };
    !claim.is_empty()
        && claim.split(',').all(|entry| entry.contains(':'))
        && claim.split(',').any(|entry| {
            trim(entry).split_once(':').is_some_and(|(owner, own)| own == id && owns(owner, scope))
        })
}

/// The scope and the name in a question; `None` for a scope that there is not.
///
/// As in the peer, a second colon ends the name, and `org:` alone asks for the name `org`.
fn question(asked: &str) -> Option<(Scope, &str)> {
    let mut parts = asked.split(':');
    let first = parts.next()?;
    let Some(second) = parts.next() else { return Some((Scope::Either, first)) };
    let scope = match first {
        "o" | "org" | "organization" => Scope::Organization,
        "u" | "user" => Scope::User,
        _ => return None,
    };
    Some((scope, if second.is_empty() { first } else { second }))
}

/// Whether an entry with this owner counts for `scope`; entries of other owners count for none.
fn owns(owner: &str, scope: Scope) -> bool {
    match owner {
        "o" => scope != Scope::User,
        "u" => scope != Scope::Organization,
        "ou" | "uo" => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_choose_the_owner() {
        let claim = "o:search, u:export ,ou:team,uo:both,x:other";
        for (asked, expected) in [
            ("search", true),
            ("export", true),
            ("o:search", true),
            ("org:search", true),
            ("organization:search", true),
            ("u:search", false),
            ("user:export", true),
            ("org:export", false),
            ("u:team", true),
            ("o:both", true),
            ("other", false),
            ("x:other", false),
            ("Search", false),
            ("org:search:more", true),
            ("", false),
        ] {
            assert_eq!(has(claim, asked), expected, "{asked}");
        }
    }

    #[test]
    fn a_bare_scope_asks_for_its_own_name() {
        assert!(has("o:org", "org:"));
        assert!(!has("u:org", "org:"));
        assert!(has("o:", ""));
    }

    #[test]
    fn a_malformed_claim_grants_nothing() {
        assert!(!has("o:search,export", "search"));
        assert!(!has("o:search,", "search"));
        assert!(!has("", ""));
        assert!(has("o:a:b", "o:a") == has("o:a:b", "a") && !has("o:a:b", "a"));
    }
}
