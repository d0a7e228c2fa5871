//! The articles and their health, a page at a time.

use crate::editor::{Notice, notice, upload};
use crate::layout::{counted, cut, encoded, grouped, page};
use crate::quotes::{Quoted, Quotes, last, times};
use maud::{Markup, html};
use std::cmp::Ordering;

/// Articles on a page.
pub(crate) const PER_PAGE: usize = 50;
/// Characters shown of a path and of a title.
const NAME: usize = 60;

/// A file of the knowledge folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleRow {
    /// Its path below the folder.
    pub path: String,
    /// Title of its article; empty if the file is not used.
    pub title: String,
    /// Words.
    pub words: usize,
    /// Passages.
    pub passages: usize,
    /// Code of its language; empty if the file is not used.
    pub language: String,
    /// Texts that were left out.
    pub left_out: usize,
    /// Warnings about it.
    pub warnings: usize,
    /// Why it cannot be used; 0 or 1.
    pub errors: usize,
    /// Texts that another article has as well.
    pub repeated: usize,
}

impl ArticleRow {
    /// Whether it is an article that answers questions.
    pub fn is_used(&self) -> bool {
        !self.title.is_empty()
    }
}

/// By what the list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Column {
    /// By path.
    #[default]
    Name,
    /// By the number of words.
    Words,
    /// By the number of passages.
    Passages,
    /// By language.
    Language,
    /// By the number of texts that were left out.
    LeftOut,
    /// By problems: errors first.
    Problems,
    /// By how often it was quoted.
    Quoted,
}

/// Which articles are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Selection {
    /// All.
    #[default]
    All,
    /// Those with problems.
    Problems,
    /// Those that were never quoted.
    NeverQuoted,
    /// Those with texts that another article has as well.
    Repeated,
}

/// What of the list is shown, and how: all of it stands in the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct View {
    /// By what it is sorted.
    pub sort: Column,
    /// Whether the order is turned round.
    pub reverse: bool,
    /// Which articles.
    pub show: Selection,
    /// The page, from 0.
    pub page: usize,
}

/// On a phone, the first ones are in view.
const COLUMNS: [(Column, &str, &str); 7] = [
    (Column::Name, "name", "Article"),
    (Column::Problems, "problems", "Problems"),
    (Column::Quoted, "quoted", "Quoted"),
    (Column::Words, "words", "Words"),
    (Column::Passages, "passages", "Passages"),
    (Column::Language, "language", "Language"),
    (Column::LeftOut, "left-out", "Left out"),
];
const SELECTIONS: [(Selection, &str, &str); 4] = [
    (Selection::All, "all", "All"),
    (Selection::Problems, "problems", "With problems"),
    (Selection::NeverQuoted, "never-quoted", "Never quoted"),
    (Selection::Repeated, "repeated", "With repeated texts"),
];

impl View {
    /// Reads a query; what it does not understand is the default.
    ///
    /// ```
    /// use pullquote_page::{Column, View};
    ///
    /// let view = View::of("sort=words&reverse=1&page=3");
    /// assert_eq!((view.sort, view.reverse, view.page), (Column::Words, true, 2));
    /// assert_eq!(View::of(&view.query()), view);
    /// assert_eq!(View::of("sort=colour&page=-1&x"), View::default());
    /// ```
    pub fn of(query: &str) -> Self {
        let mut view = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "sort" => {
                    let known = COLUMNS.iter().find(|(_, code, _)| *code == value);
                    view.sort = known.map_or(view.sort, |(column, ..)| *column);
                }
                "show" => {
                    let known = SELECTIONS.iter().find(|(_, code, _)| *code == value);
                    view.show = known.map_or(view.show, |(selection, ..)| *selection);
                }
                "reverse" => view.reverse = value == "1",
                "page" => {
                    view.page = value
                        .parse()
                        .map_or(0, |page: usize| page.saturating_sub(1));
                }
                _ => {}
            }
        }
        view
    }

    /// The query that [`View::of`] reads.
    pub fn query(&self) -> String {
        let name = |column| {
            COLUMNS
                .iter()
                .find(|(it, ..)| *it == column)
                .map_or("", |it| it.1)
        };
        let show = SELECTIONS
            .iter()
            .find(|(it, ..)| *it == self.show)
            .map_or("", |it| it.1);
        let reverse = if self.reverse { "&reverse=1" } else { "" };
        format!(
            "sort={}&show={show}&page={}{reverse}",
            name(self.sort),
            self.page + 1
        )
    }

    fn link(&self) -> String {
        format!("/articles?{}", self.query())
    }

    fn shows(&self, (row, quoted): (&ArticleRow, Option<Quoted>)) -> bool {
        match self.show {
            Selection::All => true,
            Selection::Problems => row.errors + row.warnings > 0,
            Selection::NeverQuoted => row.is_used() && quoted.is_some_and(|it| it.times == 0),
            Selection::Repeated => row.repeated > 0,
        }
    }

    /// Numbers begin with the largest, names with the first.
    fn compare(&self, (one, quoted): &Line<'_>, (other, of_other): &Line<'_>) -> Ordering {
        let order = match self.sort {
            Column::Name => Ordering::Equal,
            Column::Words => other.words.cmp(&one.words),
            Column::Passages => other.passages.cmp(&one.passages),
            Column::Language => one.language.cmp(&other.language),
            Column::LeftOut => other.left_out.cmp(&one.left_out),
            Column::Problems => (other.errors, other.warnings).cmp(&(one.errors, one.warnings)),
            Column::Quoted => {
                let times = |quoted: &Option<Quoted>| quoted.map(|it| it.times);
                times(of_other).cmp(&times(quoted))
            }
        };
        let order = order.then_with(|| one.path.cmp(&other.path));
        if self.reverse { order.reverse() } else { order }
    }
}

