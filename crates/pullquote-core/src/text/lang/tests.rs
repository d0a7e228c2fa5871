//! Every language's file keeps the conventions that [`Lang`] describes.

use super::{ALL, Lang, phrases, template};
use crate::text::fold;
use std::collections::BTreeSet;

fn all() -> impl Iterator<Item = &'static Lang> {
    ALL.iter().chain([&template::LANG])
}

#[track_caller]
fn check_unique<'a>(code: &str, list: &str, items: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for item in items {
        assert!(seen.insert(item), "{code}: {item} is twice in {list}");
    }
}

#[track_caller]
fn check_folded(code: &str, list: &str, words: &str) {
    for word in words.split(['|', ' ']) {
        assert_eq!(fold(word), word, "{code}: not folded in {list}");
    }
}

#[test]
fn codes_and_detected_languages_are_unique() {
    check_unique("all", "the table", all().map(|lang| lang.code));
    check_unique("all", "the table", all().map(|lang| lang.detected.code()));
}

#[test]
fn lists_have_no_duplicates() {
    for lang in all() {
        for (name, list) in [
            ("function_words", lang.function_words),
            ("question_words", lang.question_words),
            ("padding", lang.padding.words),
            ("pleas", lang.padding.pleas),
            ("interrogatives", lang.padding.interrogatives),
            ("joiners", lang.padding.joiners),
            ("openers", lang.padding.openers),
            ("amount_words", lang.amount_words),
            ("time_words", lang.time_words),
            ("help_words", lang.help_words),
            ("back_references", lang.back_references),
            ("forward_references", lang.forward_references),
            ("before_name", lang.abbreviations.before_name),
            ("before_number", lang.abbreviations.before_number),
            ("anywhere", lang.abbreviations.anywhere),
            ("sentence_starts", lang.sentence_starts),
        ] {
            check_unique(lang.code, name, list.split_whitespace());
        }
        for (name, list) in [
            ("amount_questions", lang.amount_questions),
            ("time_questions", lang.time_questions),
            ("greetings", lang.greetings),
        ] {
            check_unique(lang.code, name, phrases(list));
        }
    }
}

#[test]
fn words_are_folded_or_in_lower_case() {
    for lang in all() {
        if lang.accents_tell_words_apart {
            assert_eq!(lang.function_words, lang.function_words.to_lowercase());
        } else {
            check_folded(lang.code, "function_words", lang.function_words);
        }
        for (name, list) in [
            ("amount_questions", lang.amount_questions),
            ("time_questions", lang.time_questions),
            ("amount_words", lang.amount_words),
            ("time_words", lang.time_words),
            ("greetings", lang.greetings),
            ("help_words", lang.help_words),
            ("padding", lang.padding.words),
            ("pleas", lang.padding.pleas),
            ("interrogatives", lang.padding.interrogatives),
            ("joiners", lang.padding.joiners),
            ("openers", lang.padding.openers),
        ] {
            check_folded(lang.code, name, list);
        }
        for list in [
            lang.question_words,
            lang.back_references,
            lang.forward_references,
            lang.abbreviations.before_name,
            lang.abbreviations.before_number,
            lang.abbreviations.anywhere,
            lang.sentence_starts,
        ] {
            assert_eq!(list, list.to_lowercase(), "{}", lang.code);
        }
    }
}

/// A word in two lists of abbreviations would obey the first one.
#[test]
fn an_abbreviation_is_of_one_kind() {
    for lang in all() {
        let lists = lang.abbreviations;
        let all = [lists.before_name, lists.before_number, lists.anywhere];
        let words = all.iter().flat_map(|list| list.split_whitespace());
        check_unique(lang.code, "abbreviations", words);
    }
}

#[test]
fn irregular_forms_have_one_base_each() {
    for lang in all() {
        let lines = lang.irregular_forms.lines();
        let forms = lines.flat_map(|line| line.split(' ').skip(1));
        check_unique(lang.code, "irregular_forms", forms);
        check_folded(lang.code, "irregular_forms", lang.irregular_forms);
    }
}

#[test]
fn related_words_come_in_groups() {
    for lang in all() {
        let lines = lang.related_words.lines();
        for line in lines.filter(|line| !line.starts_with('#')) {
            let line = line.replacen('>', "|", 1);
            check_folded(lang.code, "related_words", &line);
            assert!(phrases(&line).count() > 1, "{}: {line}", lang.code);
        }
    }
}
