//! One request to the core until it is answered: which address is asked, when another one is tried,
//! and the question for the core's version that goes before the very first request.

use alloc::vec::Vec;

use super::calls::CoreCall;
use super::client::CoreClient;
use super::core_error::CoreError;
use crate::budget::Budget;
use crate::json::Json;
use crate::need::{HttpReply, HttpRequest};

/// The status by which a core or a proxy before it asks to come back later.
const TOO_MANY_REQUESTS: u16 = 429;
/// How often an address is asked again that said so.
const RETRIES: u32 = 5;
/// How long to wait before that: the first time, and how much longer each further time.
const WAIT_MILLIS: u32 = 10;
const LONGER_MILLIS: u32 = 250;

/// The core is trusted; the limits only stop accidents.
const CORE_BUDGET: Budget = Budget { json_depth: 64, json_members: 1_000_000, ..Budget::DEFAULT };

/// What came of a request to the core.
#[derive(Clone, Copy, Debug)]
pub enum CoreReply<'r> {
    /// An answer.
    Whole(&'r HttpReply),
    /// No connection: the request was not sent.
    None,
    /// No whole answer in time, or one too large: the request may have been carried out.
    Incomplete,
}

/// A request on its way.
#[derive(Debug)]
pub(super) struct Exchange {
    call: CoreCall,
    /// Nothing until it is its turn.
    call_attempt: Option<Attempt>,
    /// The question for the version, as long as it is open.
    version_attempt: Option<Attempt>,
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Progress {
    /// Send this after that many milliseconds.
    Send(HttpRequest, u32),
    /// The core's answer.
    Answered(Json),
}

impl Exchange {
    pub(super) fn begin(
        call: CoreCall,
        client: &mut CoreClient,
    ) -> Result<(Self, HttpRequest), CoreError> {
        if client.count() == 0 {
            return Err(CoreError::NotConfigured);
        }
        let comes_later = call.asks_version_first && !client.is_compatible;
        let call_attempt = (!comes_later).then(|| Attempt::new(client));
        let version_attempt = (!client.is_compatible).then(|| Attempt::new(client));
        let mut exchange = Self { call, call_attempt, version_attempt };
        let request = exchange.request(client);
        Ok((exchange, request))
    }

    /// Takes the answer to the request that was sent last.
    pub(super) fn answer(
        &mut self,
        reply: CoreReply<'_>,
        client: &mut CoreClient,
    ) -> Result<Progress, CoreError> {
        let is_version = self.version_attempt.is_some();
        let attempt = self.version_attempt.as_mut().or(self.call_attempt.as_mut());
        let attempt = attempt.ok_or(CoreError::Malformed)?;
        match attempt.judge(reply, client)? {
            Verdict::Again(after) => Ok(Progress::Send(self.request(client), after)),
            Verdict::Answered(json) if is_version => {
                if !CoreClient::speaks_our_version(&json) {
                    return Err(CoreError::VersionUnsupported);
                }
                client.is_compatible = true;
                self.version_attempt = None;
                Ok(Progress::Send(self.request(client), 0))
            }
            Verdict::Answered(json) => Ok(Progress::Answered(json)),
        }
    }

    fn request(&mut self, client: &mut CoreClient) -> HttpRequest {
        if let Some(attempt) = &self.version_attempt {
            return client.version_request(attempt.turn);
        }
        let attempt = self.call_attempt.get_or_insert_with(|| Attempt::new(client));
        client.request(attempt.turn, &self.call)
    }
}

/// The addresses that a request was sent to.
#[derive(Debug)]
struct Attempt {
    /// The address that it was sent to last.
    turn: usize,
    /// What is known of each address.
    addresses: Vec<Tried>,
}

/// What an address did so far.
#[derive(Clone, Copy, Debug, Default)]
struct Tried {
    is_down: bool,
    /// How often it asked to come back later.
    delays: u32,
}

enum Verdict {
    Again(u32),
    Answered(Json),
}

impl Attempt {
    fn new(client: &mut CoreClient) -> Self {
        let addresses = alloc::vec![Tried::default(); client.count()];
        Self { turn: client.take_turn(), addresses }
    }

    /// The next address in turn that is not known to be down.
    fn move_on(&mut self, client: &mut CoreClient) -> Result<(), CoreError> {
        for _ in 0..self.addresses.len() {
            self.turn = client.take_turn();
            if self.addresses.get(self.turn).is_some_and(|tried| !tried.is_down) {
                return Ok(());
            }
        }
        Err(CoreError::Unreachable)
    }

    fn judge(
        &mut self,
        reply: CoreReply<'_>,
        client: &mut CoreClient,
    ) -> Result<Verdict, CoreError> {
        let reply = match reply {
            CoreReply::Whole(reply) => reply,
            // To ask another address could make two sessions of one.
            CoreReply::Incomplete => return Err(CoreError::Incomplete),
            CoreReply::None => {
                if let Some(tried) = self.addresses.get_mut(self.turn) {
                    tried.is_down = true;
                }
                self.move_on(client)?;
                return Ok(Verdict::Again(0));
            }
        };
        match (reply.status, self.addresses.get_mut(self.turn)) {
            (200, _) => {
                let json = Json::parse(reply.body.as_bytes(), &CORE_BUDGET);
                json.map(Verdict::Answered).map_err(|_| CoreError::Malformed)
            }
            (TOO_MANY_REQUESTS, Some(tried)) if tried.delays < RETRIES => {
                let after = WAIT_MILLIS + LONGER_MILLIS * tried.delays;
                tried.delays += 1;
                self.move_on(client)?;
                Ok(Verdict::Again(after))
            }
            (status, _) => Err(CoreError::Status(status)),
        }
    }
}

#[cfg(test)]
mod tests;
