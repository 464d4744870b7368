//! The generator of the group of points, which every signature is about.

use core::fmt;

use super::field::Element;
use super::multiples::Multiples;
use super::point::Affine;

/// The generator with what is precomputed of it: one value serves for all keys.
#[derive(Clone)]
pub struct Generator {
    multiples: Multiples,
}

/// G (SP 800-186 section 3.2.1.3).
const POINT: Affine = Affine {
    x: Element::new([
        -0x0add_787d,
        0x0730_d419,
        0x0db0_0bcf,
        0x057f_11fb,
        0x0a20_eb75,
        -0x0d48_89de,
        0x0330_fdba,
        -0x050b_22a9,
        0x0012_0bef,
    ]),
    y: Element::new([
        -0x0d55_3eb0,
        -0x0dac_a831,
        0x0f22_e6f0,
        0x0e39_0e86,
        0x064b_1695,
        0x088d_d21f,
        0x02a9_7443,
        0x0296_2176,
        0x00ae_3fe3,
    ]),
};

impl Generator {
    /// The generator without a table; 2 KB.
    #[must_use]
    pub fn new() -> Self {
        // Without multiples, which the tests exclude, every signature would be refused.
        Self { multiples: Multiples::row(&POINT).unwrap_or_default() }
    }

    /// Builds the table, unless there is one: 97 KB, and the time of some verifications.
    pub fn build_table(&mut self) {
        self.multiples.build_table();
    }

    /// Whether the table was built.
    #[must_use]
    pub fn has_table(&self) -> bool {
        self.multiples.is_table()
    }

    pub(super) fn multiples(&self) -> &Multiples {
        &self.multiples
    }
}

impl Default for Generator {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Generator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Generator").field("has_table", &self.has_table()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{GX, GY, hex};
    use super::*;

    #[test]
    fn the_point_is_that_of_the_standard() {
        assert_eq!(POINT.numbers(), (hex(GX), hex(GY)));
        assert!(Affine::new(POINT.x, POINT.y).is_some());
    }

    #[test]
    fn there_are_multiples_from_the_start_and_a_table_when_asked_for() {
        let mut generator = Generator::default();
        assert_eq!(generator.multiples().get(0, 1).unwrap().numbers(), (hex(GX), hex(GY)));
        assert!(!generator.has_table());
        generator.build_table();
        assert!(generator.has_table());
    }
}
