//! What members wish for: the questions that were not answered, those of one meaning together, and their lists for other
//! programs.

use crate::groups::{Joining, groups};
use crate::question::Key;
use std::cmp::Reverse;
use std::fmt::Write;

/// An unanswered question as the store has it. Days are counted from 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its key.
    pub key: Key,
    /// Its newest wording.
    pub wording: String,
    /// How often it was asked.
    pub count: u64,
    /// The first day.
    pub first_day: i64,
    /// The last day.
    pub last_day: i64,
}

/// Questions that ask for the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The keys of the questions, that of the most asked one first.
    pub keys: Vec<Key>,
    /// Their wordings, in the same order.
    pub wordings: Vec<String>,
    /// How often they were asked, together.
    pub count: u64,
    /// The first day.
    pub first_day: i64,
    /// The last day.
    pub last_day: i64,
}

/// Groups of questions, the most asked first; of equals, the newest.
///
/// ```
/// use pullquote_insights::{Recorded, csv, key, markdown, wishes};
///
/// let recorded = |wording: &str, count| Recorded {
///     key: key(wording),
///     wording: wording.to_owned(),
///     count,
///     first_day: 20_000,
///     last_day: 20_001,
/// };
/// let wishes = wishes(&[
///     recorded("Who repairs bicycles?", 2),
///     recorded("When does the ferry leave?", 1),
///     recorded("When does the ferry leave tomorrow?", 3),
/// ]);
/// assert_eq!((wishes.len(), wishes[0].count, wishes[0].wording()), (2, 4, "When does the ferry leave tomorrow?"));
/// assert!(markdown(&wishes).starts_with("# When does the ferry leave tomorrow?\n\n<!-- Asked 4 times, last on 2024-10-05."));
/// assert!(csv(&wishes).ends_with("\"Who repairs bicycles?\",2,2024-10-04,2024-10-05,\"\"\r\n"));
/// ```
pub fn wishes(recorded: &[Recorded]) -> Vec<Wish> {
    let mut sorted: Vec<&Recorded> = recorded.iter().collect();
    sorted.sort_by_key(|it| (Reverse(it.count), Reverse(it.last_day), it.key));
    let wordings: Vec<&str> = sorted.iter().map(|it| it.wording.as_str()).collect();
    let groups = groups(&wordings, Joining::default());
    let mut wishes: Vec<Wish> = groups
        .into_iter()
        .filter_map(|group| {
            let own: Vec<&Recorded> = group
                .iter()
                .filter_map(|at| sorted.get(*at).copied())
                .collect();
            Some(Wish {
                keys: own.iter().map(|it| it.key).collect(),
                wordings: own.iter().map(|it| it.wording.clone()).collect(),
                count: own.iter().map(|it| it.count).sum(),
                first_day: own.iter().map(|it| it.first_day).min()?,
                last_day: own.iter().map(|it| it.last_day).max()?,
            })
        })
        .collect();
    // The sort is stable, and the groups are in the order of their most asked questions.
    wishes.sort_by_key(|wish| (Reverse(wish.count), Reverse(wish.last_day)));
    wishes
}

impl Wish {
    /// Its most asked wording.
    pub fn wording(&self) -> &str {
        self.wordings.first().map_or("", String::as_str)
    }

    fn others(&self) -> &[String] {
        self.wordings.get(1..).unwrap_or_default()
    }
}

/// A draft of articles: each question as a heading with a comment below it.
pub fn markdown(wishes: &[Wish]) -> String {
    let mut out = String::new();
    for wish in wishes {
        let (count, last) = (wish.count, date(wish.last_day));
        let times = if count == 1 {
            "once"
        } else {
            &format!("{count} times")
        };
        let mut comment = format!("Asked {times}, last on {last}.");
        for other in wish.others() {
            comment.extend(["\n", other]);
        }
        let heading = escaped(wish.wording());
        // Two hyphens could end the comment.
        let comment = comment.replace("--", "—");
        let _ = write!(out, "# {heading}\n\n<!-- {comment} -->\n\n");
    }
    out
}

/// A table (RFC 4180). No cell is a formula for a spreadsheet.
pub fn csv(wishes: &[Wish]) -> String {
    let mut out = "question,count,first,last,other wordings\r\n".to_owned();
    for wish in wishes {
        let (question, others) = (cell(wish.wording()), cell(&wish.others().join("\n")));
        let (first, last) = (date(wish.first_day), date(wish.last_day));
        let _ = write!(out, "{question},{},{first},{last},{others}\r\n", wish.count);
    }
    out
}

/// A text in quotation marks. One that a spreadsheet would take for a formula begins with an apostrophe.
fn cell(text: &str) -> String {
    let begins = text
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let mark = if begins || text.starts_with(['\t', '\r']) {
        "'"
    } else {
        ""
    };
    format!("\"{mark}{}\"", text.replace('"', "\"\""))
}

/// A text that Markdown shows as it is.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if "\\`*_[]<>#|&".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// `2026-01-31`, for a day counted from 1970 (Hinnant, "chrono-Compatible Low-Level Date Algorithms").
pub fn date(day: i64) -> String {
    const ERA: i64 = 146_097;
    let day = day + 719_468;
    let of_era = day.rem_euclid(ERA);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + day.div_euclid(ERA) * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{of_month:02}")
}

#[cfg(test)]
mod tests {
    use super::{Wish, csv, date, markdown};

    fn wish(wordings: &[&str]) -> [Wish; 1] {
        [Wish {
            keys: vec![0; wordings.len()],
            wordings: wordings.iter().map(|it| (*it).to_owned()).collect(),
            count: 1,
            first_day: 0,
            last_day: 0,
        }]
    }

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", "\t=1"] {
            let table = csv(&wish(&[formula, formula]));
            let cells = format!("\r\n\"'{formula}\",1,1970-01-01,1970-01-01,\"'{formula}\"\r\n");
            assert!(table.ends_with(&cells), "{table}");
        }
        assert!(csv(&wish(&["a \"b\", c"])).contains("\"a \"\"b\"\", c\""));
    }

    #[test]
    fn no_wording_changes_the_draft() {
        let draft = markdown(&wish(&["<b> & `c` # *d*", "--> <script>"]));
        assert_eq!(
            draft,
            "# \\<b\\> \\& \\`c\\` \\# \\*d\\*\n\n<!-- Asked once, last on 1970-01-01.\n—> <script> -->\n\n"
        );
    }

    #[test]
    fn days_are_dates() {
        for (day, expect) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (20_785, "2026-11-28"),
            (-1, "1969-12-31"),
        ] {
            assert_eq!(date(day), expect);
        }
    }
}
