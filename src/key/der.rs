//! The part of DER (ITU-T X.690) that public keys use: one-byte tags and definite lengths in
//! their shortest form. Anything else is refused.

/// Tags of the types that occur in public keys.
pub(crate) mod tag {
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const NULL: u8 = 0x05;
    pub(crate) const OID: u8 = 0x06;
    pub(crate) const SEQUENCE: u8 = 0x30;
    /// `[0]`, constructed: what a certificate's body begins with.
    pub(crate) const CONTEXT_0: u8 = 0xa0;
}

/// Reads one element after the other.
#[derive(Clone, Copy)]
pub(crate) struct Der<'a> {
    rest: &'a [u8],
}

impl<'a> Der<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether everything has been read.
    pub(crate) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The tag of the next element.
    pub(crate) fn next_tag(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The contents of the next element, which must have the tag `tag`.
    pub(crate) fn read(&mut self, tag: u8) -> Option<&'a [u8]> {
        let (&found, rest) = self.rest.split_first()?;
        if found != tag {
            return None;
        }
        let (length, rest) = read_length(rest)?;
        let (contents, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        Some(contents)
    }

    /// The elements of the next element, a sequence.
    pub(crate) fn read_sequence(&mut self) -> Option<Self> {
        self.read(tag::SEQUENCE).map(Self::new)
    }

    /// The next element, a positive integer, big endian without leading zeros
    /// (X.690 section 8.3: the shortest form, with a zero octet only to keep the sign).
    pub(crate) fn read_positive_integer(&mut self) -> Option<&'a [u8]> {
        match self.read(tag::INTEGER)? {
            [0, number @ ..] if number.first().is_some_and(|first| *first >= 0x80) => Some(number),
            number @ [1..=0x7f, ..] => Some(number),
            _ => None,
        }
    }

    /// The next element, a bit string of whole octets (X.690 section 8.6).
    pub(crate) fn read_octets_of_bit_string(&mut self) -> Option<&'a [u8]> {
        match self.read(tag::BIT_STRING)? {
            [0, octets @ ..] => Some(octets),
            _ => None,
        }
    }
}

/// The length that `bytes` starts with, and what follows it (X.690 sections 8.1.3 and 10.1).
fn read_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    match *bytes {
        [short @ 0..=0x7f, ref rest @ ..] => Some((usize::from(short), rest)),
        [0x81, length @ 0x80..=0xff, ref rest @ ..] => Some((usize::from(length), rest)),
        [0x82, high @ 1..=0xff, low, ref rest @ ..] => {
            Some((usize::from(u16::from_be_bytes([high, low])), rest))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn elements_are_read_in_order() {
        let mut outer = Der::new(&[0x30, 5, 2, 1, 7, 5, 0]);
        let mut inner = outer.read_sequence().unwrap();
        assert!(outer.is_at_end());
        assert_eq!(inner.next_tag(), Some(tag::INTEGER));
        assert_eq!(inner.read_positive_integer(), Some(&[7_u8][..]));
        assert!(!inner.is_at_end());
        assert_eq!(inner.read(tag::NULL), Some(&[][..]));
        assert!(inner.is_at_end());
        assert_eq!(inner.read(tag::NULL), None);
    }

    #[test]
    fn a_wrong_tag_reads_nothing() {
        let mut der = Der::new(&[2, 1, 7]);
        assert_eq!(der.read(tag::OID), None);
        assert_eq!(der.read(tag::INTEGER), Some(&[7_u8][..]));
    }

    #[test]
    fn long_lengths_are_read() {
        for length in [0_usize, 0x7f, 0x80, 0xff, 0x100, 0xffff] {
            let mut bytes = match length {
                0..=0x7f => vec![4, length as u8],
                0x80..=0xff => vec![4, 0x81, length as u8],
                _ => vec![4, 0x82, (length >> 8) as u8, length as u8],
            };
            bytes.resize(bytes.len() + length, 1);
            assert_eq!(Der::new(&bytes).read(4).map(<[u8]>::len), Some(length));
            bytes.pop();
            assert_eq!(Der::new(&bytes).read(4), None);
        }
    }

    #[test]
    fn other_forms_of_a_length_are_refused() {
        for bytes in [
            &[4][..],
            &[4, 0x80, 1, 0, 0],
            &[4, 0x81, 1, 1],
            &[4, 0x81],
            &[4, 0x82, 0, 0x80],
            &[4, 0x83, 0, 0, 1, 1],
            &[4, 0xff, 1],
        ] {
            assert_eq!(Der::new(bytes).read(4), None, "{bytes:?}");
        }
    }

    #[test]
    fn integers_are_positive_and_shortest() {
        for (bytes, number) in [
            (&[2, 1, 1][..], Some(&[1_u8][..])),
            (&[2, 2, 0, 0x80], Some(&[0x80])),
            (&[2, 1, 0], None),
            (&[2, 0], None),
            (&[2, 1, 0x80], None),
            (&[2, 2, 0, 0x7f], None),
            (&[2, 3, 0, 0, 0x80], None),
        ] {
            assert_eq!(Der::new(bytes).read_positive_integer(), number, "{bytes:?}");
        }
    }

    #[test]
    fn bit_strings_have_whole_octets() {
        assert_eq!(Der::new(&[3, 3, 0, 8, 9]).read_octets_of_bit_string(), Some(&[8_u8, 9][..]));
        assert_eq!(Der::new(&[3, 2, 1, 8]).read_octets_of_bit_string(), None);
        assert_eq!(Der::new(&[3, 0]).read_octets_of_bit_string(), None);
    }
}
