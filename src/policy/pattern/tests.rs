use super::*;
use alloc::format;

fn matches(pattern: &str, path: &str) -> bool {
    PathPattern::parse(pattern).unwrap().matches(&canonical(path))
}

#[test]
fn exact_patterns_leave_the_last_slash_open() {
    for (pattern, path, expected) in [
        ("/about", "/about", true),
        ("/about", "/about/", true),
        ("/about", "/About#", true),
        ("/about", "/about/x", false),
        ("/about", "/abou", false),
        ("/about", "/about//", false),
        ("/about/", "/about", false),
        ("/", "/", true),
        ("/", "/a", false),
        (r"/a\:b", "/a:b", true),
        ("/[locale]/$a|b", "/[LOCALE]/$a|B", true),
        ("/ä", "/Ä", true),
    ] {
        assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
    }
}

#[test]
fn groups_of_anything_match_all_that_follows() {
    for (pattern, path, expected) in [
        ("/dashboard(.*)", "/dashboard", true),
        ("/dashboard(.*)", "/DASHBOARD/x/y", true),
        ("/dashboard(.*)", "/dashboards", true),
        ("/dashboard(.*)", "/dashboard\nx", true),
        ("/dashboard(.*)", "/dashboar", false),
        ("/dashboard/(.*)", "/dashboard", false),
        ("/dashboard/(.*)", "/dashboard/", true),
        ("/(.*)", "/", true),
        ("(.*)", "/a/b", true),
        ("/(api|trpc)(.*)", "/trpc/x", true),
        ("/(api|trpc)(.*)", "/ap", false),
    ] {
        assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
    }
}

#[test]
fn parameters_take_one_segment() {
    for (pattern, path, expected) in [
        ("/users/:id", "/users/7", true),
        ("/users/:id", "/users/7/", true),
        ("/users/:id", "/users/", false),
        ("/users/:id", "/users/7/edit", false),
        ("/users/:id/edit", "/users/7/edit", true),
        (r"/users/:id(\d+)", "/users/x", false),
        (r"/users/:id(\d+)", "/users/70", true),
        ("/:a-:b", "/x-y", true),
        ("/:a-:b", "/x-y-z", true),
        ("/:a--:b", "/x--y", true),
        ("/:a--:b", "/x--y--", false),
        (r"/(a)\1", "/a1", true),
        ("/docs/:path*", "/docs", true),
        ("/docs/:path*", "/docs/a/b/c", true),
        ("/docs/:path*", "/docsa", false),
        ("/docs/:path+", "/docs", false),
        ("/docs/:path+", "/docs/a/b", true),
        ("/files{/:name}?", "/files", true),
        ("/files{/:name.txt}?", "/files/a.txt", true),
        ("{/:locale}?/about", "/about", true),
        ("{/:locale}?/about", "/de/about", true),
        ("/:file.:ext?", "/a", true),
    ] {
        assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
    }
}

#[test]
fn case_folding_never_crosses_into_ascii() {
    assert!(!matches("/s", "/\u{17f}"));
    assert!(!matches("/:x(k)", "/\u{212a}"));
}

#[test]
fn captures_go_by_name_and_number() {
    for (pattern, path, expected) in [
        ("/orgs/:slug", "/orgs/acme/", "slug=acme"),
        ("/orgs/:slug/(.*)", "/ORGS/Acme/a/b/", "slug=Acme 0=a/b/"),
        ("/orgs/:id{/:page}?", "/orgs/a%20c", "id=a%20c"),
        ("/orgs/:id{/:page}?", "/orgs/x/y", "id=x page=y"),
        ("/:path+/end", "/a/b/end", "path=a/b"),
        ("/a(.*)", "/abc", "0=bc"),
        ("/:a-:b", "/x-y-z", "a=x-y b=z"),
        ("/:a.:b", "/x.y", "a=x b=y"),
        ("/about", "/about", ""),
        ("/a(b*)?", "/a", ""),
        ("/a(b*)", "/a", "0="),
        ("/ä/:id", "/Ä/ö😀", "id=ö😀"),
    ] {
        let pattern = PathPattern::parse(pattern).unwrap();
        let found = pattern.captures(path).map(|captures| {
            let pairs = captures.iter().map(|(name, value)| format!("{name}={value}"));
            pairs.collect::<Vec<_>>().join(" ")
        });
        assert_eq!(found.as_deref(), Some(expected), "{pattern:?} {path}");
    }
    assert_eq!(PathPattern::parse("/orgs/:id").unwrap().captures("/orgs"), None);
}

#[test]
fn faults_are_placed() {
    for (pattern, fault, at) in [
        ("", PatternFault::NoSlash, 0),
        ("about", PatternFault::NoSlash, 0),
        ("about(.*)", PatternFault::NoSlash, 0),
        (r"\", PatternFault::NoSlash, 0),
        ("/a*", PatternFault::Unexpected, 2),
        ("/((?!api).*)", PatternFault::LookAround, 2),
        ("/:a:b", PatternFault::NothingBetween, 3),
        (":a*", PatternFault::NothingToSeparate, 0),
        ("/x(?:a)", PatternFault::LookAround, 3),
        ("/(a{1000}b{1000})", PatternFault::TooLarge, 0),
    ] {
        assert_eq!(PathPattern::parse(pattern), Err(fault.at(at)), "{pattern}");
    }
    let message = format!("{}", PathPattern::parse("/a*").unwrap_err());
    assert!(message.ends_with("(at character 2 of the pattern)."), "{message}");
}
