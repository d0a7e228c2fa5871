//! What the program knows about each language: one file a language, all of one shape. `template.rs` is the file to
//! copy. Beside these files there may be a list of a language's words in `text/real_words`.
//!
//! [`Language`](super::Language) is how the rest of the program asks for it.

mod ar;
mod de;
mod en;
mod es;
mod fr;
mod hi;
mod it;
mod nl;
mod pt;
mod ru;
#[cfg(test)]
mod template;
mod vi;
mod zh;

use super::fold::{fold_into, fold_into_accented};
use frostem::Algorithm;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::sync::LazyLock;
use whatlang::Lang as Detected;

/// One language. A list may be empty: the language then does without what the list is for.
///
/// Words are separated by white space, phrases (one word or more) by bars. *Folded* is the form that
/// [`fold`](super::fold) returns: lower case, without accents.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lang {
    /// ISO 639-1 code.
    pub(crate) code: &'static str,
    /// The detector's name for the language.
    pub(super) detected: Detected,
    /// The Snowball stemmer. Without one, only equal words match.
    pub(super) stemmer: Option<Algorithm>,
    /// Variants of spelling that the stemmer keeps apart.
    pub(super) respelling: Option<Respelling>,
    /// Irregular forms, folded, one word a line: the base form, then the others. Leave out forms that are also other
    /// words (`saw`, `left`, `ground`, `felt`).
    pub(super) irregular_forms: &'static str,
    /// Words with nearly the same meaning, a group a line, as `en_related.txt` describes.
    pub(crate) related_words: &'static str,
    /// Words of questions and chat that say nothing about the subject, besides the stop words: folded, or in lower case with their
    /// accents where these tell words apart.
    pub(super) function_words: &'static str,
    /// Words that begin a question, in lower case. Accents count: Spanish `qué` asks, `que` does not.
    question_words: &'static str,
    /// What people write around a question in chat.
    padding: PaddingLists,
    /// Folded words that state an amount: numbers, `none`, `daily`.
    pub(crate) amount_words: &'static str,
    /// Folded phrases that ask for an amount: `how many`.
    pub(crate) amount_questions: &'static str,
    /// Folded phrases that ask for a time: `when`.
    pub(crate) time_questions: &'static str,
    /// Folded words that state a time, besides those that state an amount: `monday`, `weeks`, `after`.
    pub(crate) time_words: &'static str,
    /// Folded phrases that greet or thank: the whole message. Function words need no entry.
    greetings: &'static str,
    /// Phrases that ask about an article.
    about: AboutLists,
    /// Words by which questions about the state of things now are recognised.
    present: PresentLists,
    /// Words by which questions that need the one before are recognised, and put together with it.
    pub(crate) follow_up: FollowUpLists,
    /// Folded words that begin the line that names an author: `by`.
    bylines: &'static str,
    /// Folded words that ask for help: the whole message.
    help_words: &'static str,
    /// First words of sentences that refer to the sentence before, folded. One with an accent matches only a word
    /// with an accent: Spanish `él`, not `El Salvador`.
    pub(super) back_references: &'static str,
    /// Words of sentences that announce what follows, in lower case.
    pub(super) forward_references: &'static str,
    /// Abbreviations that are written with a full stop, in lower case, without the last stop.
    abbreviations: Abbreviations,
    /// Words in lower case that begin sentences far more often than they follow an abbreviation.
    sentence_starts: &'static str,
    /// Whether ordinals are a number and a full stop: `am 3. Oktober`.
    pub(super) dotted_ordinals: bool,
    /// Whether a space follows every syllable, not every word.
    pub(crate) spaces_between_syllables: bool,
    /// Whether words differ by accents alone, so that their folded forms keep them: `bán`, `bạn`, `bàn`. Words without any
    /// may be typed for all of them.
    pub(crate) accents_tell_words_apart: bool,
}

/// Phrases that ask about an article: the whole message, folded. `*` stands for the article's name, for words that point
/// to it, or for nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AboutLists {
    /// Words that do not matter in phrases and messages: `is`, `the`, `please`.
    pub(crate) ignored: &'static str,
    /// Words that point to the article: `this`, `article`.
    pub(crate) pointers: &'static str,
    /// Who wrote it.
    pub(crate) author: &'static str,
    /// When it was published.
    pub(crate) date: &'static str,
    /// Who published it.
    pub(crate) publisher: &'static str,
    /// Where it can be read.
    pub(crate) source: &'static str,
    /// What it says.
    pub(crate) gist: &'static str,
    /// How long it is.
    pub(crate) length: &'static str,
    /// Which articles there are.
    pub(crate) articles: &'static str,
    /// What can be asked.
    pub(crate) help: &'static str,
}

