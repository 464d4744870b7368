//! The parts of a path pattern: texts and parameters, as path-to-regexp 6 reads them.

use alloc::string::{String, ToString};
use alloc::vec::{IntoIter, Vec};
use core::iter::Peekable;

use super::error::{PatternError, PatternFault};
use super::lexer::{Lexeme, Token, lex};
use super::part::{Body, Modifier, Parameter, Part};

/// What ends a path segment.
pub(super) const DELIMITERS: [char; 3] = ['/', '#', '?'];
/// A character before a parameter that belongs to it, so that it is optional when the parameter is.
const PREFIXES: [char; 2] = ['.', '/'];

/// Reads a pattern.
pub(super) fn parse(pattern: &str) -> Result<Vec<Part>, PatternError> {
    let end = pattern.chars().count();
    let lexemes = lex(pattern)?.into_iter().peekable();
    let mut parser =
        Parser { lexemes, parts: Vec::new(), text: String::new(), next_number: 0, end };
    while parser.part()? {}
    Ok(parser.parts)
}

struct Parser {
    lexemes: Peekable<IntoIter<Lexeme>>,
    parts: Vec<Part>,
    /// The text since the last parameter.
    text: String,
    next_number: usize,
    end: usize,
}

impl Parser {
    /// Reads up to and with the next parameter or character; false at the end.
    fn part(&mut self) -> Result<bool, PatternError> {
        let character = self.take(|token| match token {
            Token::Char(character) => Some(*character),
            _ => None,
        });
        let at = self.place();
        let (name, group) = (self.name(), self.group());
        if name.is_some() || group.is_some() {
            let prefix = character.filter(|one| PREFIXES.contains(one));
            self.text.extend(character.filter(|_| prefix.is_none()));
            self.end_text();
            let prefix = prefix.map(String::from).unwrap_or_default();
            self.parameter(at, name, group, prefix, String::new())?;
            return Ok(true);
        }
        if let Some(character) = character.or_else(|| self.escaped()) {
            self.text.push(character);
            return Ok(true);
        }
        self.end_text();
        if !self.is_next(&Token::Open) {
            return if self.lexemes.peek().is_some() { Err(self.unexpected()) } else { Ok(false) };
        }
        let prefix = self.text_inside();
        let (name, group) = (self.name(), self.group());
        let suffix = self.text_inside();
        if !self.is_next(&Token::Close) {
            return Err(self.unexpected());
        }
        self.parameter(at, name, group, prefix, suffix)?;
        Ok(true)
    }

    fn parameter(
        &mut self,
        at: usize,
        name: Option<String>,
        group: Option<(String, usize)>,
        prefix: String,
        suffix: String,
    ) -> Result<(), PatternError> {
        let body = match (&name, group) {
            (_, Some((group, at))) => Body::Group(group, at),
            (Some(_), None) => Body::Segment { before: self.text_before(&prefix, at)? },
            (None, None) => Body::Nothing,
        };
        let name = match name {
            Some(name) => name,
            None if body == Body::Nothing => String::new(),
            None => {
                self.next_number += 1;
                (self.next_number - 1).to_string()
            }
        };
        let modifier = self.modifier();
        self.parts.push(Part::Parameter(Parameter { name, prefix, suffix, body, modifier, at }));
        Ok(())
    }

