//! Answers that people have chosen: ranking does not decide for these questions.

use super::{Answer, Options, Outcome, Quote};
use crate::article::{Corpus, PassageId};
use crate::query::{Query, Word};
use crate::text::Language;

/// Letters from which a word may have a typo: of shorter ones, many words are one letter from another.
const LETTERS: usize = 5;

/// Questions with the passages that were chosen to answer them.
#[derive(Debug, Default)]
pub(crate) struct Pinned(Vec<(Query, PassageId)>);

impl Pinned {
    pub(crate) fn new(pinned: Vec<(Query, PassageId)>) -> Self {
        let says_something = |(query, _): &(Query, PassageId)| !query.words.is_empty();
        Self(pinned.into_iter().filter(says_something).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The passage that was chosen for a question, whatever its typos, its word forms, the order of its words and what is written
    /// around it. Each of its words counts: `where`, `why` or `not` may be all that tells two questions apart.
    pub(crate) fn passage(&self, asked: &Query) -> Option<PassageId> {
        let of = |same: fn(&Word, &Word, Language) -> bool| {
            let mut pinned = self.0.iter();
            let found = pinned.find(|(question, _)| are_equal(asked, question, same));
            found.map(|(_, passage)| *passage)
        };
        of(is_form).or_else(|| {
            of(|asked, pinned, language| {
                is_form(asked, pinned, language) || is_typo(asked, pinned, language)
            })
        })
    }
}

/// Whether each word of one question has an equal in the other.
fn are_equal(asked: &Query, pinned: &Query, same: fn(&Word, &Word, Language) -> bool) -> bool {
    let equal = |one: &Word, other: &Word| same(one, other, asked.language);
    let is_pinned = |one: &Word| pinned.words.iter().any(|other| equal(one, other));
    let is_asked = |other: &Word| asked.words.iter().any(|one| equal(one, other));
    asked.words.iter().all(is_pinned) && pinned.words.iter().all(is_asked)
}

/// Whether two words have the same stem.
fn is_form(asked: &Word, pinned: &Word, language: Language) -> bool {
    asked.folded == pinned.folded || language.stem(&asked.folded) == language.stem(&pinned.folded)
}

/// Whether a word is the other with a typo. A real word is none, and a number names something else.
fn is_typo(asked: &Word, pinned: &Word, language: Language) -> bool {
    let [typed, meant] = [asked, pinned].map(|word| &*word.folded);
    typed.chars().count() >= LETTERS
        && typed.chars().all(char::is_alphabetic)
        && !language.is_real_word(typed)
        && strsim::osa_distance(typed, meant) == 1
}

impl Answer {
    /// The same answer with a passage that was chosen in front. It is quoted as ranking would quote it, if it found it.
    pub(crate) fn pinned(mut self, corpus: &Corpus, id: PassageId, options: &Options) -> Self {
        let passage = corpus.passage(id);
        let span = corpus.span(passage);
        let is_it = |quote: &Quote| quote.article == passage.article && quote.best.overlaps(span);
        let found = self.quotes.iter().position(is_it);
        let quote = match found {
            Some(at) => Some(self.quotes.remove(at)),
            None => Quote::of_span(corpus, passage.article, span),
        };
        let Some(quote) = quote else { return self };
        if self.outcome != Outcome::Quoted && !options.always {
            self.quotes.clear();
        }
        self.quotes.insert(0, quote);
        self.quotes.truncate(options.limit.max(1));
        Self {
            outcome: Outcome::Quoted,
            confidence: 1.0,
            is_pinned: true,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::answer::{Answer, Options, Outcome};
    use crate::article::{ArticleId, PassageId};
    use crate::engine::Engine;
    use crate::index::tests::article;

    const TEXT: &str = "## Ferry\n\nThe ferry leaves at seven.\n\n## Lost luggage\n\nAsk at the kiosk. It opens at six.";

    /// Two articles; the passage about luggage is pinned for a question, which ranking answers from the first one.
    fn engine(question: &str) -> Engine {
        let other = article("other", "## Bag\n\nA bag left on the ferry costs a crown.");
        let engine = Engine::build(vec![article("harbour", TEXT), other]);
        let luggage = engine.search("kiosk", &Options::default()).passages[0].passage;
        engine.with_pinned(&[(question.to_owned(), luggage)])
    }

    fn quoted(engine: &Engine, answer: &Answer) -> String {
        let quote = &answer.quotes[0];
        let text = &engine.corpus().article(quote.article).text;
        quote.span.of(text).to_owned()
    }

    #[test]
    fn a_question_is_recognised_and_its_like_are_not() {
        let engine = engine("I left a bag on the ferry, where is it now?");
        for question in [
            "I left a bag on the ferry, where is it now?",
            "hello! i left a bag on the ferrry where is it now?? thanks",
            "where is it now: i left bags on the ferry, a bag",
        ] {
            let answer = engine.ask(question, &Options::default());
            assert!(
                answer.is_pinned && answer.outcome == Outcome::Quoted,
                "{question}"
            );
            assert!(quoted(&engine, &answer).starts_with("Ask at the kiosk."));
            assert_eq!(answer.second(), None);
        }
        for question in [
            "I left a bag on the ferry, why is it now?",
            "I left a bag on the ferry",
            "I left a bad on the ferry, where is it now?",
            "",
        ] {
            let answer = engine.ask(question, &Options::default());
            assert!(!answer.is_pinned, "{question}");
        }
    }

    #[test]
    fn a_question_for_another_article_is_answered_from_that() {
        let engine = engine("what does a bag cost");
        let within = |article| Options {
            article: Some(article),
            ..Options::default()
        };
        let is_pinned = |options| engine.ask("What does a bag cost?", &options).is_pinned;
        assert!(is_pinned(within(ArticleId(0))));
        assert!(!is_pinned(within(ArticleId(1))));
    }

    #[test]
    fn other_passages_follow_only_where_they_are_asked_for() {
        let engine = engine("zzz");
        let ask = |always| {
            let options = Options {
                always,
                ..Options::default()
            };
            engine.ask("zzz", &options).quotes.len()
        };
        assert_eq!((ask(false), ask(true) >= 1), (1, true));
        let nothing = engine.with_pinned(&[(" ?".to_owned(), PassageId(0))]);
        assert!(!nothing.ask("?", &Options::default()).is_pinned);
    }
}
