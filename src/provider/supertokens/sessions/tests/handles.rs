use super::*;

const GONE: &str = r#"{"status":"UNAUTHORISED","message":"m"}"#;

#[test]
fn information_is_read_whole() {
    let mut sessions = sessions(config());
    let step = sessions.session_information("h");
    let reply = r#"{"status":"OK","sessionHandle":"h","userId":"u","recipeUserId":"r","tenantId":"t","timeCreated":1,"expiry":2,
        "userDataInDatabase":{"d":1},"userDataInJWT":{"z":1,"1":2}}"#;
    let (sent, output) = run(&mut sessions, step, &[reply]);
    assert_eq!(sent, ["GET /recipe/session?sessionHandle=h"]);
    let expected = r#"{"value":{"sessionHandle":"h","timeCreated":1,"expiry":2,"userId":"u","recipeUserId":"r","sessionDataInDatabase":{"d":1},"customClaimsInAccessTokenPayload":{"1":2,"z":1},"tenantId":"t"}}"#;
    assert_eq!(output.to_json(), expected);
    let step = sessions.session_information("h");
    assert_eq!(run(&mut sessions, step, &[GONE]).1, SessionOutput::Information(None));
}

#[test]
fn users_have_sessions_in_one_tenant_or_all() {
    let mut sessions = sessions(config());
    let listed = r#"{"status":"OK","sessionHandles":["a","b"]}"#;
    let step = sessions.all_session_handles_for_user("u", true, None);
    let (sent, output) = run(&mut sessions, step, &[listed]);
    let query = "userId=u&fetchSessionsForAllLinkedAccounts=true&fetchAcrossAllTenants=true";
    assert_eq!(sent, [format!("GET /recipe/session/user?{query}")]);
    assert_eq!(output.to_json(), r#"{"value":["a","b"]}"#);
    let revoked = r#"{"status":"OK","sessionHandlesRevoked":["a"]}"#;
    let step = sessions.revoke_all_sessions_for_user("u", false, Some("t1"));
    let (sent, output) = run(&mut sessions, step, &[revoked]);
    assert_eq!(
        sent,
        [
            r#"POST /t1/recipe/session/remove {"userId":"u","revokeSessionsForLinkedAccounts":false,"revokeAcrossAllTenants":false}"#
        ]
    );
    assert_eq!(output, SessionOutput::Handles(alloc::vec!["a".to_owned()]));
    let wrong = sessions.all_session_handles_for_user("u", true, Some("a/b"));
    assert!(matches!(wrong, Err(SessionError::Argument(error)) if error.option == "tenantId"));
}

#[test]
fn sessions_are_ended_one_by_one_and_together() {
    let mut sessions = sessions(config());
    for (revoked, was_there) in [(r#"["h"]"#, true), ("[]", false)] {
        let reply = format!(r#"{{"status":"OK","sessionHandlesRevoked":{revoked}}}"#);
        let step = sessions.revoke_session("h");
        assert_eq!(run(&mut sessions, step, &[&reply]).1, SessionOutput::Flag(was_there));
    }
    let step = sessions.revoke_multiple_sessions(&["h".to_owned(), "i".to_owned()]);
    let reply = r#"{"status":"OK","sessionHandlesRevoked":["i"]}"#;
    let (sent, output) = run(&mut sessions, step, &[reply]);
    assert_eq!(sent, [r#"POST /recipe/session/remove {"sessionHandles":["h","i"]}"#]);
    assert_eq!(output, SessionOutput::Handles(alloc::vec!["i".to_owned()]));
}

#[test]
fn data_is_replaced() {
    let mut sessions = sessions(config());
    let step = sessions.update_session_data_in_database("h", &json(r#"{"b":1,"0":2}"#));
    let (sent, output) = run(&mut sessions, step, &[r#"{"status":"OK"}"#]);
    let expected =
        r#"PUT /recipe/session/data {"sessionHandle":"h","userDataInDatabase":{"0":2,"b":1}}"#;
    assert_eq!(sent, [expected]);
    assert_eq!(output, SessionOutput::Flag(true));
    let step = sessions.update_session_data_in_database("h", &json("{}"));
    assert_eq!(run(&mut sessions, step, &[GONE]).1, SessionOutput::Flag(false));
}
