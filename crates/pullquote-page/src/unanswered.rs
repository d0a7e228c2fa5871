//! Questions that the articles could not answer, those of one meaning together.

use crate::layout::{counted, cut, encoded, grouped, page};
use maud::{Markup, html};
use pullquote_insights::{Wish, date, markdown};

/// Groups on a page.
pub const GROUPS: usize = 7;
/// Wordings of a group that are shown.
const WORDINGS: usize = 3;
/// Characters of a title that the editor begins with.
const TITLE: usize = 100;

/// Questions of one meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The questions.
    pub wish: Wish,
    /// The place of the nearest passage, its beginning, and whether it is quoted as the answer by now.
    pub nearest: Option<(String, String, bool)>,
}

/// Questions whose words are not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hidden {
    /// How many.
    pub questions: u64,
    /// In how many servers.
    pub servers: u64,
}

/// A page of the list. `groups` are those of this page, which is counted from 0.
pub fn unanswered(
    groups: &[Group],
    (at, pages): (usize, usize),
    all: usize,
    hidden: Hidden,
) -> String {
    let content = html! {
        @if all > 0 {
            p {
                (counted(all as u64, "question")) " without an answer, from servers without articles of their own, the most asked first. "
                "Names, addresses and numbers were taken out when they were counted."
            }
        }
        @if hidden.questions > 0 {
            p {
                (counted(hidden.questions, "more question")) " of " (counted(hidden.servers, "server")) " "
                (if hidden.questions == 1 { "is" } else { "are" }) " not shown here: those who manage a server with articles of its "
                "own see its questions in Discord, with /insights, and a server may hide what only one member asked."
            }
        }
        @if groups.is_empty() {
            p { "No questions without an answer, from servers without articles of their own." }
        }
        @for (number, group) in groups.iter().enumerate() {
            (article(number, group))
        }
        @if pages > 1 {
            nav.pager aria-label="Parts of the list" {
                @if at > 0 { a href=(format!("/unanswered?page={at}")) rel="prev" { "Previous" } }
                span { "Page " (grouped(at as u64 + 1)) " of " (grouped(pages as u64)) }
                @if at + 1 < pages { a href=(format!("/unanswered?page={}", at + 2)) rel="next" { "Next" } }
            }
        }
    };
    page("Unanswered", "/unanswered", &content)
}

fn article(number: usize, group: &Group) -> Markup {
    let wish = &group.wish;
    let others = wish.wordings.get(1..).unwrap_or_default();
    let more = others.len().saturating_sub(WORDINGS - 1) as u64;
    let id = format!("draft-{number}");
    html! {
        article.wish {
            h2 { bdi { (wish.wording()) } }
            p {
                "Asked " (if wish.count == 1 { "once".to_owned() } else { format!("{} times", grouped(wish.count)) })
                ", last on " (date(wish.last_day)) ". "
                a href=(format!("/try?question={}", encoded(wish.wording()))) { "Try it now" } ". "
                a href=(format!("/edit?question={}", encoded(wish.wording()))) { "Write the article" }
            }
            @if !others.is_empty() {
                ul {
                    @for other in others.iter().take(WORDINGS - 1) { li { bdi { (other) } } }
                    @if more > 0 { li { "and " (counted(more, "more wording")) } }
                }
            }
            @if let Some((place, text, answers)) = &group.nearest {
                p.nearest {
                    @if *answers { "Answered by now, by " } @else { "Nearest: " }
                    b { bdi { (cut(place, 200)) } } ": " bdi { (text) }
                }
            }
            details {
                summary { "Draft of an article" }
                label for=(id) { "Markdown to copy" }
                textarea #(id) readonly rows="5" { (draft(wish)) }
            }
        }
    }
}

/// A draft of an article with the first wordings.
fn draft(wish: &Wish) -> String {
    let mut first = wish.clone();
    first.wordings.truncate(WORDINGS);
    if let Some(title) = first.wordings.first_mut() {
        *title = cut(title, TITLE);
    }
    markdown(&[first])
}

#[cfg(test)]
mod tests {
    use super::{GROUPS, Group, Hidden, unanswered};
    use pullquote_insights::{MAX_WORDING, Wish};

    fn group(wordings: Vec<String>) -> Group {
        let wish = Wish {
            keys: vec![1; wordings.len()],
            wordings,
            count: 3,
            first_day: 20_000,
            last_day: 20_001,
        };
        let nearest = Some(("A title › </p>".to_owned(), "<b>".repeat(50), false));
        Group { wish, nearest }
    }

    #[test]
    fn hostile_questions_are_shown_as_they_are() {
        let asked = [
            "</textarea><script>alert(1)</script>",
            "--> <img src=x>",
            "\u{202e}sdrawkcab",
        ];
        let page = unanswered(
            &[group(asked.map(str::to_owned).to_vec())],
            (0, 1),
            1,
            Hidden::default(),
        );
        for tag in ["<script", "<img", "--&gt; <"] {
            assert!(!page.contains(tag), "{tag}");
        }
        assert_eq!(page.matches("</textarea>").count(), 1);
        assert!(
            page.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)"),
            "{page}"
        );
        assert!(page.contains("Asked 3 times, last on 2024-10-05"));
    }

    #[test]
    fn the_longest_questions_fit_in_sixty_kilobytes() {
        let hidden = Hidden {
            questions: 1_234,
            servers: 2,
        };
        for letter in ["a", "<", "界", "*"] {
            let long = vec![letter.repeat(MAX_WORDING); 30];
            let groups = vec![group(long); GROUPS];
            let page = unanswered(&groups, (99, 100), 1_000, hidden);
            assert!(page.len() < 60_000, "{letter}: {}", page.len());
            assert!(page.contains("and 27 more wordings") && page.contains("Page 100 of 100"));
            assert!(
                page.contains("1,234 more questions of 2 servers are not shown"),
                "{page}"
            );
        }
    }
}
