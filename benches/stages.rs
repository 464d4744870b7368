//! The stages of a decision one by one, natively: `cargo bench`. Every answer is compared once before
//! it is timed.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a measurement stops at what it did not expect"
)]
#![allow(dead_code, unused_imports, reason = "the support of the tests does more")]

#[path = "../tests/support/mint.rs"]
mod mint;

use std::cell::RefCell;

use divan::{Bencher, black_box};
use mint::Signer;
use sessiongate::{
    Algorithm, Budget, Gate, GateConfig, Json, Jws, KernelVerifier, Outcome, RequestHead,
    RingVerifier, RouteMatcher, SignatureVerifier, UnixMillis, VerifyingKey,
};

fn main() {
    divan::main();
}

const SECONDS: i64 = 1_750_000_000;
const NOW: UnixMillis = UnixMillis(SECONDS * 1000);
const URL: &str = "https://app.example.com/dashboard/42";
const PUBLIC_URL: &str = "https://app.example.com/pricing";
/// As in benches/peers.
const TOKEN_BYTES: usize = 1222;
const COOKIE_BYTES: usize = 1741;
/// More than the gate remembers, so that in turns each is new.
const COLD_TOKENS: usize = 1100;
const REMEMBERED: usize = 1000;

/// Reading the lines of a request.
#[divan::bench]
fn request(bencher: Bencher) {
    let cookie = cookie(&token(0));
    let headers = headers(&cookie);
    bencher.bench(|| RequestHead::new("GET", black_box(URL), black_box(&headers)).is_ok());
}

/// Cookies and route of a visitor whom nobody knows; `no_cookies` is the same without the first.
#[divan::bench]
fn anonymous(bencher: Bencher) {
    let cookie = others(COOKIE_BYTES - TOKEN_BYTES);
    decide(bencher, PUBLIC_URL, &cookie);
}

#[divan::bench]
fn anonymous_no_cookies(bencher: Bencher) {
    decide(bencher, PUBLIC_URL, "");
}

/// The compact form taken apart, with its header read.
#[divan::bench]
fn token_parse(bencher: Bencher) {
    let token = token(0);
    assert!(Jws::parse(&token, &Budget::DEFAULT).is_ok());
    bencher.bench(|| Jws::parse(black_box(&token), &Budget::DEFAULT).is_ok());
}

/// The JSON of the claims.
#[divan::bench]
fn claims(bencher: Bencher) {
    let token = token(0);
    let jws = Jws::parse(&token, &Budget::DEFAULT).unwrap();
    assert!(Json::parse(jws.payload(), &Budget::DEFAULT).is_ok());
    bencher.bench(|| Json::parse(black_box(jws.payload()), &Budget::DEFAULT).is_ok());
}

/// Whether a path is one of so many.
#[divan::bench(args = [1, 10, 100, 1000])]
fn policy(bencher: Bencher, patterns: usize) {
    let paths = (0..patterns).map(|area| format!("\"/area-{area}/:id(.*)\"")).collect::<Vec<_>>();
    let matcher = RouteMatcher::from_json(&format!("[{}]", paths.join(","))).unwrap();
    let path = format!("/area-{}/42/settings", patterns - 1);
    assert_eq!(matcher.matches(&path), Ok(true));
    bencher.bench(|| matcher.matches(black_box(&path)));
}

/// One signature over 900 bytes, with `ring`.
#[divan::bench(args = ["RS256", "RS512", "PS256", "ES256", "ES384", "EdDSA", "HS256"])]
fn signature_ring(bencher: Bencher, algorithm: &str) {
    verify(bencher, &RingVerifier, algorithm);
}

/// The same with the kernels, which are made for WebAssembly and have no SIMD natively.
#[divan::bench(args = ["RS256", "RS512", "ES256"])]
fn signature_kernel(bencher: Bencher, algorithm: &str) {
    verify(bencher, &KernelVerifier::new(RingVerifier), algorithm);
}

/// A whole decision with a token that was seen before.
#[divan::bench]
fn decision_warm(bencher: Bencher) {
    decide(bencher, URL, &cookie(&token(0)));
}

