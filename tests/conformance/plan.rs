//! What a group of Wycheproof's signature and MAC vectors is good for here.

use serde_json::Value;

/// What to do with a group.
pub(crate) enum Plan {
    /// The group is about this algorithm.
    Run(&'static str),
    /// The group is about something else under keys of this algorithm, so everything in it must be
    /// refused; the text says why.
    Refuse(&'static str, &'static str),
}

const OTHER_HASH: &str = "RFC 7518 section 3.1: no algorithm of JWS uses this hash";
const OTHER_PSS: &str =
    "RFC 7518 section 3.5: MGF1 has the same hash, the salt is as long as the hash";
const DER: &str = "RFC 7518 section 3.4: the signature is r and s in full length, not DER";
const SHORT_TAG: &str = "RFC 7518 section 3.2: the tag is the complete output of the hash";
const SHORT_KEY: &str =
    "RFC 7518 section 3.2: the key is at least as long as the output of the hash";
const PSS_KEY: &str = "RFC 7518 section 6.3: a key with PSS parameters is not a key of JWS";

/// RSASSA-PKCS1-v1_5.
pub(crate) fn rsa_pkcs1(group: &Value) -> Plan {
    match text(group, "sha") {
        "SHA-256" => Plan::Run("RS256"),
        "SHA-384" => Plan::Run("RS384"),
        "SHA-512" => Plan::Run("RS512"),
        _ => Plan::Refuse("RS256", OTHER_HASH),
    }
}

/// RSASSA-PSS.
pub(crate) fn rsa_pss(group: &Value) -> Plan {
    let parameters = (text(group, "sha"), text(group, "mgfSha"), group["sLen"].as_u64());
    let run = match parameters {
        ("SHA-256", "SHA-256", Some(32)) => Some("PS256"),
        ("SHA-384", "SHA-384", Some(48)) => Some("PS384"),
        ("SHA-512", "SHA-512", Some(64)) => Some("PS512"),
        _ => None,
    };
    if text(group, "type") == "RsassaPssWithParametersVerify" {
        return Plan::Refuse(run.unwrap_or("PS256"), PSS_KEY);
    }
    match (run, parameters.0) {
        (Some(algorithm), _) => Plan::Run(algorithm),
        (None, "SHA-384") => Plan::Refuse("PS384", OTHER_PSS),
        (None, "SHA-512") => Plan::Refuse("PS512", OTHER_PSS),
        (None, _) => Plan::Refuse("PS256", OTHER_PSS),
    }
}

/// ECDSA.
pub(crate) fn ecdsa(group: &Value) -> Plan {
    let algorithm = match text(&group["publicKey"], "curve") {
        "secp256r1" => "ES256",
        "secp384r1" => "ES384",
        curve => panic!("no curve of ours: {curve}"),
    };
    let own_hash =
        matches!((algorithm, text(group, "sha")), ("ES256", "SHA-256") | ("ES384", "SHA-384"));
    match text(group, "type") {
        "EcdsaP1363Verify" if own_hash => Plan::Run(algorithm),
        "EcdsaP1363Verify" => Plan::Refuse(algorithm, OTHER_HASH),
        _ => Plan::Refuse(algorithm, DER),
    }
}

/// HMAC with SHA-256.
pub(crate) fn hs256(group: &Value) -> Plan {
    hmac("HS256", 256, group)
}

/// HMAC with SHA-384.
pub(crate) fn hs384(group: &Value) -> Plan {
    hmac("HS384", 384, group)
}

/// HMAC with SHA-512.
pub(crate) fn hs512(group: &Value) -> Plan {
    hmac("HS512", 512, group)
}

fn hmac(algorithm: &'static str, bits: u64, group: &Value) -> Plan {
    let size = |name: &str| group[name].as_u64().expect("a size");
    if size("keySize") < bits {
        Plan::Refuse(algorithm, SHORT_KEY)
    } else if size("tagSize") < bits {
        Plan::Refuse(algorithm, SHORT_TAG)
    } else {
        Plan::Run(algorithm)
    }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}
