//! That the documentation says what the code does.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use sessiongate::{KeyError, Reason};

const UPDATE: &str = "UPDATE_DOCS=1 cargo test --test docs";

#[test]
fn reasons_are_listed_as_the_code_has_them() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reasons.md");
    let text = fs::read_to_string(&file).unwrap();
    let advice = advice(section(&text, "reasons"));
    let reasons = Reason::ALL.iter().map(|reason| {
        let advice = advice.get(reason.code()).map_or("", String::as_str);
        format!("| `{}` | {} | {advice} |\n", reason.code(), reason.message())
    });
    let keys =
        KeyError::ALL.iter().map(|key| format!("| `{}` | {} |\n", key.code(), key.message()));
    let expected =
        replace(&text, "reasons", "| code | when | what to do |\n|---|---|---|\n", reasons);
    let expected = replace(&expected, "keys", "| code | when, and what to do |\n|---|---|\n", keys);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, &expected).unwrap();
    } else {
        assert!(text == expected, "docs/reasons.md is behind the code: run `{UPDATE}`");
    }
    let without: Vec<&str> = Reason::ALL
        .iter()
        .map(|reason| reason.code())
        .filter(|code| advice.get(*code).is_none_or(String::is_empty))
        .collect();
    assert!(without.is_empty(), "write into docs/reasons.md what to do about {without:?}");
}

/// What a guide shows of an application is the file that the tests run.
#[test]
fn guides_show_the_files_that_are_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut shown = 0;
    for entry in fs::read_dir(root.join("docs/guide")).unwrap() {
        let file = entry.unwrap().path();
        let text = fs::read_to_string(&file).unwrap();
        let expected = with_files(&text, root, &mut shown);
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&file, &expected).unwrap();
        }
        assert!(
            text == expected || std::env::var_os("UPDATE_DOCS").is_some(),
            "{} does not show the files of tests/apps: run `{UPDATE}`",
            file.display()
        );
        // Programs are only shown if they are run.
        let name = file.file_stem().unwrap();
        if root.join("tests/apps").join(name).is_dir() {
            // Declarations, which are no programs, are in TypeScript.
            for language in ["js", "jsx", "tsx", "astro", "svelte"] {
                let program = format!("```{language}\n");
                let programs = expected.matches(&program).count();
                let marked = expected.matches(&format!(" -->\n{program}")).count();
                assert_eq!(programs, marked, "{}: programs and files", file.display());
            }
        }
    }
    assert!(shown > 10, "{shown} files");
}

/// Puts the content of each named file into the block of code below its name.
fn with_files(text: &str, root: &Path, shown: &mut usize) -> String {
    let mut parts = text.split(FILE);
    let mut whole = parts.next().unwrap().to_owned();
    for part in parts {
        let (path, rest) = part.split_once(" -->\n```").unwrap();
        let (language, rest) = rest.split_once('\n').unwrap();
        let after = if let Some(after) = rest.strip_prefix("```") {
            after
        } else {
            rest.split_once("\n```").unwrap().1
        };
        let code = fs::read_to_string(root.join(path)).unwrap();
        whole += &format!("{FILE}{path} -->\n```{language}\n{code}```{after}");
        *shown += 1;
    }
    whole
}

const FILE: &str = "<!-- file: ";

#[test]
fn every_reason_has_one_section_of_troubleshooting() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = root.join("docs/troubleshooting.md");
    let text = fs::read_to_string(&file).unwrap();
    let reasons = fs::read_to_string(root.join("docs/reasons.md")).unwrap();
    let advice = advice(section(&reasons, "reasons"));
    let by_code = |code: &str| Reason::ALL.iter().find(|reason| reason.code() == code);
    let mut expected = String::new();
    let mut seen = Vec::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("<!-- trouble: ") {
        let (codes, after) = after.split_once(" -->\n").unwrap();
        let (_, after) = after.split_once("<!-- /trouble -->").unwrap();
        expected.push_str(&format!("{before}<!-- trouble: {codes} -->\n{TROUBLE}"));
        for code in codes.split(' ') {
            let reason = by_code(code).unwrap_or_else(|| panic!("there is no reason {code}"));
            seen.push(code);
            expected.push_str(&format!("| `{code}` | {} | {} |\n", reason.message(), advice[code]));
        }
        expected.push_str("<!-- /trouble -->");
        rest = after;
    }
    expected.push_str(rest);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, &expected).unwrap();
    } else {
        assert!(text == expected, "docs/troubleshooting.md is behind the code: run `{UPDATE}`");
    }
    seen.sort_unstable();
    let mut all: Vec<&str> = Reason::ALL.iter().map(|reason| reason.code()).collect();
    all.sort_unstable();
    assert_eq!(seen, all, "give each reason one section in docs/troubleshooting.md");
}

