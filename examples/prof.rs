use sessiongate::*;
use std::time::Instant;
fn main() {
    let opts = std::fs::read_to_string("/tmp/opts.json").unwrap();
    let mut gate = Gate::new(GateConfig::from_json(&opts).unwrap()).unwrap();
    let cookie = std::fs::read_to_string("/tmp/cookie.txt").unwrap();
    let now = UnixMillis(std::fs::read_to_string("/tmp/now.txt").unwrap().parse().unwrap());
    let base = vec![
        ("host", "app.example.com"),
        ("accept", "text/html"),
        ("sec-fetch-dest", "document"),
        ("user-agent", "Mozilla/5.0"),
    ];
    let mut signed = base.clone();
    signed.push(("cookie", cookie.as_str()));
    for (name, headers) in [("anon", &base), ("signed", &signed)] {
        let head = RequestHead::new("GET", "https://app.example.com/dashboard", headers).unwrap();
        for _ in 0..2000 {
            std::hint::black_box(gate.check(&head, now).unwrap());
        }
        let n = 20000;
        let t = Instant::now();
        for _ in 0..n {
            std::hint::black_box(
                RequestHead::new("GET", "https://app.example.com/dashboard", headers).unwrap(),
            );
        }
        println!("{name} head {:?}", t.elapsed() / n);
        let t = Instant::now();
        for _ in 0..n {
            std::hint::black_box(gate.authenticate(&head, now).unwrap());
        }
        println!("{name} authenticate {:?}", t.elapsed() / n);
        let t = Instant::now();
        for _ in 0..n {
            std::hint::black_box(gate.check(&head, now).unwrap());
        }
        println!("{name} check {:?}", t.elapsed() / n);
        let d = gate.check(&head, now).unwrap();
        let t = Instant::now();
        for _ in 0..n {
            std::hint::black_box(d.to_json());
        }
        println!("{name} to_json {:?} {:?}", t.elapsed() / n, d.outcome);
    }
}
