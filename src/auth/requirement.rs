//! What may be asked of a visitor.

use alloc::string::String;

use crate::json::Json;

/// What is asked for. Everything named must be there; nothing named is never enough.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Requirement {
    /// A role in the active organisation; `admin` and `org:admin` are the same.
    pub role: Option<String>,
    /// A permission in the active organisation; `org:` may be left out likewise.
    pub permission: Option<String>,
    /// A feature, as in `search`: of the organisation or the user. `org:search` asks the
    /// organisation alone, `user:search` the user.
    pub feature: Option<String>,
    /// A plan; scopes as for features.
    pub plan: Option<String>,
    /// How recently the user must have shown who they are.
    pub reverification: Option<Reverification>,
}

impl Requirement {
    /// Reads `{"role"?, "permission"?, "feature"?, "plan"?, "reverification"?}`; other members are
    /// not looked at.
    ///
    /// `None` when something is asked for in a way that nobody can meet, such as a role that is
    /// not a string; `null` is asked for, too. To be answered with no (Clerk's `has()`).
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        let text = |name| match json.get(name) {
            None => Some(None),
            Some(value) => value.as_str().map(|text| Some(text.into())),
        };
        Some(Self {
            role: text("role")?,
            permission: text("permission")?,
            feature: text("feature")?,
            plan: text("plan")?,
            reverification: match json.get("reverification") {
                None => None,
                Some(value) => Some(Reverification::from_json(value)?),
            },
        })
    }

    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How recently the user must have shown who they are, by which factors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reverification {
    /// The factors that count.
    pub level: FactorLevel,
    /// Minutes that may have passed since; more than 0.
    pub after_minutes: f64,
}

/// The factors that a reverification asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactorLevel {
    /// `first_factor`: the first factor.
    First,
    /// `second_factor`: the second factor; the first for users who have no second.
    Second,
    /// `multi_factor`: both; the first for users who have no second.
    Multi,
}

impl Reverification {
    /// Both factors within 10 minutes.
    pub const STRICT_MFA: Self = Self { level: FactorLevel::Multi, after_minutes: 10.0 };
    /// The second factor within 10 minutes.
    pub const STRICT: Self = Self { level: FactorLevel::Second, after_minutes: 10.0 };
    /// The second factor within an hour.
    pub const MODERATE: Self = Self { level: FactorLevel::Second, after_minutes: 60.0 };
    /// The second factor within a day.
    pub const LAX: Self = Self { level: FactorLevel::Second, after_minutes: 1440.0 };

    /// Reads `"strict_mfa"`, `"strict"`, `"moderate"`, `"lax"` or
    /// `{"level": "first_factor" | "second_factor" | "multi_factor", "afterMinutes": number}`.
    #[must_use]
    pub fn from_json(json: &Json) -> Option<Self> {
        if let Some(preset) = json.as_str() {
            return Some(match preset {
                "strict_mfa" => Self::STRICT_MFA,
                "strict" => Self::STRICT,
                "moderate" => Self::MODERATE,
                "lax" => Self::LAX,
                _ => return None,
            });
        }
        let level = match json.get("level")?.as_str()? {
            "first_factor" => FactorLevel::First,
            "second_factor" => FactorLevel::Second,
            "multi_factor" => FactorLevel::Multi,
            _ => return None,
        };
        let after_minutes =
            json.get("afterMinutes")?.as_number().filter(|minutes| *minutes > 0.0)?;
        Some(Self { level, after_minutes })
    }

    /// Whether the ages of the first and the second factor, in minutes, are young enough. -1 is
    /// the age of a factor that never was.
    pub(super) fn is_met(self, ages: [f64; 2]) -> bool {
        let [first, second] = ages.map(|age| (age != NEVER).then_some(age));
        let is_fresh = |age: f64| self.after_minutes > age;
        match (self.level, first, second) {
            (_, None, None) => false,
            (FactorLevel::First, first, _) => first.is_some_and(is_fresh),
            (FactorLevel::Second, first, second) => second.or(first).is_some_and(is_fresh),
            (FactorLevel::Multi, first, second) => {
                first.is_some_and(is_fresh) && second.is_none_or(is_fresh)
            }
        }
    }
}

