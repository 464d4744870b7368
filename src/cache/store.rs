//! A map of bounded size that forgets what was not asked for lately (the clock algorithm).

use alloc::sync::Arc;
use alloc::vec::Vec;
use core::hash::{BuildHasherDefault, Hasher};

use hashbrown::HashMap;

use super::{Identity, Known};
use crate::bytes::equal;
use crate::key::VerifyingKey;
use crate::provider::jwt::ParsedJwt;

/// Good tokens by the end of their text.
#[derive(Debug)]
pub(super) struct Store {
    max_tokens: usize,
    max_bytes: usize,
    bytes: usize,
    places: HashMap<Tail, usize, BuildHasherDefault<TailHasher>>,
    entries: Vec<Entry>,
    /// Where the search for something to forget goes on.
    hand: usize,
    /// Keys that entries were verified with; few, because few keys are in use at a time.
    keys: Vec<Arc<VerifyingKey>>,
}

#[derive(Debug)]
struct Entry {
    tail: Tail,
    text: Arc<str>,
    parsed: Arc<ParsedJwt>,
    key: Arc<VerifyingKey>,
    identity: Option<Identity>,
    bytes: usize,
    was_used: bool,
}

/// The last bytes of a token: those of its signature. Only good signatures are kept, and nobody can
/// choose the bytes of those, so no better hash is needed; the whole text is compared anyway.
type Tail = u64;

impl Store {
    pub(super) fn new(max_tokens: usize, max_bytes: usize) -> Self {
        Self {
            max_tokens,
            max_bytes,
            bytes: 0,
            places: HashMap::default(),
            entries: Vec::new(),
            hand: 0,
            keys: Vec::new(),
        }
    }

    pub(super) fn get(&mut self, text: &str) -> Option<Known> {
        let entry = self.find(text)?;
        entry.was_used = true;
        Some(Known {
            text: Arc::clone(&entry.text),
            parsed: Arc::clone(&entry.parsed),
            verified_with: Some(Arc::clone(&entry.key)),
            identity: entry.identity.clone(),
        })
    }

    pub(super) fn set_identity(&mut self, text: &str, identity: Identity) {
        let added = identity.1.size();
        let Some(entry) = self.find(text) else { return };
        let gone = entry.identity.replace(identity).map_or(0, |(_, old)| old.size());
        entry.bytes = entry.bytes + added - gone;
        // The next token that is kept makes room for both.
        self.bytes = self.bytes + added - gone;
    }

    fn find(&mut self, text: &str) -> Option<&mut Entry> {
        if self.max_tokens == 0 {
            return None;
        }
        let place = *self.places.get(&tail(text))?;
        let entry = self.entries.get_mut(place)?;
        equal(entry.text.as_bytes(), text.as_bytes()).then_some(entry)
    }

    pub(super) fn insert(&mut self, text: &Arc<str>, parsed: Arc<ParsedJwt>, key: &VerifyingKey) {
        let bytes = text.len() + parsed.size();
        if self.max_tokens == 0 || bytes > self.max_bytes {
            return;
        }
        let tail = tail(text);
        if let Some(place) = self.places.get(&tail) {
            self.remove(*place);
        }
        while self.entries.len() >= self.max_tokens || self.bytes + bytes > self.max_bytes {
            self.forget_one();
        }
        let key = self.shared(key);
        self.bytes += bytes;
        self.places.insert(tail, self.entries.len());
        let text = Arc::clone(text);
        self.entries.push(Entry {
            tail,
            text,
            parsed,
            key,
            identity: None,
            bytes,
            was_used: false,
        });
    }

    pub(super) fn retain_keys(&mut self, is_current: impl Fn(&VerifyingKey) -> bool) {
        self.keys.retain(|key| is_current(key));
        let mut place = 0;
        while let Some(entry) = self.entries.get(place) {
            let is_kept = self.keys.iter().any(|key| Arc::ptr_eq(key, &entry.key));
            if is_kept { place += 1 } else { self.remove(place) }
        }
    }

    /// One copy of a key for all its tokens.
    fn shared(&mut self, key: &VerifyingKey) -> Arc<VerifyingKey> {
        if let Some(own) = self.keys.iter().find(|own| ***own == *key) {
            return Arc::clone(own);
        }
        // A key without any entry is not kept either.
        self.keys.retain(|own| Arc::strong_count(own) > 1);
        let own = Arc::new(key.clone());
        self.keys.push(Arc::clone(&own));
        own
    }

    /// Forgets the next entry that was not used since the hand last came by.
    fn forget_one(&mut self) {
        loop {
            if self.hand >= self.entries.len() {
                self.hand = 0;
            }
            let Some(entry) = self.entries.get_mut(self.hand) else { return };
            if !entry.was_used {
                self.remove(self.hand);
                // The newest entry came into this place; it is not the next to go.
                self.hand += 1;
                return;
            }
            entry.was_used = false;
            self.hand += 1;
        }
    }

    fn remove(&mut self, place: usize) {
        if place >= self.entries.len() {
            return;
        }
        let gone = self.entries.swap_remove(place);
        self.bytes -= gone.bytes;
        self.places.remove(&gone.tail);
        if let Some(moved) = self.entries.get(place) {
            self.places.insert(moved.tail, place);
        }
    }
}