/// A file, and how often it was quoted if that is known.
type Line<'a> = (&'a ArticleRow, Option<Quoted>);

/// The list of articles, and what came of the last change.
pub fn articles(
    rows: &[ArticleRow],
    quotes: &Quotes,
    view: View,
    told: Option<Notice<'_>>,
) -> String {
    let lines = rows.iter().map(|row| (row, quotes.of(&row.path)));
    let mut shown: Vec<Line<'_>> = lines.filter(|line| view.shows(*line)).collect();
    shown.sort_unstable_by(|one, other| view.compare(one, other));
    let pages = shown.len().div_ceil(PER_PAGE).max(1);
    let view = View {
        page: view.page.min(pages - 1),
        ..view
    };
    let used = rows.iter().filter(|row| row.is_used()).count() as u64;
    let on_page = shown.iter().skip(view.page * PER_PAGE).take(PER_PAGE);
    let content = html! {
        (notice(told))
        p {
            (counted(used, "article"))
            @if rows.len() as u64 > used {
                ", and " (counted(rows.len() as u64 - used, "file")) " that cannot be used"
            }
            ". " (quotes.explanation())
        }
        (selections(view))
        @if shown.is_empty() {
            p { "There are none." }
        } @else {
            div.wide tabindex="0" role="region" aria-label="Articles" {
                table {
                    caption.hidden { "Articles and their health" }
                    thead { tr { @for column in COLUMNS { (head(view, column)) } } }
                    tbody { @for shown in on_page { (line(*shown)) } }
                }
            }
            (pager(view, pages))
        }
        section aria-labelledby="add" {
            h2 #add { "Add an article" }
            p { a href="/edit" { "Write it here" } ", or upload it:" }
            (upload(None))
        }
    };
    page("Articles", "/articles", &content)
}

fn selections(view: View) -> Markup {
    html! {
        nav aria-label="Which articles" {
            ul.choices {
                @for (selection, _, name) in SELECTIONS {
                    @let other = View { show: selection, page: 0, ..view };
                    li { a href=(other.link()) aria-current=[(selection == view.show).then_some("true")] { (name) } }
                }
            }
        }
    }
}

/// The head of a column: a link that sorts by it, or turns the order round.
fn head(view: View, (column, _, name): (Column, &str, &str)) -> Markup {
    let is_sorted = view.sort == column;
    let other = View {
        sort: column,
        reverse: is_sorted && !view.reverse,
        page: 0,
        ..view
    };
    let begins_low = matches!(column, Column::Name | Column::Language);
    let order = if begins_low == view.reverse {
        "descending"
    } else {
        "ascending"
    };
    let is_number = !begins_low;
    html! {
        th scope="col" class=[is_number.then_some("number")] aria-sort=[is_sorted.then_some(order)] {
            a href=(other.link()) {
                (name)
                @if is_sorted {
                    span aria-hidden="true" { @if order == "ascending" { " ▲" } @else { " ▼" } }
                }
            }
        }
    }
}

fn line((row, quoted): Line<'_>) -> Markup {
    let number = |number: usize| grouped(number as u64);
    html! {
        tr {
            th scope="row" {
                a href=(format!("/article?path={}", encoded(&row.path))) {
                    bdi { (cut(if row.is_used() { &row.title } else { &row.path }, NAME)) }
                }
                @if row.is_used() { br; small { bdi { (cut(&row.path, NAME)) } } }
            }
            td.number {
                @if row.errors > 0 { span.badge.error { "Not used" } }
                @else if row.warnings > 0 { span.badge.warning { (counted(row.warnings as u64, "warning")) } }
                @else if row.repeated == 0 { "0" }
                @if row.repeated > 0 {
                    @if row.errors + row.warnings > 0 { br; }
                    small { (counted(row.repeated as u64, "repeated text")) }
                }
            }
            td.number {
                @if row.is_used() { (times(quoted)) } @else { "–" }
                @if let Some(day) = last(quoted) { br; small { (day) } }
            }
            @if row.is_used() {
                td.number { (number(row.words)) }
                td.number { (number(row.passages)) }
                td { (row.language) }
            } @else {
                td.number { "–" } td.number { "–" } td { "–" }
            }
            td.number { (number(row.left_out)) }
        }
    }
}