/// The age of a factor that was never verified.
const NEVER: f64 = -1.0;

/// The ages in a claim `fva`: two numbers that are -1 or not negative.
pub(super) fn factor_ages(claim: &Json) -> Option<[f64; 2]> {
    let [first, second] = claim.as_array()? else { return None };
    let age = |json: &Json| json.as_number().filter(|age| *age == NEVER || *age >= 0.0);
    Some([age(first)?, age(second)?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;

    fn json(text: &str) -> Json {
        Json::parse(text.as_bytes(), &Budget::DEFAULT).unwrap()
    }

    #[test]
    fn what_nobody_can_meet_is_no_requirement() {
        for text in [
            r#"{"role":5}"#,
            r#"{"role":"a","permission":null}"#,
            r#"{"feature":[]}"#,
            r#"{"plan":{}}"#,
            r#"{"reverification":null}"#,
            r#"{"reverification":"Strict"}"#,
            r#"{"reverification":{"level":"strict","afterMinutes":1}}"#,
            r#"{"reverification":{"level":"first_factor","afterMinutes":0}}"#,
            r#"{"reverification":{"level":"first_factor","afterMinutes":"1"}}"#,
            r#"{"reverification":{"level":"first_factor"}}"#,
        ] {
            assert_eq!(Requirement::from_json(&json(text)), None, "{text}");
        }
    }

    #[test]
    fn members_without_a_meaning_are_not_looked_at() {
        for text in ["{}", r#"{"roles":["a"]}"#, "[]", "7"] {
            assert!(Requirement::from_json(&json(text)).unwrap().is_empty(), "{text}");
        }
        let read = Requirement::from_json(&json(r#"{"role":"admin","x":1}"#)).unwrap();
        assert_eq!(read, Requirement { role: Some("admin".into()), ..Requirement::default() });
        let custom = json(r#"{"level":"multi_factor","afterMinutes":0.5}"#);
        let expected = Reverification { level: FactorLevel::Multi, after_minutes: 0.5 };
        assert_eq!(Reverification::from_json(&custom), Some(expected));
    }

    #[test]
    fn presets_follow_the_table_of_the_peer() {
        let presets = ["strict_mfa", "strict", "moderate", "lax"].map(|name| {
            let name = Json::String(name.into());
            Reverification::from_json(&name).unwrap()
        });
        for (ages, expected) in [
            ([5.0, -1.0], [true, true, true, true]),
            ([-1.0, 5.0], [false, true, true, true]),
            ([50.0, 5.0], [false, true, true, true]),
            ([5.0, 50.0], [false, false, true, true]),
            ([70.0, 70.0], [false, false, false, true]),
            ([10.0, 10.0], [false, false, true, true]),
            ([-1.0, -1.0], [false; 4]),
        ] {
            assert_eq!(presets.map(|preset| preset.is_met(ages)), expected, "{ages:?}");
        }
        let first = Reverification { level: FactorLevel::First, after_minutes: 10.0 };
        assert!(first.is_met([9.5, 70.0]) && !first.is_met([-1.0, 5.0]));
    }

    #[test]
    fn ages_are_two_numbers() {
        assert_eq!(factor_ages(&json("[3,-1]")), Some([3.0, -1.0]));
        assert_eq!(factor_ages(&json("[0.5,0]")), Some([0.5, 0.0]));
        for text in ["null", "[1]", "[1,2,3]", "[-2,1]", "[1,-0.5]", r#"["1",1]"#, "{}"] {
            assert_eq!(factor_ages(&json(text)), None, "{text}");
        }
    }
}
