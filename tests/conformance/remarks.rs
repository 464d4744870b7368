//! The cases whose answer here is not that of their file, one by one, each with its reason.

/// Why an answer may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Remark {
    None,
    /// Refused although the file calls it valid or acceptable.
    Stricter(&'static str),
    /// Accepted although the file calls it invalid: it is valid for another algorithm than the
    /// file's, or the file is mistaken.
    Accepted(&'static str),
}

const MISSING_NULL: &str = "RFC 8017 appendix A.2.4: the DigestInfo has NULL parameters";
const KEY_ALG: &str = "the key says `alg` PS256 and the token PS384";
const P521: &str =
    "ES512 and P-521 are not supported (and the key's `alg` is `ES521`, which does not exist)";
const QUESTION_MARK: &str =
    "RFC 7515 section 2: base64url without any other character; this has a `?`";

const WRONG_HASH: &str =
    "hashed with SHA-256, which is wrong for the file and makes it a valid RS256 signature";
const WRONG_SALT: &str =
    "the salt has 32 bytes, which is wrong for the file and makes it a valid PS256 signature";
const LOST_PADDING: &str =
    "the padding that the comment speaks of is not there: the token is that of the valid case 357";

/// File, `tcId`s, why.
const STRICTER: &[(&str, &[u64], &str)] = &[
    ("rsa_signature_2048_sha256", &[8], MISSING_NULL),
    ("rsa_signature_2048_sha384", &[8], MISSING_NULL),
    ("rsa_signature_2048_sha512", &[8], MISSING_NULL),
    ("rsa_signature_3072_sha256", &[8], MISSING_NULL),
    ("rsa_signature_3072_sha384", &[8], MISSING_NULL),
    ("rsa_signature_3072_sha512", &[8], MISSING_NULL),
    ("rsa_signature_4096_sha256", &[8], MISSING_NULL),
    ("rsa_signature_4096_sha384", &[8], MISSING_NULL),
    ("rsa_signature_4096_sha512", &[8], MISSING_NULL),
    ("rsa_signature_8192_sha256", &[8], MISSING_NULL),
    ("rsa_signature_8192_sha384", &[8], MISSING_NULL),
    ("rsa_signature_8192_sha512", &[8], MISSING_NULL),
    ("json_web_signature_test.json", &[346, 350], KEY_ALG),
    ("json_web_signature_test.json", &[347, 351], P521),
    ("json_web_signature_test.json", &[372, 373], QUESTION_MARK),
];

const ACCEPTED: &[(&str, &[u64], &str)] = &[
    ("rsa_signature_2048_sha224", &[219], WRONG_HASH),
    ("rsa_signature_2048_sha3_224", &[221], WRONG_HASH),
    ("rsa_signature_2048_sha3_256", &[221], WRONG_HASH),
    ("rsa_signature_2048_sha3_384", &[221], WRONG_HASH),
    ("rsa_signature_2048_sha3_512", &[221], WRONG_HASH),
    ("rsa_signature_2048_sha512_224", &[221], WRONG_HASH),
    ("rsa_signature_2048_sha512_256", &[221], WRONG_HASH),
    ("rsa_signature_3072_sha3_256", &[222], WRONG_HASH),
    ("rsa_signature_3072_sha3_384", &[222], WRONG_HASH),
    ("rsa_signature_3072_sha3_512", &[222], WRONG_HASH),
    ("rsa_signature_3072_sha512_256", &[222], WRONG_HASH),
    ("rsa_signature_4096_sha512_256", &[222], WRONG_HASH),
    ("rsa_pss_2048_sha256_mgf1_0", &[69], WRONG_SALT),
    ("json_web_signature_test.json", &[367, 370], LOST_PADDING),
];

/// What is to be said about a case.
pub(crate) fn remark(file: &str, id: u64) -> Remark {
    let why = |table: &'static [(&str, &[u64], &'static str)]| {
        table.iter().find(|(name, ids, _)| *name == file && ids.contains(&id)).map(|entry| entry.2)
    };
    match (why(STRICTER), why(ACCEPTED)) {
        (Some(why), _) => Remark::Stricter(why),
        (None, Some(why)) => Remark::Accepted(why),
        (None, None) => Remark::None,
    }
}

/// How many cases of a file are listed.
pub(crate) fn listed(file: &str) -> usize {
    let entries = STRICTER.iter().chain(ACCEPTED).filter(|(name, _, _)| *name == file);
    entries.map(|(_, ids, _)| ids.len()).sum()
}
