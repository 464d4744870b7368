//! Every decision of `tests/conformance/decisions.json`, made natively. The npm package makes the
//! same ones in each runtime; the file's form is in `tests/conformance/README.md`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it did not expect"
)]

use serde_json::{Map, Value, json};
use sessiongate::{Fact, Gate, GateConfig, HttpReply, Need, RequestHead, UnixMillis};

const CASES: &str = include_str!("conformance/decisions.json");

#[test]
fn every_decision_is_as_the_file_says() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    assert!(cases.len() > 400, "{} cases", cases.len());
    let differences: Vec<String> = cases.iter().flat_map(differences).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What is otherwise than one case expects, each with the name of the case.
fn differences(case: &Value) -> Vec<String> {
    let mut found = Comparison { name: case["name"].to_string(), differences: Vec::new() };
    let config = GateConfig::from_json(&case["options"].to_string()).and_then(Gate::new);
    let mut gate = match (config, &case["expect"]["error"]) {
        (Ok(gate), Value::Null) => gate,
        (Err(error), expected) => {
            let actual = json!({ "code": error.code, "option": error.option });
            found.compare("error", &actual, expected);
            return found.differences;
        }
        (Ok(_), expected) => {
            found.compare("error", &Value::Null, expected);
            return found.differences;
        }
    };
    let mut network = Network { replies: &case["replies"], asked: Vec::new() };
    let steps = case["steps"].as_array().map_or(std::slice::from_ref(case), Vec::as_slice);
    for step in steps {
        let before = network.asked.len();
        let mut decision = decide(&mut gate, step, &mut network);
        decision["asked"] = network.asked[before..].iter().cloned().collect();
        found.compare_all(&decision, &step["expect"]);
    }
    found.differences
}

struct Comparison {
    name: String,
    differences: Vec<String>,
}

impl Comparison {
    /// Looks at what `expect` names: members of state, auth, headers and requests, everything else
    /// as a whole.
    fn compare_all(&mut self, decision: &Value, expect: &Value) {
        for (name, expected) in members(expect) {
            match name.as_str() {
                "auth" => self.compare_members(name, &decision["state"]["auth"], expected),
                "state" | "headers" => self.compare_members(name, &decision[name], expected),
                "asked" => {
                    let (asked, expected) = (&decision["asked"], expected.as_array().unwrap());
                    let count = asked.as_array().unwrap().len();
                    self.compare("number of requests", &count.into(), &expected.len().into());
                    for (index, expected) in expected.iter().enumerate() {
                        self.compare_members(&format!("asked[{index}]"), &asked[index], expected);
                    }
                }
                _ => self.compare(name, &decision[name], expected),
            }
        }
    }

    fn compare_members(&mut self, what: &str, actual: &Value, expected: &Value) {
        for (member, expected) in members(expected) {
            self.compare(&format!("{what}.{member}"), &actual[member], expected);
        }
    }

    fn compare(&mut self, what: &str, actual: &Value, expected: &Value) {
        if actual != expected {
            self.differences.push(format!("{}: {what} is {actual}, not {expected}", self.name));
        }
    }
}

/// The decision as the border gives it, but with the headers by name, and the cookies apart.
fn decide(gate: &mut Gate, step: &Value, network: &mut Network<'_>) -> Value {
    let text = |name: &str| step["request"][name].as_str().unwrap();
    let headers = headers(&step["request"]["headers"]);
    let head = RequestHead::new(text("method"), text("url"), &headers).unwrap();
    let now = UnixMillis(step["now"].as_i64().unwrap());
    let decision = loop {
        match gate.check(&head, now) {
            Ok(decision) => break decision,
            Err(need) => gate.supply(&network.answer(&need, now)).unwrap(),
        }
    };
    let mut decision: Value = serde_json::from_str(&decision.to_json()).unwrap();
    decision["cookies"] = cookies(&decision["headers"]);
    decision["headers"] = by_name(&decision["headers"]);
    decision
}

/// A network that answers as a case says.
struct Network<'c> {
    /// By address: one reply, or a list of them of which the last one stays.
    replies: &'c Value,
    asked: Vec<Value>,
}

impl Network<'_> {
    fn answer(&mut self, need: &Need, now: UnixMillis) -> Fact {
        let request = &need.request;
        let count = self.asked.iter().filter(|one| one["url"] == request.url).count();
        let pairs = request.headers.iter().map(|(name, value)| ((*name).to_owned(), json!(value)));
        self.asked.push(json!({
            "method": request.method,
            "url": request.url,
            "headers": pairs.collect::<Map<_, _>>(),
            "body": request.body,
        }));
        // Nobody answers where the case has no reply.
        let replies = &self.replies[&request.url];
        let list = replies.as_array().map_or(std::slice::from_ref(replies), Vec::as_slice);
        match &list[count.min(list.len() - 1)] {
            Value::Null => need.unanswered(now),
            reply => Fact { reply: Some(reply_of(reply, need)), ..need.unanswered(now) },
        }
    }
}

/// With those headers alone that the need asks for.
fn reply_of(reply: &Value, need: &Need) -> HttpReply {
    let pairs = reply["headers"].as_array().map_or(&[][..], Vec::as_slice).iter();
    let headers = pairs.map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()));
    HttpReply {
        status: reply["status"].as_u64().map_or(200, |status| status.try_into().unwrap()),
        headers: headers
            .filter(|(name, _)| need.kind.answer_headers().contains(name))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        body: reply["body"].as_str().unwrap_or_default().to_owned(),
    }
}

/// The pairs behind an object of headers, whose values are texts or lists of texts.
fn headers(object: &Value) -> Vec<(&str, &str)> {
    members(object)
        .flat_map(|(name, value)| {
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            values.iter().map(|value| (name.as_str(), value.as_str().unwrap()))
        })
        .collect()
}

fn by_name(pairs: &Value) -> Value {
    let pair = |pair: &Value| (pair[0].as_str().unwrap().to_owned(), pair[1].clone());
    pairs.as_array().unwrap().iter().map(pair).collect::<Map<_, _>>().into()
}

fn cookies(pairs: &Value) -> Value {
    let pairs = pairs.as_array().unwrap().iter();
    pairs.filter(|pair| pair[0] == "set-cookie").map(|pair| pair[1].clone()).collect()
}

fn members(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().unwrap().iter()
}
