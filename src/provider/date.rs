//! Dates as JavaScript's `toUTCString` writes them, for messages and cookies.

use alloc::format;
use alloc::string::String;

use crate::time::UnixMillis;

const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_SECONDS: i64 = 24 * 60 * 60;
/// The range of JavaScript dates (ECMA-262 section 21.4.1.1).
const MAX_MILLIS: i64 = 8_640_000_000_000_000;

/// `Tue, 14 Nov 2023 22:13:20 GMT`; `Invalid Date` where JavaScript has none.
pub(super) fn utc_string(time: UnixMillis) -> String {
    if !(-MAX_MILLIS..=MAX_MILLIS).contains(&time.0) {
        return "Invalid Date".into();
    }
    let seconds = time.0.div_euclid(1000);
    let (days, of_day) = (seconds.div_euclid(DAY_SECONDS), seconds.rem_euclid(DAY_SECONDS));
    let (year, month, day) = civil(days);
    let name = |names: &[&'static str], index: i64| {
        usize::try_from(index).ok().and_then(|index| names.get(index).copied()).unwrap_or("")
    };
    let week_day = name(&DAYS, days.rem_euclid(7));
    let month = name(&MONTHS, month - 1);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    let sign = if year < 0 { "-" } else { "" };
    let year = year.abs();
    let width = if sign.is_empty() { 4 } else { 6 };
    format!(
        "{week_day}, {day:02} {month} {sign}{year:0width$} {hour:02}:{minute:02}:{second:02} GMT"
    )
}

/// Year, month (1 to 12) and day of the proleptic Gregorian calendar.
///
/// Counts years from March, so that the leap day comes last, in cycles of 400 years.
fn civil(days_since_1970: i64) -> (i64, i64, i64) {
    const DAYS_TO_MARCH_OF_YEAR_0: i64 = 719_468;
    const DAYS_PER_CYCLE: i64 = 146_097;
    let days = days_since_1970 + DAYS_TO_MARCH_OF_YEAR_0;
    let (cycle, day) = (days.div_euclid(DAYS_PER_CYCLE), days.rem_euclid(DAYS_PER_CYCLE));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = cycle * 400 + year + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_javascript_does() {
        for (millis, text) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_700_000_000_123, "Tue, 14 Nov 2023 22:13:20 GMT"),
            (951_782_400_000, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (4_107_542_399_000, "Sun, 28 Feb 2100 23:59:59 GMT"),
            (-1000, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (8_640_000_000_000_000, "Sat, 13 Sep 275760 00:00:00 GMT"),
            (8_640_000_000_000_001, "Invalid Date"),
        ] {
            assert_eq!(utc_string(UnixMillis(millis)), text);
        }
    }
}
