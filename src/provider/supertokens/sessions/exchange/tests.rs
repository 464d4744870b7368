use super::*;
use crate::provider::supertokens::SuperTokensConfig;
use alloc::borrow::ToOwned;
use alloc::string::String;

const VERSIONS: &str = r#"{"versions":["5.3","5.4"]}"#;

fn client(count: usize) -> CoreClient {
    let addresses = ["https://a", "https://b", "https://c"];
    CoreClient::new(&SuperTokensConfig {
        connection_uri: addresses.iter().take(count).map(|&text| text.into()).collect(),
        ..SuperTokensConfig::new("https://api.example.com")
    })
    .unwrap()
}

fn reply(status: u16, body: &str) -> Option<HttpReply> {
    Some(HttpReply { status, headers: Vec::new(), body: body.to_owned() })
}

/// Where the requests went, with the waiting before them, and how it ended.
fn run(
    client: &mut CoreClient,
    call: CoreCall,
    replies: &[Option<HttpReply>],
) -> (Vec<String>, Result<Json, CoreError>) {
    let mut sent = Vec::new();
    let shown = |request: &HttpRequest, after: u32| {
        let url = request.url.split('?').next().unwrap().trim_start_matches("https://");
        alloc::format!("{url} {after}")
    };
    let (mut exchange, request) = match Exchange::begin(call, client) {
        Ok(begun) => begun,
        Err(error) => return (sent, Err(error)),
    };
    sent.push(shown(&request, 0));
    for reply in replies {
        let reply = reply.as_ref().map_or(CoreReply::None, CoreReply::Whole);
        match exchange.answer(reply, client) {
            Ok(Progress::Send(request, after)) => sent.push(shown(&request, after)),
            Ok(Progress::Answered(json)) => return (sent, Ok(json)),
            Err(error) => return (sent, Err(error)),
        }
    }
    panic!("not answered: {sent:?}")
}

#[test]
fn the_version_is_asked_for_once() {
    let mut client = client(1);
    let call = || CoreCall::user("u");
    let (sent, answer) = run(&mut client, call(), &[reply(200, VERSIONS), reply(200, "{}")]);
    assert_eq!(sent, ["a/apiversion 0", "a/user/id 0"]);
    assert_eq!(answer, Ok(Json::Object(Vec::new())));
    let (sent, _) = run(&mut client, call(), &[reply(200, "{}")]);
    assert_eq!(sent, ["a/user/id 0"]);
}

#[test]
fn addresses_take_turns_as_those_of_the_peer_do() {
    let mut three = client(3);
    let replies = [reply(200, VERSIONS), reply(200, "{}")];
    let (sent, _) = run(&mut three, CoreCall::user("u"), &replies);
    assert_eq!(sent, ["b/apiversion 0", "a/user/id 0"]);
    let (sent, _) = run(&mut three, CoreCall::user("u"), &replies[1..]);
    assert_eq!(sent, ["c/user/id 0"]);
    let (sent, _) = run(&mut client(3), CoreCall::information("h"), &replies);
    assert_eq!(sent, ["a/apiversion 0", "b/recipe/session 0"]);
}

#[test]
fn the_next_address_is_tried_when_one_does_not_answer() {
    let mut three = client(3);
    three.is_compatible = true;
    let replies = [None, None, reply(200, "{}")];
    let (sent, answer) = run(&mut three, CoreCall::user("u"), &replies);
    assert_eq!(sent, ["a/user/id 0", "b/user/id 0", "c/user/id 0"]);
    assert!(answer.is_ok());
    let (sent, answer) = run(&mut three, CoreCall::user("u"), &[None, None, None]);
    assert_eq!((sent.len(), answer), (3, Err(CoreError::Unreachable)));
    let (sent, answer) = run(&mut client(2), CoreCall::user("u"), &[None, None]);
    assert_eq!(sent, ["b/apiversion 0", "a/apiversion 0"]);
    assert_eq!(answer, Err(CoreError::Unreachable));
}

/// The peer gives up here: its question for the version takes the turn of the second address.
#[test]
fn no_address_is_tried_twice_before_all_were() {
    let replies = [reply(200, VERSIONS), None, reply(200, "{}")];
    let (sent, answer) = run(&mut client(2), CoreCall::user("u"), &replies);
    assert_eq!(sent, ["b/apiversion 0", "a/user/id 0", "b/user/id 0"]);
    assert!(answer.is_ok());
}

#[test]
fn a_busy_core_is_asked_again_a_few_times() {
    let mut one = client(1);
    one.is_compatible = true;
    let busy = || reply(429, "");
    let replies = [busy(), busy(), reply(200, "{}")];
    let (sent, answer) = run(&mut one, CoreCall::user("u"), &replies);
    assert_eq!(sent, ["a/user/id 0", "a/user/id 10", "a/user/id 260"]);
    assert!(answer.is_ok());
    let replies = [busy(), busy(), busy(), busy(), busy(), busy()];
    let (sent, answer) = run(&mut one, CoreCall::user("u"), &replies);
    assert_eq!((sent.len(), answer), (6, Err(CoreError::Status(429))));
    let mut two = client(2);
    two.is_compatible = true;
    let replies = [busy(), busy(), busy(), reply(200, "{}")];
    let (sent, _) = run(&mut two, CoreCall::user("u"), &replies);
    let expected = ["a/user/id 0", "b/user/id 10", "a/user/id 10", "b/user/id 260"];
    assert_eq!(sent, expected);
}

#[test]
fn what_may_have_been_done_is_not_asked_twice() {
    let mut two = client(2);
    two.is_compatible = true;
    let (mut exchange, _) = Exchange::begin(CoreCall::user("u"), &mut two).unwrap();
    let error = exchange.answer(CoreReply::Incomplete, &mut two).unwrap_err();
    assert_eq!(error, CoreError::Incomplete);
}

#[test]
fn what_is_no_answer_is_told_apart() {
    for (replies, error) in [
        ([reply(500, "x"), None], CoreError::Status(500)),
        ([reply(302, ""), None], CoreError::Status(302)),
        ([reply(200, "<html>"), None], CoreError::Malformed),
        ([reply(200, r#"{"versions":["4.0"]}"#), None], CoreError::VersionUnsupported),
        ([reply(200, "{}"), None], CoreError::VersionUnsupported),
        ([reply(200, VERSIONS), reply(401, "")], CoreError::Status(401)),
    ] {
        let mut client = client(1);
        let (_, answer) = run(&mut client, CoreCall::user("u"), &replies);
        assert_eq!(answer, Err(error));
    }
    let (_, answer) = run(&mut client(0), CoreCall::user("u"), &[]);
    assert_eq!(answer, Err(CoreError::NotConfigured));
}
