//! The tokens of a path pattern, as path-to-regexp 6 splits them.

use alloc::string::String;
use alloc::vec::Vec;

use super::error::{PatternError, PatternFault};

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `{`
    Open,
    /// `}`
    Close,
    /// The inside of `(…)`.
    Group(String),
    /// The name after `:`.
    Name(String),
    /// Any other character.
    Char(char),
    /// The character after `\`; nothing at the end of the pattern.
    Escaped(Option<char>),
    /// `?`, `*` or `+`.
    Modifier(char),
}

/// A token and where it starts, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub(super) token: Token,
    pub(super) at: usize,
}

/// Splits a pattern.
pub(super) fn lex(pattern: &str) -> Result<Vec<Lexeme>, PatternError> {
    let characters: Vec<char> = pattern.chars().collect();
    let mut lexer = Lexer { characters: &characters, at: 0 };
    let mut lexemes = Vec::new();
    while let Some(character) = lexer.next() {
        let at = lexer.at - 1;
        let token = match character {
            '*' | '+' | '?' => Token::Modifier(character),
            '\\' => Token::Escaped(lexer.next()),
            '{' => Token::Open,
            '}' => Token::Close,
            ':' => Token::Name(lexer.name().ok_or(PatternFault::NameMissing.at(at))?),
            '(' => Token::Group(lexer.group(at)?),
            other => Token::Char(other),
        };
        lexemes.push(Lexeme { token, at });
    }
    Ok(lexemes)
}

struct Lexer<'c> {
    characters: &'c [char],
    at: usize,
}

impl Lexer<'_> {
    fn next(&mut self) -> Option<char> {
        let character = self.characters.get(self.at).copied()?;
        self.at += 1;
        Some(character)
    }

    fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    fn name(&mut self) -> Option<String> {
        let mut name = String::new();
        while let Some(character) = self.peek().filter(|c| c.is_ascii_alphanumeric() || *c == '_') {
            name.push(character);
            self.at += 1;
        }
        (!name.is_empty()).then_some(name)
    }

    /// The inside of a group up to its `)`. Counts parentheses without regard to `[…]`, as the
    /// peer does.
    fn group(&mut self, start: usize) -> Result<String, PatternError> {
        if self.peek() == Some('?') {
            return Err(PatternFault::LookAround.at(self.at));
        }
        let mut inside = String::new();
        let mut depth = 1_usize;
        while let Some(character) = self.next() {
            match character {
                '\\' => {
                    inside.push(character);
                    inside.extend(self.next());
                    continue;
                }
                ')' => depth -= 1,
                '(' if self.peek() != Some('?') => {
                    return Err(PatternFault::GroupCaptures.at(self.at - 1));
                }
                '(' => depth += 1,
                _ => {}
            }
            if depth == 0 {
                let is_empty = inside.is_empty();
                return if is_empty { Err(PatternFault::GroupEmpty.at(start)) } else { Ok(inside) };
            }
            inside.push(character);
        }
        Err(PatternFault::GroupUnclosed.at(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn every_kind_of_token() {
        let tokens: Vec<(Token, usize)> = lex(r"/:a_1(\)x)*{\}}ä\")
            .unwrap()
            .into_iter()
            .map(|lexeme| (lexeme.token, lexeme.at))
            .collect();
        assert_eq!(
            tokens,
            vec![
                (Token::Char('/'), 0),
                (Token::Name("a_1".into()), 1),
                (Token::Group(r"\)x".into()), 5),
                (Token::Modifier('*'), 10),
                (Token::Open, 11),
                (Token::Escaped(Some('}')), 12),
                (Token::Close, 14),
                (Token::Char('ä'), 15),
                (Token::Escaped(None), 16),
            ]
        );
    }

    #[test]
    fn groups_nest_only_without_capturing() {
        assert_eq!(lex("(a(?:b|(?:c))d)").unwrap()[0].token, Token::Group("a(?:b|(?:c))d".into()));
        for (pattern, fault, at) in [
            ("/:", PatternFault::NameMissing, 1),
            ("/:-", PatternFault::NameMissing, 1),
            ("/()", PatternFault::GroupEmpty, 1),
            ("/(a", PatternFault::GroupUnclosed, 1),
            (r"/(a\)", PatternFault::GroupUnclosed, 1),
            ("/(a(b))", PatternFault::GroupCaptures, 3),
            ("/([(])", PatternFault::GroupCaptures, 3),
            ("/(?:a)", PatternFault::LookAround, 2),
        ] {
            assert_eq!(lex(pattern), Err(fault.at(at)), "{pattern}");
        }
    }
}
