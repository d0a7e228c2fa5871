//! Questions about the articles themselves: `who wrote this`, `what is it about`, `what articles do you have`.
//!
//! [`AboutQuestion::parse`] compares a message with phrases of each language. What an article says of itself comes from
//! its metadata or from the lines at its beginning and end (`facts.rs`); what it is about, from its summary.

mod facts;
mod phrase;

use crate::answer::{About, Answer, Outcome, Quote, Topic};
use crate::article::{ArticleId, Corpus};
use crate::index::Index;
use crate::summary::{self, Length, Sentence};

/// A question about the articles themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AboutQuestion {
    /// What is asked.
    pub topic: Topic,
    /// The article; `None` where the question is not about one, or does not say which of several.
    pub article: Option<ArticleId>,
}

impl AboutQuestion {
    /// Reads a question; `None` if it asks for anything else. `within` is the only article that is asked, if there is
    /// one.
    pub(crate) fn parse(
        question: &str,
        corpus: &Corpus,
        within: Option<ArticleId>,
    ) -> Option<Self> {
        let (topic, named) = phrase::find(question, corpus)?;
        let only = (corpus.article_count() == 1).then_some(ArticleId(0));
        let article = named.or(within).or(only);
        let is_general = matches!(topic, Topic::Articles | Topic::Help);
        Some(Self {
            topic,
            article: article.filter(|_| !is_general),
        })
    }

    /// The answer: a fact with the line that states it, or the sentences of a summary.
    pub(crate) fn answer(self, corpus: &Corpus, index: &Index) -> Answer {
        let (mut fact, mut quotes) = (None, Vec::new());
        if let Some(id) = self.article {
            let article = corpus.article(id);
            let found = facts::find(article, self.topic);
            if let Some(line) = found.as_ref().and_then(|fact| fact.line) {
                quotes.extend(Quote::of_span(corpus, id, line));
            }
            fact = found.map(|fact| fact.value);
            if self.topic == Topic::Gist {
                let options = summary::Options {
                    length: Length::Short,
                    focus: None,
                };
                let sentences = summary::summarise(corpus, index, id, &options).sentences;
                let quote = |one: &Sentence| Quote::of_span(corpus, id, one.span);
                quotes.extend(sentences.iter().filter_map(quote));
            }
        }
        let is_known = match self.topic {
            Topic::Author | Topic::Date | Topic::Publisher | Topic::Source => {
                self.article.is_none() || fact.is_some()
            }
            Topic::Gist | Topic::Length | Topic::Articles | Topic::Help => true,
        };
        let outcome = match (self.topic, is_known) {
            (Topic::Help, _) => Outcome::Help,
            (_, true) => Outcome::About,
            (_, false) => Outcome::Unknown,
        };
        Answer {
            outcome,
            confidence: if outcome == Outcome::About { 1.0 } else { 0.0 },
            quotes,
            corrections: Vec::new(),
            is_about_something: true,
            about: Some(About {
                topic: self.topic,
                article: self.article,
                fact,
            }),
            is_pinned: false,
            also: Vec::new(),
            explanation: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tests::article;

    fn corpus() -> Corpus {
        let ferry = "# The last ferry\n\nBy Ada Berg\n\n12 March 2019\n\nThe ferry sails no more. It sank in the bay.\n\n\
                     The Norrby Courier\n\nOriginal URL: https://norrby.example/ferry";
        Corpus::new(vec![
            article("ferry", ferry),
            article("bread", "# Sourdough\n\nFeed the starter twice a day."),
        ])
    }

    /// Checks what a question is about, with the article's number.
    #[track_caller]
    fn check(question: &str, expected: Option<(Topic, Option<u32>)>) {
        let found = AboutQuestion::parse(question, &corpus(), None);
        let found = found.map(|about| (about.topic, about.article.map(|article| article.0)));
        assert_eq!(found, expected, "{question}");
    }

    #[test]
    fn questions_about_articles_are_told_from_questions_to_them() {
        check("who wrote this?", Some((Topic::Author, None)));
        check("Who wrote The last ferry?", Some((Topic::Author, Some(1))));
        check("What's sourdough about?", Some((Topic::Gist, Some(0))));
        check("tl;dr", Some((Topic::Gist, None)));
        check(
            "could you please summarize the article",
            Some((Topic::Gist, None)),
        );
        check("what articles do you have", Some((Topic::Articles, None)));
        check("what can I ask you?", Some((Topic::Help, None)));
        check("Worum geht es in dem Artikel?", Some((Topic::Gist, None)));
        check(
            "¿Quién escribió este artículo?",
            Some((Topic::Author, None)),
        );
        check(
            "De quel journal vient cet article ?",
            Some((Topic::Publisher, None)),
        );
        check("who wrote Hamlet", None);
        check("how long is the crossing", None);
        check("what is the starter", None);
    }

    #[test]
    fn facts_are_quoted_where_they_stand() {
        let corpus = corpus();
        let index = Index::build(&corpus);
        let ask = |question: &str| {
            let about = AboutQuestion::parse(question, &corpus, Some(ArticleId(1))).unwrap();
            let answer = about.answer(&corpus, &index);
            let quote = answer.quotes.first();
            let quoted = quote.map(|quote| quote.span.of(&corpus.article(quote.article).text));
            (answer.about.unwrap().fact, quoted.map(str::to_owned))
        };
        let some = |fact: &str, line: &str| (Some(fact.to_owned()), Some(line.to_owned()));
        assert_eq!(ask("who wrote this"), some("Ada Berg", "By Ada Berg"));
        assert_eq!(
            ask("when was it published"),
            some("12 March 2019", "12 March 2019")
        );
        assert_eq!(
            ask("what newspaper is this from"),
            some("The Norrby Courier", "The Norrby Courier")
        );
        assert_eq!(
            ask("where can I read it"),
            some(
                "https://norrby.example/ferry",
                "Original URL: https://norrby.example/ferry"
            )
        );
    }

    #[test]
    fn what_an_article_does_not_say_is_unknown() {
        let corpus = corpus();
        let about = AboutQuestion::parse("who wrote sourdough", &corpus, None).unwrap();
        let answer = about.answer(&corpus, &Index::build(&corpus));
        assert_eq!((answer.outcome, answer.quotes.len()), (Outcome::Unknown, 0));
    }
}
