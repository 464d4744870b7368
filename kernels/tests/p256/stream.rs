//! Cases with their verdicts as a stream of bytes, so that a slow machine need not make them itself.
//!
//! A key: 64 bytes, 1 if it is a key, and the number of its cases. A case: the length of its kind and
//! the kind, the length of the message and the message, 64 bytes, 1 if it is valid. Numbers have four
//! bytes, the least significant first.

use std::io::{self, ErrorKind, Read, Write};

use crate::cases::{Case, KeyCases};
use crate::reference::Verdicts;

pub(crate) fn write(to: &mut impl Write, group: &KeyCases, verdicts: &Verdicts) -> io::Result<()> {
    to.write_all(&group.key)?;
    to.write_all(&[verdicts.is_key.into()])?;
    to.write_all(&(group.cases.len() as u32).to_le_bytes())?;
    for (case, valid) in group.cases.iter().zip(&verdicts.valid) {
        for text in [case.kind.as_bytes(), &case.message] {
            to.write_all(&(text.len() as u32).to_le_bytes())?;
            to.write_all(text)?;
        }
        to.write_all(&case.signature)?;
        to.write_all(&[(*valid).into()])?;
    }
    Ok(())
}

/// Reads one key after the other.
pub(crate) struct Reader<R> {
    from: R,
    kinds: Vec<&'static str>,
}

impl<R: Read> Reader<R> {
    pub(crate) fn new(from: R) -> Self {
        Self { from, kinds: Vec::new() }
    }

    /// The next key; `None` at the end, which must be where a key would begin.
    pub(crate) fn next(&mut self) -> io::Result<Option<(KeyCases, Verdicts)>> {
        let mut key = [0; 64];
        match self.from.read_exact(&mut key[..1]) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
            other => other?,
        }
        self.from.read_exact(&mut key[1..])?;
        let is_key = self.flag()?;
        let (mut cases, mut valid) = (Vec::new(), Vec::new());
        for _ in 0..self.number()? {
            let kind = self.kind()?;
            let message = self.text()?;
            let signature = self.bytes()?;
            cases.push(Case { kind, message, signature, wanted: None });
            valid.push(self.flag()?);
        }
        Ok(Some((KeyCases { key, cases }, Verdicts { is_key, valid })))
    }

    /// There are few kinds, so each is kept for good.
    fn kind(&mut self) -> io::Result<&'static str> {
        let kind = String::from_utf8_lossy(&self.text()?).into_owned();
        if let Some(known) = self.kinds.iter().find(|known| **known == kind) {
            return Ok(known);
        }
        self.kinds.push(kind.leak());
        Ok(self.kinds[self.kinds.len() - 1])
    }

    fn text(&mut self) -> io::Result<Vec<u8>> {
        let mut text = vec![0; self.number()? as usize];
        self.from.read_exact(&mut text)?;
        Ok(text)
    }

    fn number(&mut self) -> io::Result<u32> {
        self.bytes().map(u32::from_le_bytes)
    }

    fn flag(&mut self) -> io::Result<bool> {
        self.bytes().map(|[byte]| byte == 1)
    }

    fn bytes<const LENGTH: usize>(&mut self) -> io::Result<[u8; LENGTH]> {
        let mut bytes = [0; LENGTH];
        self.from.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}