/// Links to the pages beside this one.
fn pager(view: View, pages: usize) -> Markup {
    let to = |page| View { page, ..view }.link();
    html! {
        @if pages > 1 {
            nav.pager aria-label="Parts of the list" {
                @if view.page > 0 {
                    a href=(to(0)) { "First" }
                    a href=(to(view.page - 1)) rel="prev" { "Previous" }
                }
                span { "Page " (grouped(view.page as u64 + 1)) " of " (grouped(pages as u64)) }
                @if view.page + 1 < pages {
                    a href=(to(view.page + 1)) rel="next" { "Next" }
                    a href=(to(pages - 1)) { "Last" }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ArticleRow, View, articles};
    use crate::{Quoted, Quotes};

    fn row(path: &str, words: usize) -> ArticleRow {
        ArticleRow {
            path: path.to_owned(),
            title: format!("About {path}"),
            words,
            language: "en".to_owned(),
            ..ArticleRow::default()
        }
    }

    /// `b.md` was quoted twice, the day before yesterday.
    fn quotes() -> Quotes {
        let quoted = Quoted {
            times: 2,
            last: Some(2),
        };
        Quotes::Counted {
            days: 90,
            by_path: [("b.md".to_owned(), quoted)].into(),
        }
    }

    /// The paths on the page, in order.
    fn shown(rows: &[ArticleRow], query: &str) -> Vec<String> {
        let page = articles(rows, &quotes(), View::of(query), None);
        let links = page.split("/article?path=").skip(1);
        links
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn the_list_is_sorted_and_filtered_by_links() {
        let mut rows = [row("b.md", 5), row("a.md", 7), row("c.md", 9)];
        rows[1].repeated = 3;
        rows[2].warnings = 1;
        let broken = ArticleRow {
            path: "d.pdf".to_owned(),
            errors: 1,
            ..ArticleRow::default()
        };
        let rows = [rows.as_slice(), &[broken]].concat();
        assert_eq!(shown(&rows, ""), ["a.md", "b.md", "c.md", "d.pdf"]);
        assert_eq!(shown(&rows, "reverse=1"), ["d.pdf", "c.md", "b.md", "a.md"]);
        assert_eq!(
            shown(&rows, "sort=words"),
            ["c.md", "a.md", "b.md", "d.pdf"]
        );
        assert_eq!(
            shown(&rows, "sort=problems"),
            ["d.pdf", "c.md", "a.md", "b.md"]
        );
        assert_eq!(shown(&rows, "show=problems"), ["c.md", "d.pdf"]);
        assert_eq!(shown(&rows, "show=never-quoted"), ["a.md", "c.md"]);
        assert_eq!(shown(&rows, "show=repeated"), ["a.md"]);
        assert_eq!(
            shown(&rows, "sort=quoted"),
            ["b.md", "a.md", "c.md", "d.pdf"]
        );
        let page = articles(&rows, &quotes(), View::default(), None);
        for part in ["2 days ago", "3 repeated texts", "the last 90 days"] {
            assert!(page.contains(part), "{part}");
        }
        assert_eq!(shown(&[], "show=problems"), Vec::<String>::new());
    }

    #[test]
    fn what_is_not_counted_is_not_said_to_be_never_quoted() {
        for (quotes, part) in [
            (Quotes::NotCounted, "KEEP_QUESTIONS_DAYS is 0"),
            (
                Quotes::Unavailable("the disk is <full>".to_owned()),
                "the disk is &lt;full&gt;",
            ),
        ] {
            let list = |query| articles(&[row("a.md", 1)], &quotes, View::of(query), None);
            assert!(list("").contains(part) && list("").contains("a.md"));
            assert!(!list("show=never-quoted").contains("a.md"));
        }
    }

    #[test]
    fn ten_thousand_articles_fit_in_pages_of_sixty_kilobytes() {
        let path =
            |at: usize| format!("a rather long folder name/{at:05} <script>alert('&')</script>.md");
        let rows: Vec<ArticleRow> = (0..10_000)
            .map(|at| ArticleRow {
                warnings: at % 3,
                left_out: at,
                ..row(&path(at), at * 100)
            })
            .collect();
        let count = |at| Quoted {
            times: at as u64 * 1_000,
            last: Some(at as u64),
        };
        let quotes = Quotes::Counted {
            days: 90,
            by_path: (0..10_000).map(|at| (path(at), count(at))).collect(),
        };
        for query in [
            "",
            "page=200",
            "page=999999999",
            "sort=words&reverse=1&page=7",
        ] {
            let page = articles(&rows, &quotes, View::of(query), None);
            assert!(page.len() < 60_000, "{query}: {}", page.len());
            assert!(!page.contains("<script"), "{query}");
        }
        let last = articles(&rows, &quotes, View::of("page=999999999"), None);
        assert!(last.contains("Page 200 of 200") && !last.contains("Next"));
    }
}
