//! The signature engine of the host: a synchronous function of the runtime, where it has one.
//!
//! Nothing of a token's form is left to it. Lengths and ranges are checked here, so that it is only
//! asked what is plain arithmetic and the same in every runtime.

use alloc::borrow::Cow;
use alloc::rc::Rc;
use alloc::string::String;
use core::cell::RefCell;
use std::thread_local;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::base64url;
use crate::json::writer::ObjectWriter;
use crate::key::{Algorithm, KeyMaterial, VerifyingKey};
use crate::signature::Recent;
use crate::signature::ecdsa_der::{P256_ORDER, P384_ORDER, from_fixed};

#[wasm_bindgen]
extern "C" {
    /// `{ importKey(jwk): unknown, verify(algorithm, key, message, signature): 0 | 1 | 2 }`; neither
    /// ever throws.
    pub type Host;

    /// A key that `verify` takes, or null.
    #[wasm_bindgen(method, js_name = importKey)]
    fn import_key(this: &Host, jwk: &str) -> JsValue;

    /// [`INVALID`], [`VALID`], or anything else if the host cannot tell. ECDSA signatures are in DER.
    #[wasm_bindgen(method)]
    fn verify(this: &Host, algorithm: u32, key: &JsValue, message: &[u8], signature: &[u8]) -> u32;
}

const INVALID: u32 = 0;
const VALID: u32 = 1;

/// As many keys are kept imported.
const KEYS: usize = 8;

/// Connects the host. `available` and `preferred` have the bit 2^i set for the algorithm at the place
/// i of [`Algorithm::ALL`]: for those that the host verifies, and those that it is the fastest for.
#[wasm_bindgen(js_name = setHost)]
pub fn set_host(host: Host, available: u32, preferred: u32) {
    HOST.with_borrow_mut(|connected| {
        *connected = Some(Connected {
            host: Rc::new(host),
            available,
            preferred: preferred & available,
            keys: Recent::default(),
        });
    });
}

/// Whether there is a host to be asked.
pub(super) fn is_connected() -> bool {
    HOST.with_borrow(Option::is_some)
}

/// What the host says; `None` if it is not to be asked, or cannot tell.
pub(super) fn verify(
    key: &VerifyingKey,
    message: &[u8],
    signature: &[u8],
    only_preferred: bool,
) -> Option<bool> {
    let number = number_of(key.algorithm())?;
    let is_asked = HOST.with_borrow(|connected| {
        let connected = connected.as_ref()?;
        let asked = if only_preferred { connected.preferred } else { connected.available };
        Some(asked >> number & 1 == 1)
    });
    if is_asked != Some(true) {
        return None;
    }
    let Some(signature) = well_formed(key.material(), signature)? else { return Some(false) };
    // While JavaScript runs nothing is borrowed.
    let (host, key) = HOST.with_borrow_mut(|connected| connected.as_mut()?.key(key.material()))?;
    match host.verify(number, &key, message, &signature) {
        INVALID => Some(false),
        VALID => Some(true),
        _ => None,
    }
}

struct Connected {
    host: Rc<Host>,
    available: u32,
    preferred: u32,
    /// By modulus or point; the exponent is 65537. Null for a key that the host does not take.
    keys: Recent<Rc<JsValue>, KEYS>,
}

impl Connected {
    fn key(&mut self, material: &KeyMaterial) -> Option<(Rc<Host>, Rc<JsValue>)> {
        let Self { host, keys, .. } = self;
        let make = || Some(Rc::new(host.import_key(&jwk(material)?)));
        let key = keys.find_or_make(name(material)?, make)?;
        (!key.is_null()).then(|| (Rc::clone(host), Rc::clone(key)))
    }
}

thread_local! {
    static HOST: RefCell<Option<Connected>> = const { RefCell::new(None) };
}

fn number_of(algorithm: Algorithm) -> Option<u32> {
    let place = Algorithm::ALL.iter().position(|one| *one == algorithm)?;
    u32::try_from(place).ok()
}

/// The signature as the host takes it, `Some(None)` if it is none, `None` for keys that stay here:
/// secrets, Ed25519, on whose odd signatures hosts do not agree, and unusual exponents.
pub(super) fn well_formed<'s>(
    material: &KeyMaterial,
    signature: &'s [u8],
) -> Option<Option<Cow<'s, [u8]>>> {
    match material {
        // RFC 8017 sections 8.1.2 and 8.2.2, step 1, and 5.2.2, step 1.
        KeyMaterial::Rsa { modulus, exponent } => (**exponent == [1, 0, 1]).then(|| {
            let fits = signature.len() == modulus.len() && signature < &**modulus;
            fits.then_some(Cow::Borrowed(signature))
        }),
        KeyMaterial::P256(_) => Some(from_fixed(signature, &P256_ORDER).map(Cow::Owned)),
        KeyMaterial::P384(_) => Some(from_fixed(signature, &P384_ORDER).map(Cow::Owned)),
        _ => None,
    }
}

/// What tells keys apart. The lengths of moduli and points are never the same.
fn name(material: &KeyMaterial) -> Option<&[u8]> {
    match material {
        KeyMaterial::Rsa { modulus, .. } => Some(modulus),
        KeyMaterial::P256(point) => Some(&point[..]),
        KeyMaterial::P384(point) => Some(&point[..]),
        _ => None,
    }
}

/// The key as a JWK (RFC 7517), for those that the host may be asked with.
pub(super) fn jwk(material: &KeyMaterial) -> Option<String> {
    let text = |bytes: &[u8]| base64url::encode(bytes);
    let point = |curve: &str, point: &[u8]| {
        let (_, coordinates) = point.split_first()?;
        let (x, y) = coordinates.split_at_checked(coordinates.len() / 2)?;
        let writer = ObjectWriter::new().string("kty", "EC").string("crv", curve);
        Some(writer.string("x", &text(x)).string("y", &text(y)).finish())
    };
    match material {
        KeyMaterial::Rsa { modulus, exponent } => {
            let writer = ObjectWriter::new().string("kty", "RSA").string("n", &text(modulus));
            Some(writer.string("e", &text(exponent)).finish())
        }
        KeyMaterial::P256(bytes) => point("P-256", &bytes[..]),
        KeyMaterial::P384(bytes) => point("P-384", &bytes[..]),
        _ => None,
    }
}