impl AboutLists {
    const NONE: Self = Self {
        ignored: "",
        pointers: "",
        author: "",
        date: "",
        publisher: "",
        source: "",
        gist: "",
        length: "",
        articles: "",
        help: "",
    };
}

/// Words by which questions about the state of things now are recognised (`is the server down?`), folded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PresentLists {
    /// They begin a question for a way or a reason, which articles may answer even if it says "now": `how`.
    pub(crate) ways: &'static str,
    /// Phrases that name the present: `right now`.
    pub(crate) now: &'static str,
    /// Forms of to be, and others that a state may follow.
    pub(crate) be: &'static str,
    /// States that change by the hour: `down`.
    pub(crate) states: &'static str,
    /// Where people are or how, of whom somebody looks for any: `here`.
    pub(crate) places: &'static str,
    /// Persons that somebody looks for: `anyone`.
    pub(crate) anybody: &'static str,
    /// They ask what is possible or required, which does not change by the hour: `allowed`.
    pub(crate) rules: &'static str,
    /// They may stand between a form of to be and the state, or behind the state.
    pub(crate) around: &'static str,
}

impl PresentLists {
    const NONE: Self = Self {
        ways: "",
        now: "",
        be: "",
        states: "",
        places: "",
        anybody: "",
        rules: "",
        around: "",
    };
}

/// The words for questions about the present, of every language that has some.
pub(crate) fn languages_with_present() -> impl Iterator<Item = &'static PresentLists> {
    let lists = ALL.iter().map(|lang| &lang.present);
    lists.filter(|lists| !lists.be.is_empty())
}

/// Words by which questions that need the one before are recognised (`and on linux?`), folded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FollowUpLists {
    /// What people write in front of such a text, which says nothing: `ok`.
    interjections: &'static str,
    /// Phrases that such a text begins with: `what about`.
    pub(crate) openers: &'static str,
    /// Words that join a part to a question: `on`.
    prepositions: &'static str,
    /// Words that stand for what the question before named: `it`.
    pronouns: &'static str,
}

impl FollowUpLists {
    const NONE: Self = Self {
        interjections: "",
        openers: "",
        prepositions: "",
        pronouns: "",
    };
}

/// The phrases that ask about an article, of every language that has some.
pub(crate) fn languages_with_about() -> impl Iterator<Item = &'static AboutLists> {
    let lists = ALL.iter().map(|lang| &lang.about);
    lists.filter(|lists| !lists.gist.is_empty())
}

/// What people write around a question in chat, as folded words.
#[derive(Debug, Clone, Copy)]
pub(super) struct PaddingLists {
    /// Words that say nothing about the subject in a part of a message that has no others: `guys`, `hours`, `stuck`.
    words: &'static str,
    /// The same in a part that asks: `anyone`, `idea`. It may not be set aside for a word that could be its subject.
    pleas: &'static str,
    /// Words that begin a question without punctuation before them: `how`, not `is`.
    interrogatives: &'static str,
    /// Words that join two questions: `and`.
    joiners: &'static str,
    /// Words that begin an aside without punctuation before them: `thanks`, `sorry`.
    openers: &'static str,
}

impl PaddingLists {
    const NONE: Self = Self {
        words: "",
        pleas: "",
        interrogatives: "",
        joiners: "",
        openers: "",
    };
}

/// Abbreviations of one language, by what their full stop means.
#[derive(Debug, Clone, Copy)]
pub(super) struct Abbreviations {
    /// Never the end of a sentence, such as titles of people: `dr`, `vs`.
    before_name: &'static str,
    /// Not the end of a sentence before a number, Roman or Arabic: `no`, `jan`, `vol`. Many are words as well.
    before_number: &'static str,
    /// Inside a sentence or at its end, as the next word decides: `etc`, `u.s`.
    anywhere: &'static str,
}