    /// The text that a parameter without a group must not run over.
    ///
    /// Without it the end of `/:a-:b` would be found by trying all; a text that holds a delimiter
    /// ends the segment anyway.
    fn text_before(&self, prefix: &str, at: usize) -> Result<String, PatternError> {
        let before = match self.parts.last() {
            _ if !prefix.is_empty() => prefix,
            None => "",
            Some(Part::Text(text)) => text,
            Some(Part::Parameter(_)) => return Err(PatternFault::NothingBetween.at(at)),
        };
        Ok(if before.contains(DELIMITERS) { String::new() } else { before.into() })
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.parts.push(Part::Text(core::mem::take(&mut self.text)));
        }
    }

    /// Characters and escapes inside of braces.
    fn text_inside(&mut self) -> String {
        let mut text = String::new();
        loop {
            let character = self.take(|token| match token {
                Token::Char(character) => Some(*character),
                _ => None,
            });
            let Some(character) = character.or_else(|| self.escaped()) else { return text };
            text.push(character);
        }
    }

    /// Passes over a `\` at the end of the pattern, which stands for nothing.
    fn escaped(&mut self) -> Option<char> {
        self.take(|token| match token {
            Token::Escaped(character) => Some(*character),
            _ => None,
        })?
    }

    fn name(&mut self) -> Option<String> {
        self.take(|token| match token {
            Token::Name(name) => Some(name.clone()),
            _ => None,
        })
    }

    fn group(&mut self) -> Option<(String, usize)> {
        let at = self.place() + 1;
        let group = self.take(|token| match token {
            Token::Group(group) => Some(group.clone()),
            _ => None,
        });
        group.map(|group| (group, at))
    }

    fn modifier(&mut self) -> Modifier {
        let modifier = self.take(|token| match token {
            Token::Modifier(character) => Some(*character),
            _ => None,
        });
        match modifier {
            None => Modifier::Once,
            Some('?') => Modifier::Optional,
            Some('*') => Modifier::Any,
            Some(_) => Modifier::Many,
        }
    }

    fn is_next(&mut self, token: &Token) -> bool {
        self.lexemes.next_if(|lexeme| lexeme.token == *token).is_some()
    }

    /// Takes the next token if `read` has a use for it.
    fn take<T>(&mut self, read: impl Fn(&Token) -> Option<T>) -> Option<T> {
        let value = read(&self.lexemes.peek()?.token)?;
        self.lexemes.next();
        Some(value)
    }

    fn place(&mut self) -> usize {
        self.lexemes.peek().map_or(self.end, |lexeme| lexeme.at)
    }

    fn unexpected(&mut self) -> PatternError {
        PatternFault::Unexpected.at(self.place())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::vec;

    /// `name|prefix|body|suffix|modifier` for each parameter, texts as they are.
    fn parts(pattern: &str) -> Vec<String> {
        let show = |part| match part {
            Part::Text(text) => text,
            Part::Parameter(Parameter { name, prefix, suffix, body, modifier, .. }) => {
                let body = match body {
                    Body::Nothing => String::new(),
                    Body::Segment { before } => format!("[^{before}]"),
                    Body::Group(group, _) => group,
                };
                format!("{name}|{prefix}|{body}|{suffix}|{modifier:?}")
            }
        };
        parse(pattern).unwrap().into_iter().map(show).collect()
    }

    #[test]
    fn a_slash_or_dot_belongs_to_the_parameter_after_it() {
        assert_eq!(parts("/a/:id"), ["/a", "id|/|[^]||Once"]);
        assert_eq!(parts("/a.:b?"), ["/a", "b|.|[^.]||Optional"]);
        assert_eq!(parts("/a-:b"), ["/a-", "b||[^]||Once"]);
        assert_eq!(parts(r"/a\/:b"), ["/a/", "b||[^]||Once"]);
        assert_eq!(parts("/a(.*)"), ["/a", "0||.*||Once"]);
        assert_eq!(parts("/(.*)+"), ["0|/|.*||Many"]);
    }

    #[test]
    fn groups_without_a_name_are_numbered() {
        assert_eq!(parts(r"/(a)/:b(\d+)*/(c)"), ["0|/|a||Once", r"b|/|\d+||Any", "1|/|c||Once"]);
    }

    #[test]
    fn braces_hold_prefix_and_suffix() {
        assert_eq!(parts("/a{-:b.c}?"), ["/a", "b|-|[^-]|.c|Optional"]);
        assert_eq!(parts("{/a}*"), ["|/a|||Any"]);
        assert_eq!(parts("{}"), ["||||Once"]);
    }

    #[test]
    fn a_text_between_parameters_ends_the_second_too() {
        assert_eq!(parts("/:a-:b"), ["a|/|[^]||Once", "-", "b||[^-]||Once"]);
        assert_eq!(parts("/:a-x/:b"), ["a|/|[^]||Once", "-x", "b|/|[^]||Once"]);
    }

    #[test]
    fn a_backslash_at_the_end_is_nothing() {
        assert_eq!(parts(r"/a\"), ["/a"]);
        assert_eq!(parts(r"\"), Vec::<String>::new());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (pattern, fault, at) in [
            ("/a*", PatternFault::Unexpected, 2),
            ("/:a**", PatternFault::Unexpected, 4),
            ("/a}", PatternFault::Unexpected, 2),
            ("/a{b", PatternFault::Unexpected, 4),
            ("/{a{b}}", PatternFault::Unexpected, 3),
            (r"/{a\", PatternFault::Unexpected, 4),
            ("/:a:b", PatternFault::NothingBetween, 3),
            ("/(x):b", PatternFault::NothingBetween, 4),
            ("{/:a-}{:b}", PatternFault::NothingBetween, 6),
        ] {
            assert_eq!(parse(pattern), Err(fault.at(at)), "{pattern}");
        }
        assert_eq!(parts("/:a{-:b}").len(), 2);
        assert_eq!(parts("/:a(x)(y)"), vec!["a|/|x||Once", "0||y||Once"]);
    }
}
