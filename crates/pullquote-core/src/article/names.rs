//! Finds articles by name: exactly, by prefix, or by similarity.

use super::{Article, ArticleId, Corpus};
use crate::text::{fold, folded_words, words};

/// A misspelling is at least this similar to the name (Jaro-Winkler): `noth korea` to `North Korea`.
const SIMILAR: f64 = 0.85;
/// Characters for each typo in it. With both limits, `openning hours` is close to *Opening hours*, but neither is `morning hours` nor
/// `settings` to *Getting started*.
const CHARACTERS_PER_TYPO: usize = 5;

/// How well a name matches what was typed, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Same,
    Prefix,
    /// Each typed word is a prefix of a word of the name.
    WordPrefixes,
    /// A misspelling, with 1,000 times the dissimilarity.
    Similar(u32),
}

impl Corpus {
    /// The article with this file name, title or alias: an exact match, or else the only one that matches at all.
    ///
    /// ```
    /// use pullquote_core::article::{ArticleId, Corpus};
    /// # use pullquote_core::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
    /// # let article = |name: &str, text: &str| {
    /// #     let kind = BlockKind::Paragraph(ParagraphKind::Body);
    /// #     let block = Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
    /// #     let document = ParsedDocument { blocks: vec![block], ..ParsedDocument::default() };
    /// #     Article::new(name, document).expect("the document has a paragraph")
    /// # };
    /// let corpus = Corpus::new(vec![article("harbour-rules.md", "The harbour opens at seven.")]);
    /// assert_eq!(corpus.named("Harbour rules"), Some(ArticleId(0)));
    /// assert_eq!(corpus.named("ferry"), None);
    /// ```
    pub fn named(&self, typed: &str) -> Option<ArticleId> {
        if let Some(id) = self.find(typed) {
            return Some(id);
        }
        let mut fitting = self.fitting(typed).into_iter();
        let (fit, id) = fitting.next()?;
        let is_only = fitting.next().is_none();
        (fit == Fit::Same || is_only).then_some(id)
    }

    /// The article with a file name, title or alias that consists of these folded words, `ignored` ones left out.
    pub fn called(&self, name: &[&str], ignored: impl Fn(&str) -> bool) -> Option<ArticleId> {
        let is_name = |other: &String| {
            // Folds no further than the first word that differs.
            let words = words(other).map(|word| fold(word.of(other)));
            words.filter(|word| !ignored(word)).eq(name.iter().copied())
        };
        self.position(|article| names(article).any(is_name))
    }

    /// The articles whose names match what was typed, best first: by prefix, by the prefixes of words, then by similarity.
    /// All articles if nothing was typed.
    pub fn completions(&self, typed: &str) -> impl Iterator<Item = ArticleId> {
        self.fitting(typed).into_iter().map(|(_, id)| id)
    }

    /// The articles that may be meant by a name that none has, best first: those whose names match it. None if it has no words.
    pub fn nearest(&self, typed: &str) -> impl Iterator<Item = ArticleId> {
        let has_words = words(typed).next().is_some();
        self.completions(typed).filter(move |_| has_words)
    }

    fn fitting(&self, typed: &str) -> Vec<(Fit, ArticleId)> {
        let typed = folded_words(typed);
        let articles = self.articles().enumerate();
        let mut found: Vec<(Fit, ArticleId)> = articles
            .filter_map(|(at, article)| Some((fit(article, &typed)?, ArticleId(at as u32))))
            .collect();
        found.sort_by_cached_key(|(fit, id)| (*fit, self.article(*id).meta.title.to_lowercase()));
        found
    }
}

/// The names of an article: title, file name and aliases.
fn names(article: &Article) -> impl Iterator<Item = &String> {
    let names = [&article.meta.title, &article.name];
    names.into_iter().chain(&article.meta.aliases)
}

/// How well the best of an article's names matches; `None` if none does.
fn fit(article: &Article, typed: &[String]) -> Option<Fit> {
    names(article)
        .filter_map(|name| fit_of(&folded_words(name), typed))
        .min()
}

fn fit_of(name: &[String], typed: &[String]) -> Option<Fit> {
    if typed.is_empty() {
        return Some(Fit::Prefix);
    }
    let (name_line, typed_line) = (name.join(" "), typed.join(" "));
    if name_line == typed_line {
        return Some(Fit::Same);
    }
    if name_line.starts_with(&typed_line) {
        return Some(Fit::Prefix);
    }
    let begins_word = |part: &String| name.iter().any(|word| word.starts_with(part.as_str()));
    if typed.iter().all(begins_word) {
        return Some(Fit::WordPrefixes);
    }
    // Compares the name, and its beginning: the rest may not have been typed yet. That is longer where a letter is missing.
    let length = typed_line.chars().count();
    let start = |length| name_line.chars().take(length).collect::<String>();
    // Whether it is similar first, which is sooner said.
    let similar = [start(length), start(length + 1), name_line.clone()]
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&name, &typed_line), name))
        .filter(|(similarity, name)| *similarity >= SIMILAR && is_mistyped(name, &typed_line));
    let dissimilarity = similar.map(|(similarity, _)| ((1.0 - similarity) * 1_000.0) as u32);
    let is_any_word = |part: &String| {
        begins_word(part)
            || part.chars().count() >= CHARACTERS_PER_TYPO
                && name.iter().any(|word| is_mistyped(word, part))
    };
    // The words in another order are less similar than any other name that is similar at all.
    let of_words = || typed.iter().all(is_any_word).then_some(1_000);
    dissimilarity.min().or_else(of_words).map(Fit::Similar)
}

/// Whether a name was meant, judged by the number of typos.
fn is_mistyped(name: &str, typed: &str) -> bool {
    let length = typed.chars().count();
    let allowed = (length / CHARACTERS_PER_TYPO).max(1);
    name.chars().count().abs_diff(length) <= allowed && strsim::osa_distance(name, typed) <= allowed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_by_prefix_then_by_similarity() {
        for (name, typed, expected) in [
            ("North Korea", "north korea", Some(Fit::Same)),
            ("North Korea", "nor", Some(Fit::Prefix)),
            ("North Korea", "kor", Some(Fit::WordPrefixes)),
            ("North Korea", "", Some(Fit::Prefix)),
        ] {
            let found = fit_of(&folded_words(name), &folded_words(typed));
            assert_eq!(found, expected, "{name} {typed}");
        }
    }

    #[test]
    fn only_what_is_close_is_a_misspelling() {
        let is_close = |name: &str, typed: &str| {
            let fit = fit_of(&folded_words(name), &folded_words(typed));
            matches!(fit, Some(Fit::Similar(_)))
        };
        for (name, typed) in [
            ("North Korea", "noth korea"),
            ("North Korea", "north corea"),
            ("Opening hours", "openning hours"),
            ("Opening hours", "opning"),
            ("Library", "libary"),
            ("Moderation", "modertaion"),
            ("Harbour rules", "harbor rules"),
            ("Roles", "roels"),
            ("The lighthouse of Norrby", "norby lighthouse"),
        ] {
            assert!(is_close(name, typed), "{name} {typed}");
        }
        for (name, typed) in [
            ("North Korea", "swimming pool"),
            ("Opening hours", "morning hours"),
            ("Getting started", "settings"),
            ("Roles", "reloads"),
            ("Norrby", "norway"),
            ("Server rules", "serving"),
            ("Library", "library card"),
            ("FAQ", "fan"),
            ("Rules", "zzz"),
        ] {
            assert!(!is_close(name, typed), "{name} {typed}");
        }
    }
}