/// How to unify variants of spelling, such as British and American.
#[derive(Debug, Clone, Copy)]
pub(super) struct Respelling {
    /// What the stemmer gets for a folded word that is not an irregular form.
    pub(super) before_stemming: fn(&str) -> Cow<'_, str>,
    /// The term for a stem.
    pub(super) after_stemming: fn(Cow<'_, str>) -> Cow<'_, str>,
}

/// All languages. English is first: it is the default.
pub(super) const ALL: &[Lang] = &[
    en::LANG,
    de::LANG,
    fr::LANG,
    es::LANG,
    it::LANG,
    pt::LANG,
    nl::LANG,
    ru::LANG,
    ar::LANG,
    Lang::stemmed("ca", Detected::Cat, Algorithm::Catalan),
    Lang::stemmed("cs", Detected::Ces, Algorithm::Czech).with_dotted_ordinals(),
    Lang::stemmed("da", Detected::Dan, Algorithm::Danish).with_dotted_ordinals(),
    Lang::stemmed("el", Detected::Ell, Algorithm::Greek),
    Lang::stemmed("et", Detected::Est, Algorithm::Estonian).with_dotted_ordinals(),
    Lang::stemmed("fi", Detected::Fin, Algorithm::Finnish).with_dotted_ordinals(),
    hi::LANG,
    Lang::stemmed("hu", Detected::Hun, Algorithm::Hungarian).with_dotted_ordinals(),
    Lang::stemmed("hy", Detected::Hye, Algorithm::Armenian),
    Lang::stemmed("id", Detected::Ind, Algorithm::Indonesian),
    Lang::stemmed("lt", Detected::Lit, Algorithm::Lithuanian),
    Lang::stemmed("nb", Detected::Nob, Algorithm::Norwegian).with_dotted_ordinals(),
    Lang::stemmed("ne", Detected::Nep, Algorithm::Nepali),
    Lang::stemmed("pl", Detected::Pol, Algorithm::Polish).with_dotted_ordinals(),
    Lang::stemmed("ro", Detected::Ron, Algorithm::Romanian),
    Lang::stemmed("sr", Detected::Srp, Algorithm::Serbian).with_dotted_ordinals(),
    Lang::stemmed("sv", Detected::Swe, Algorithm::Swedish),
    Lang::stemmed("ta", Detected::Tam, Algorithm::Tamil),
    Lang::stemmed("tr", Detected::Tur, Algorithm::Turkish).with_dotted_ordinals(),
    Lang::stemmed("uk", Detected::Ukr, Algorithm::Ukrainian),
    Lang::unstemmed("be", Detected::Bel),
    Lang::unstemmed("bg", Detected::Bul),
    Lang::unstemmed("bn", Detected::Ben),
    Lang::unstemmed("fa", Detected::Pes),
    Lang::unstemmed("he", Detected::Heb),
    Lang::unstemmed("hr", Detected::Hrv).with_dotted_ordinals(),
    Lang::unstemmed("ja", Detected::Jpn),
    Lang::unstemmed("ka", Detected::Kat),
    Lang::unstemmed("ko", Detected::Kor),
    Lang::unstemmed("lv", Detected::Lav).with_dotted_ordinals(),
    Lang::unstemmed("sk", Detected::Slk).with_dotted_ordinals(),
    Lang::unstemmed("sl", Detected::Slv).with_dotted_ordinals(),
    Lang::unstemmed("th", Detected::Tha),
    vi::LANG,
    zh::LANG,
];

impl Lang {
    /// A language with a stemmer and the stop words of the `stop-words` crate alone.
    const fn stemmed(code: &'static str, detected: Detected, stemmer: Algorithm) -> Self {
        Self {
            stemmer: Some(stemmer),
            ..Self::unstemmed(code, detected)
        }
    }

    /// A word in the form in which words of this language are compared.
    pub(super) fn fold(&self, word: &str) -> String {
        let mut folded = String::with_capacity(word.len());
        self.fold_into(word, &mut folded);
        folded
    }

    /// Same as [`Lang::fold`], but clears and reuses a buffer.
    pub(super) fn fold_into(&self, word: &str, folded: &mut String) {
        if self.accents_tell_words_apart && !word.is_ascii() {
            fold_into_accented(word, folded);
        } else {
            fold_into(word, folded);
        }
    }

    /// As [`Lang::stemmed`], without a stemmer.
    const fn unstemmed(code: &'static str, detected: Detected) -> Self {
        Self {
            code,
            detected,
            stemmer: None,
            respelling: None,
            irregular_forms: "",
            related_words: "",
            function_words: "",
            question_words: "",
            padding: PaddingLists::NONE,
            amount_words: "",
            amount_questions: "",
            time_questions: "",
            time_words: "",
            greetings: "",
            about: AboutLists::NONE,
            present: PresentLists::NONE,
            follow_up: FollowUpLists::NONE,
            bylines: "",
            help_words: "",
            back_references: "",
            forward_references: "",
            abbreviations: Abbreviations {
                before_name: "",
                before_number: "",
                anywhere: "",
            },
            sentence_starts: "",
            dotted_ordinals: false,
            spaces_between_syllables: false,
            accents_tell_words_apart: false,
        }
    }

