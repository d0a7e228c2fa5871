//! Words that hold a question together and say nothing of its subject.
//!
//! The language's stop words, and beside them what questions and chat are full of. Leaving these out
//! of matching was worth up to two points of Hit@1 on every set that was measured.

use crate::text::Language;

/// Question and chat words beyond the stop words, folded, by language.
const EXTRA: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "who", "whom", "whose", "what", "whats", "which", "when", "where", "why", "how",
            "whos", "wheres", "much", "many", "does", "did", "do", "is", "are", "was", "were",
            "can", "could", "would", "should", "shall", "may", "might", "must", "will", "please",
            "pls", "plz", "tell", "explain", "hi", "hey", "hello", "hiya", "yo", "thanks", "thank",
            "thx", "ty", "ok", "okay", "lol", "u", "ur", "r", "im", "ive", "dont", "doesnt",
            "didnt", "isnt", "arent", "wasnt", "cant", "wont", "wat", "wut", "anyone", "anybody",
            "someone", "somebody", "also", "there", "us", "hows", "gonna", "wanna", "maybe", "btw",
            "yes", "yeah", "nope", "bye", "goodbye", "cool", "nice", "haha",
        ],
    ),
    (
        "de",
        &[
            "wer", "wem", "wen", "wessen", "was", "wann", "wo", "warum", "wieso", "weshalb", "wie",
            "woher", "wohin", "welche", "welcher", "welches", "welchem", "welchen", "viel",
            "viele", "wieviel", "wieviele", "bitte", "hallo", "danke", "gibt", "wurde", "wurden",
            "wird", "werden", "worden", "hat", "hatte", "konnte", "womit", "wodurch", "wofur",
            "woran", "worauf", "wovon",
        ],
    ),
    (
        "fr",
        &[
            "qui", "que", "quoi", "quel", "quelle", "quels", "quelles", "quand", "ou", "pourquoi",
            "comment", "combien", "est", "sont", "svp", "bonjour", "salut", "merci", "etait",
            "etaient", "lequel", "laquelle", "lesquels",
        ],
    ),
    (
        "es",
        &[
            "que", "quien", "quienes", "cual", "cuales", "cuando", "donde", "por", "como",
            "cuanto", "cuanta", "cuantos", "cuantas", "hola", "gracias", "favor", "fue", "fueron",
            "era", "eran", "hay",
        ],
    ),
    (
        "it",
        &[
            "chi", "che", "cosa", "quale", "quali", "quando", "dove", "perche", "come", "quanto",
            "quanta", "quanti", "quante", "ciao", "grazie", "favore",
        ],
    ),
    (
        "pt",
        &[
            "quem", "que", "qual", "quais", "quando", "onde", "porque", "por", "como", "quanto",
            "quanta", "quantos", "quantas", "ola", "obrigado", "obrigada", "favor", "foi", "foram",
        ],
    ),
    (
        "nl",
        &[
            "wie",
            "wat",
            "welke",
            "welk",
            "wanneer",
            "waar",
            "waarom",
            "hoe",
            "hoeveel",
            "hallo",
            "dank",
            "bedankt",
            "alsjeblieft",
            "graag",
        ],
    ),
    (
        "ru",
        &[
            "кто",
            "что",
            "какои",
            "какая",
            "какое",
            "какие",
            "каких",
            "каким",
            "какому",
            "какую",
            "когда",
            "где",
            "куда",
            "откуда",
            "почему",
            "зачем",
            "как",
            "сколько",
            "чеи",
            "чья",
            "каком",
            "каков",
            "какова",
            "каковы",
            "привет",
            "спасибо",
            "пожалуиста",
            "ли",
            "кого",
            "кому",
            "чем",
            "чего",
        ],
    ),
    (
        "ar",
        &[
            "من",
            "ما",
            "ماذا",
            "متى",
            "اين",
            "لماذا",
            "كيف",
            "كم",
            "هل",
            "اي",
            "أي",
            "التي",
            "الذي",
            "هو",
            "هي",
            "كان",
            "كانت",
        ],
    ),
    (
        "zh",
        &[
            "的", "了", "是", "什", "么", "什么", "哪", "哪个", "哪些", "谁", "几", "吗", "呢",
            "在", "有", "和", "多", "少", "多少", "为什", "怎", "怎么", "如", "何", "如何", "个",
            "被",
        ],
    ),
];

/// Whether a folded word is a function word of the language.
pub(super) fn is_function_word(folded: &str, language: Language) -> bool {
    language.is_stop_word(folded)
        || EXTRA
            .iter()
            .find(|(code, _)| *code == language.code())
            .is_some_and(|(_, words)| words.contains(&folded))
}