fn tail(text: &str) -> Tail {
    let bytes = text.as_bytes().last_chunk::<8>();
    bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// Spreads the bits of a tail; base64url leaves two of each eight unused.
#[derive(Debug, Default)]
pub(super) struct TailHasher(u64);

impl Hasher for TailHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(self.0.rotate_left(8) ^ u64::from(*byte));
        }
    }

    fn write_u64(&mut self, tail: u64) {
        // The golden ratio in 64 bits: multiplicative hashing.
        let spread = tail.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = spread ^ (spread >> 32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::Auth;
    use crate::budget::Budget;
    use crate::key::Algorithm;
    use crate::mint::base64url;
    use alloc::format;
    use alloc::string::String;

    fn token(number: usize) -> String {
        let (header, payload) = (base64url(br#"{"alg":"HS256"}"#), base64url(b"{}"));
        format!("{header}.{payload}.{}", base64url(format!("signature {number:08}").as_bytes()))
    }

    fn key(byte: u8) -> VerifyingKey {
        VerifyingKey::from_secret(&[byte; 32], Algorithm::Hs256).unwrap()
    }

    fn put(store: &mut Store, number: usize, key: &VerifyingKey) {
        let text = token(number);
        let parsed = Arc::new(ParsedJwt::parse(&text, &Budget::DEFAULT).unwrap());
        store.insert(&text.into(), parsed, key);
    }

    fn has(store: &mut Store, number: usize) -> bool {
        store.get(&token(number)).is_some()
    }

    #[test]
    fn what_was_used_stays_longer() {
        let mut store = Store::new(3, 1 << 20);
        for number in 0..3 {
            put(&mut store, number, &key(1));
        }
        assert!(has(&mut store, 0));
        put(&mut store, 3, &key(1));
        assert!(has(&mut store, 0) && has(&mut store, 3));
        assert_eq!((0..4).filter(|number| has(&mut store, *number)).count(), 3);
    }

    #[test]
    fn new_tokens_push_out_old_ones_that_nobody_uses() {
        let mut store = Store::new(100, 1 << 20);
        for number in 0..100 {
            put(&mut store, number, &key(1));
        }
        // Visitors who come in turns: of what only one round brings, all is there in the next.
        for number in 100..150 {
            assert!(!has(&mut store, number));
            put(&mut store, number, &key(1));
        }
        assert!((100..150).all(|number| has(&mut store, number)));
        assert_eq!((0..100).filter(|number| has(&mut store, *number)).count(), 50);
    }

    #[test]
    fn more_tokens_in_turns_than_have_room_are_all_new() {
        let mut store = Store::new(100, 1 << 20);
        for _ in 0..3 {
            for number in 0..200 {
                assert!(!has(&mut store, number));
                put(&mut store, number, &key(1));
            }
        }
    }

    #[test]
    fn entries_and_bytes_are_bounded() {
        let mut store = Store::new(10, 1 << 20);
        for number in 0..1000 {
            put(&mut store, number, &key(1));
            assert!(store.entries.len() <= 10 && store.places.len() == store.entries.len());
        }
        let one = store.bytes / 10;
        let mut store = Store::new(1000, one * 5 + 1);
        for number in 0..100 {
            put(&mut store, number, &key(1));
            assert!(store.bytes <= store.max_bytes);
        }
        assert_eq!(store.entries.len(), 5);
        assert_eq!(store.bytes, store.entries.iter().map(|entry| entry.bytes).sum::<usize>());
        let mut none = Store::new(0, 0);
        put(&mut none, 1, &key(1));
        assert!(!has(&mut none, 1));
    }

    #[test]
    fn identities_count_too() {
        let identity = |name: &str| {
            let auth = Auth { user_id: Some(name.repeat(1000)), ..Auth::default() };
            ("clerk", Arc::new(auth))
        };
        let mut store = Store::new(1000, 100_000);
        for number in 0..200 {
            put(&mut store, number, &key(1));
            // Said twice, it counts once.
            for name in ["long name", "name"] {
                store.set_identity(&token(number), identity(name));
            }
            assert!(store.bytes - identity("name").1.size() <= store.max_bytes);
            let known = store.get(&token(number)).unwrap();
            assert_eq!(known.identity.unwrap().1, identity("name").1);
        }
        assert_eq!(store.bytes, store.entries.iter().map(|entry| entry.bytes).sum::<usize>());
        assert!((10..25).contains(&store.entries.len()), "{}", store.entries.len());
        // One that takes all the room goes when the next token comes.
        store.set_identity(&token(199), identity(&"x".repeat(200)));
        store.set_identity("not kept", identity("name"));
        put(&mut store, 200, &key(1));
        assert!(store.bytes <= store.max_bytes);
        assert_eq!((has(&mut store, 199), has(&mut store, 200)), (false, true));
    }

    #[test]
    fn a_text_is_only_itself() {
        let mut store = Store::new(3, 1 << 20);
        put(&mut store, 1, &key(1));
        let other = token(1).replacen("eyJ", "eyK", 1);
        assert!(store.get(&other).is_none() && store.get("").is_none());
        assert!(has(&mut store, 1));
        put(&mut store, 1, &key(2));
        assert_eq!((store.entries.len(), store.places.len()), (1, 1));
        let known = store.get(&token(1)).unwrap();
        assert_eq!(*known.verified_with.unwrap(), key(2));
    }

    #[test]
    fn a_key_takes_its_tokens_with_it() {
        let mut store = Store::new(100, 1 << 20);
        for number in 0..50 {
            put(&mut store, number, &key(u8::try_from(number % 2).unwrap()));
        }
        store.retain_keys(|own| *own == key(1));
        for number in 0..50 {
            assert_eq!(has(&mut store, number), number % 2 == 1, "{number}");
        }
        assert_eq!((store.entries.len(), store.keys.len()), (25, 1));
    }
}