    const fn with_dotted_ordinals(self) -> Self {
        Self {
            dotted_ordinals: true,
            ..self
        }
    }
}

/// The phrases of a list, as in [`Lang::greetings`].
pub(crate) fn phrases(list: &str) -> impl Iterator<Item = &str> {
    list.split('|').filter(|phrase| !phrase.is_empty())
}

/// [`PaddingLists`], ready to be looked up.
#[derive(Debug, Default)]
pub(crate) struct Padding {
    pub(crate) words: FxHashSet<&'static str>,
    pub(crate) pleas: FxHashSet<&'static str>,
    pub(crate) interrogatives: FxHashSet<&'static str>,
    pub(crate) joiners: FxHashSet<&'static str>,
    pub(crate) openers: FxHashSet<&'static str>,
    /// Words that begin a question, folded.
    pub(crate) asking: FxHashSet<String>,
    /// [`Lang::back_references`].
    pub(crate) references: FxHashSet<&'static str>,
}

impl Padding {
    pub(super) fn of(lang: &Lang) -> Self {
        let words = |list: &'static str| list.split_whitespace().collect();
        Self {
            words: words(lang.padding.words),
            pleas: words(lang.padding.pleas),
            interrogatives: words(lang.padding.interrogatives),
            joiners: words(lang.padding.joiners),
            openers: words(lang.padding.openers),
            references: words(lang.back_references),
            asking: lang
                .question_words
                .split_whitespace()
                .map(super::fold)
                .collect(),
        }
    }
}

/// Lists of all languages together, for texts too short to detect their language and for articles that cite names in
/// other languages.
#[derive(Debug)]
pub(crate) struct AnyLanguage {
    /// [`Lang::question_words`].
    pub(crate) question_words: FxHashSet<&'static str>,
    /// [`FollowUpLists::interjections`].
    pub(crate) interjections: FxHashSet<&'static str>,
    /// [`FollowUpLists::openers`].
    pub(crate) follow_up_openers: Vec<&'static str>,
    /// [`FollowUpLists::prepositions`].
    pub(crate) prepositions: FxHashSet<&'static str>,
    /// [`FollowUpLists::pronouns`].
    pub(crate) pronouns: FxHashSet<&'static str>,
    /// [`Lang::greetings`].
    pub(crate) greetings: FxHashSet<&'static str>,
    /// [`Lang::bylines`].
    pub(crate) bylines: FxHashSet<&'static str>,
    /// [`Lang::help_words`].
    pub(crate) help_words: FxHashSet<&'static str>,
    /// [`Abbreviations::before_name`].
    pub(super) before_name: FxHashSet<&'static str>,
    /// [`Abbreviations::before_number`].
    pub(super) before_number: FxHashSet<&'static str>,
    /// [`Abbreviations::anywhere`].
    pub(super) anywhere: FxHashSet<&'static str>,
    /// [`Lang::sentence_starts`].
    pub(super) sentence_starts: FxHashSet<&'static str>,
}

/// See [`AnyLanguage`].
pub(crate) static ANY_LANGUAGE: LazyLock<AnyLanguage> = LazyLock::new(|| {
    let words = |list: fn(&Lang) -> &'static str| {
        let lists = ALL.iter().map(list);
        lists.flat_map(str::split_whitespace).collect()
    };
    AnyLanguage {
        question_words: words(|lang| lang.question_words),
        follow_up_openers: ALL
            .iter()
            .flat_map(|lang| phrases(lang.follow_up.openers))
            .collect(),
        interjections: words(|lang| lang.follow_up.interjections),
        prepositions: words(|lang| lang.follow_up.prepositions),
        pronouns: words(|lang| lang.follow_up.pronouns),
        greetings: ALL
            .iter()
            .flat_map(|lang| phrases(lang.greetings))
            .collect(),
        bylines: words(|lang| lang.bylines),
        help_words: words(|lang| lang.help_words),
        before_name: words(|lang| lang.abbreviations.before_name),
        before_number: words(|lang| lang.abbreviations.before_number),
        anywhere: words(|lang| lang.abbreviations.anywhere),
        sentence_starts: words(|lang| lang.sentence_starts),
    }
});

#[cfg(test)]
mod tests;
