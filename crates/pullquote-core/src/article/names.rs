//! Finds articles by name: exactly, by prefix, or by similarity.

use super::{Article, ArticleId, Corpus};
use crate::text::{fold, words};

/// Names of at least this Jaro-Winkler similarity count as a misspelling: `noth korea` for `North Korea`.
const SIMILAR: f64 = 0.82;

/// How well a name matches what was typed, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Same,
    Prefix,
    /// Each typed word is a prefix of a word of the name.
    WordPrefixes,
    /// A misspelling, with 1,000 times the dissimilarity.
    Similar(u32),
    /// Another name, with 1,000 times the dissimilarity.
    Dissimilar(u32),
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

    /// All articles, most similar names first.
    pub fn nearest(&self, typed: &str) -> impl Iterator<Item = ArticleId> {
        self.by_fit(typed).into_iter().map(|(_, id)| id)
    }

    fn fitting(&self, typed: &str) -> Vec<(Fit, ArticleId)> {
        let mut found = self.by_fit(typed);
        found.retain(|(fit, _)| *fit < Fit::Dissimilar(0));
        found
    }

    fn by_fit(&self, typed: &str) -> Vec<(Fit, ArticleId)> {
        let typed = folded_words(typed);
        let articles = self.articles().enumerate();
        let mut found: Vec<(Fit, ArticleId)> = articles
            .map(|(at, article)| (fit(article, &typed), ArticleId(at as u32)))
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

/// How well the best of an article's names matches.
fn fit(article: &Article, typed: &[String]) -> Fit {
    let best = names(article)
        .map(|name| fit_of(&folded_words(name), typed))
        .min();
    best.unwrap_or(Fit::Dissimilar(u32::MAX))
}

fn fit_of(name: &[String], typed: &[String]) -> Fit {
    if typed.is_empty() {
        return Fit::Prefix;
    }
    let (name_line, typed_line) = (name.join(" "), typed.join(" "));
    if name_line == typed_line {
        return Fit::Same;
    }
    if name_line.starts_with(&typed_line) {
        return Fit::Prefix;
    }
    let begins_word = |part: &String| name.iter().any(|word| word.starts_with(part.as_str()));
    if typed.iter().all(begins_word) {
        return Fit::WordPrefixes;
    }
    // Compares the name, and its beginning of the same length: the rest may not have been typed yet.
    let start: String = name_line.chars().take(typed_line.chars().count()).collect();
    let [whole, start] = [&name_line, &start].map(|name| strsim::jaro_winkler(name, &typed_line));
    let similarity = whole.max(start);
    let dissimilarity = ((1.0 - similarity) * 1_000.0) as u32;
    if similarity >= SIMILAR {
        Fit::Similar(dissimilarity)
    } else {
        Fit::Dissimilar(dissimilarity)
    }
}

fn folded_words(text: &str) -> Vec<String> {
    words(text).map(|span| fold(span.of(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_by_prefix_then_by_similarity() {
        for (name, typed, expected) in [
            ("North Korea", "north korea", Fit::Same),
            ("North Korea", "nor", Fit::Prefix),
            ("North Korea", "kor", Fit::WordPrefixes),
            ("North Korea", "", Fit::Prefix),
        ] {
            let found = fit_of(&folded_words(name), &folded_words(typed));
            assert_eq!(found, expected, "{name} {typed}");
        }
        let mistyped = fit_of(&folded_words("North Korea"), &folded_words("noth korea"));
        assert!(matches!(mistyped, Fit::Similar(_)), "{mistyped:?}");
        let other = fit_of(&folded_words("North Korea"), &folded_words("swimming pool"));
        assert!(matches!(other, Fit::Dissimilar(_)), "{other:?}");
    }
}