const TROUBLE: &str = "| code | cause | what to do |\n|---|---|---|\n";

#[test]
fn one_code_never_means_two_things() {
    // A set of keys can be bad in the options and over the network: the same fault, the same code.
    let shared = ["jwks-malformed", "jwks-too-large"];
    for key in KeyError::ALL.iter().filter(|key| !shared.contains(&key.code())) {
        assert!(Reason::ALL.iter().all(|reason| reason.code() != key.code()), "{}", key.code());
    }
}

#[test]
fn every_difference_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("docs/differences.md")).unwrap();
    let mut sources = String::new();
    for folder in ["src", "tests"] {
        read_all(&root.join(folder), &mut sources);
    }
    let mut compared = String::new();
    read_all(&root.join("tests/differential"), &mut compared);
    let mut applications = String::new();
    read_all(&root.join("tests/apps"), &mut applications);
    let mut rows = 0;
    for row in text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| what ")) {
        let tests = row.trim_end_matches(" |").rsplit_once(" | ").unwrap().1;
        let names: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no test in: {row}");
        for name in names {
            // A test by its function, a difference that the comparison with the peer names, or a
            // request to an application.
            let is_named = sources.contains(&format!("fn {name}("))
                || sources.contains(&format!("test('{name}', "))
                || compared.contains(&format!("name: '{name}'"))
                || applications.contains(&format!("'{name}',"));
            assert!(is_named, "there is no test `{name}`: {row}");
        }
        rows += 1;
    }
    assert!(rows > 10, "{rows} rows");
}

/// A header is named by its place in the list, so both sides of the border must have the same one.
#[test]
fn both_sides_of_the_border_name_headers_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = |file: &str, start: &str, quote: char| {
        let text = fs::read_to_string(root.join(file)).unwrap();
        let list = text.split_once(start).unwrap().1.split_once(']').unwrap().0;
        list.split(quote).skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
    };
    let core = list("src/wasm/request.rs", "const HEADERS: &[&str] = &[", '"');
    let host = list("pkg/src/request.ts", "const NAMES = [", '\'');
    assert!(core.len() > 10, "{core:?}");
    assert_eq!(core, host);
}

/// The text between `<!-- name -->` and `<!-- /name -->`.
fn section<'t>(text: &'t str, name: &str) -> &'t str {
    let (_, rest) = text.split_once(&format!("<!-- {name} -->\n")).unwrap();
    rest.split_once(&format!("<!-- /{name} -->")).unwrap().0
}

fn replace(text: &str, name: &str, head: &str, rows: impl Iterator<Item = String>) -> String {
    let table: String = std::iter::once(head.to_owned()).chain(rows).collect();
    text.replacen(section(text, name), &table, 1)
}

/// The last column by the first.
fn advice(table: &str) -> BTreeMap<String, String> {
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let code = row.split('`').nth(1).unwrap();
        let advice = row.trim_end_matches('|').rsplit_once(" |").map_or("", |(_, last)| last);
        (code.to_owned(), advice.trim().to_owned())
    })
    .collect()
}

fn read_all(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_source = |extension: &std::ffi::OsStr| extension == "rs" || extension == "mjs";
        if path.is_dir() && !path.ends_with("node_modules") {
            read_all(&path, text);
        } else if path.extension().is_some_and(is_source) {
            text.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}