/// A whole decision with a token that is new.
#[divan::bench]
fn decision_cold(bencher: Bencher) {
    let cookies: Vec<_> = (0..COLD_TOKENS).map(|user| cookie(&token(user))).collect();
    let all: Vec<_> = cookies.iter().map(|cookie| headers(cookie)).collect();
    let gate = RefCell::new(gate());
    let mut turn = all.iter().cycle();
    bencher.bench_local(|| {
        let head = RequestHead::new("GET", URL, turn.next().unwrap()).unwrap();
        let decision = gate.borrow_mut().check(&head, NOW).unwrap();
        assert_eq!(decision.outcome, Outcome::Allow);
        decision
    });
}

fn verify(bencher: Bencher, engine: &dyn SignatureVerifier, algorithm: &str) {
    let message = [0x61; 900];
    let signer = Signer::for_algorithm(algorithm);
    let signature = signer.sign(algorithm, &message);
    let algorithm = Algorithm::from_name(algorithm).unwrap();
    let key = match signer.public_pem() {
        Some(pem) => VerifyingKey::from_pem(pem, Some(algorithm)),
        None => VerifyingKey::from_secret(mint::SECRET, algorithm),
    }
    .unwrap();
    assert!(engine.verify(&key, &message, &signature).is_ok());
    assert!(engine.verify(&key, &message[1..], &signature).is_err());
    bencher.bench_local(|| engine.verify(&key, black_box(&message), black_box(&signature)));
}

fn decide(bencher: Bencher, url: &str, cookie: &str) {
    let headers = headers(cookie);
    let gate = RefCell::new(gate());
    let check = || {
        let head = RequestHead::new("GET", black_box(url), &headers).unwrap();
        gate.borrow_mut().check(&head, NOW).unwrap()
    };
    assert_eq!(check().outcome, Outcome::Allow);
    bencher.bench_local(check);
}

fn gate() -> Gate {
    let options = serde_json::json!({
        "provider": {
            "kind": "clerk",
            "publishableKey": "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k",
            "jwtKey": Signer::Rsa2048A.public_pem(),
            "authorizedParties": ["https://app.example.com"],
        },
        "routes": [
            { "path": ["/", "/pricing", "/about"], "access": "public" },
            { "path": "/sign-in(.*)", "access": "public" },
            { "path": "/admin(.*)", "access": { "role": "org:admin" } },
            { "path": "/api(.*)", "access": "signed-in", "onDenied": "status" },
            { "path": "/dashboard(.*)", "access": "signed-in" },
        ],
        "cache": { "maxTokens": REMEMBERED },
    });
    Gate::new(GateConfig::from_json(&options.to_string()).unwrap()).unwrap()
}

fn headers(cookie: &str) -> [(&str, &str); 3] {
    [("cookie", cookie), ("host", "app.example.com"), ("sec-fetch-dest", "document")]
}

fn cookie(token: &str) -> String {
    let own = format!("__client_uat=1700000000; __session={token}; ");
    let rest = others(COOKIE_BYTES - own.len());
    own + &rest
}

/// Cookies of so many bytes that mean nothing to the gate.
fn others(bytes: usize) -> String {
    let mut text: Vec<_> = (0..7).map(|name| format!("other{name}={}", "v".repeat(50))).collect();
    let rest = bytes - text.iter().map(|cookie| cookie.len() + 2).sum::<usize>();
    text.push(format!("last={}", "v".repeat(rest - "last=".len())));
    text.join("; ")
}

fn token(user: usize) -> String {
    let header = r#"{"alg":"RS256","cat":"cl_B7d4PD111AAA","kid":"ins_2a","typ":"JWT"}"#;
    let claims = |note: &str| {
        serde_json::json!({
            "azp": "https://app.example.com", "exp": SECONDS + 50, "iat": SECONDS - 10,
            "iss": "https://clerk.example.com", "nbf": SECONDS - 20, "fva": [0, -1],
            "sid": format!("sess_{user:08}"), "sts": "active", "sub": format!("user_{user:08}"),
            "v": 2, "note": note,
        })
        .to_string()
    };
    let head = mint::base64url(header.as_bytes());
    // Four letters for three bytes, and the signature and the dots beside it.
    let payload = (TOKEN_BYTES - head.len() - 344) * 3 / 4;
    let payload = claims(&"n".repeat(payload - claims("").len()));
    let input = format!("{head}.{}", mint::base64url(payload.as_bytes()));
    let signature = Signer::Rsa2048A.sign("RS256", input.as_bytes());
    let token = format!("{input}.{}", mint::base64url(&signature));
    assert_eq!(token.len(), TOKEN_BYTES);
    token
}
