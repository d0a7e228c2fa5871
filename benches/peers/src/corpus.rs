//! Generated articles and questions with the statistics of real ones: word frequencies follow Zipf's law (in Mandelbrot's
//! form), the vocabulary grows with the text, each article has a topic, and a question consists of words of one sentence.
//! The same in every run.

use fastrand::Rng;
use pullquote_core::article::{
    Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument,
};

/// The most frequent words are English, so that every engine treats them as stop words.
const FREQUENT: &[&str] = &[
    "the", "of", "and", "in", "to", "a", "was", "is", "for", "as", "on", "by", "with", "that",
    "it", "from", "at", "his", "an", "were", "are", "which", "this", "be", "or", "has", "had",
    "also", "have", "not", "but", "their", "its", "he", "one", "who", "they", "been", "two",
    "first", "more", "other", "after", "some", "during", "all", "such", "new", "between", "when",
    "can", "into", "most", "than", "only", "time", "about", "there", "between", "these", "over",
    "many", "used", "would", "may", "later",
];
/// Beginnings of questions.
const ASKED: &[&str] = &[
    "who was the",
    "what is the",
    "when did the",
    "how many of the",
    "why does the",
    "where are the",
];
/// Size of the vocabulary.
const VOCABULARY: usize = 400_000;
/// Number of words of an article's topic.
const SUBJECT: usize = 40;

/// Paragraphs as articles, and questions about them.
pub struct Corpus {
    /// Texts of the paragraphs, by article.
    pub articles: Vec<Vec<String>>,
    /// Questions, each without and with typos.
    pub questions: Vec<(String, String)>,
}

impl Corpus {
    /// A corpus of `paragraphs` paragraphs with `questions` questions.
    pub fn new(paragraphs: usize, questions: usize) -> Self {
        let mut rng = Rng::with_seed(paragraphs as u64);
        let each = match paragraphs {
            ..1_000 => 5,
            1_000..50_000 => 50,
            _ => 200,
        };
        let articles: Vec<Vec<String>> = (0..paragraphs.div_ceil(each))
            .map(|_| {
                let subject: Vec<usize> = (0..SUBJECT)
                    .map(|_| rank(&mut rng) + FREQUENT.len())
                    .collect();
                (0..each).map(|_| paragraph(&mut rng, &subject)).collect()
            })
            .collect();
        let questions = (0..questions)
            .map(|_| {
                let article = &articles[rng.usize(..articles.len())];
                let paragraph = &article[rng.usize(..article.len())];
                let question = question(&mut rng, paragraph);
                let typed = with_typos(&mut rng, &question);
                (question, typed)
            })
            .collect();
        Self {
            articles,
            questions,
        }
    }

    /// Bytes of all paragraphs.
    pub fn bytes(&self) -> usize {
        self.articles.iter().flatten().map(String::len).sum()
    }

    /// The articles as parsed documents.
    pub fn read(&self) -> Vec<Article> {
        let block = |text: &String| {
            let kind = BlockKind::Paragraph(ParagraphKind::Body);
            Block::new(kind, text.clone(), LineRange { first: 1, last: 1 })
        };
        let articles = self.articles.iter().enumerate();
        articles
            .filter_map(|(number, paragraphs)| {
                let mut reading = ParsedDocument {
                    blocks: paragraphs.iter().map(block).collect(),
                    ..ParsedDocument::default()
                };
                reading.meta.title = paragraphs[0]
                    .split(' ')
                    .take(4)
                    .collect::<Vec<_>>()
                    .join(" ");
                reading.meta.language = Some("en".to_owned());
                Article::new(&format!("article-{number:05}.md"), reading)
            })
            .collect()
    }
}

/// A random rank with density p(r) ~ 1 / (r + 2.7)^1.05, by inverse transform sampling.
fn rank(rng: &mut Rng) -> usize {
    const SHIFT: f64 = 2.7;
    const POWER: f64 = -0.05;
    let (low, high) = (SHIFT.powf(POWER), (VOCABULARY as f64 + SHIFT).powf(POWER));
    let at = low + rng.f64() * (high - low);
    (at.powf(1.0 / POWER) - SHIFT) as usize
}

/// The word of a rank. Frequent words are short.
fn word(rank: usize) -> String {
    const HEADS: &[&str] = &[
        "b", "br", "c", "ch", "d", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pr", "r",
        "s", "st", "t", "tr", "v", "w",
    ];
    const TAILS: &[&str] = &[
        "a", "e", "i", "o", "u", "an", "en", "in", "on", "er", "ar", "or", "al", "el", "is", "as",
        "et", "ol", "un",
    ];
    const ENDS: &[&str] = &["", "s", "ing", "ed", "ation", "ly"];
    if let Some(word) = FREQUENT.get(rank) {
        return (*word).to_owned();
    }
    // Forms of a stem have neighbouring ranks, as forms of real words do.
    let number = rank - FREQUENT.len();
    let (mut stem, end) = (number / ENDS.len() + 40, ENDS[number % ENDS.len()]);
    let mut made = String::new();
    while stem > 0 {
        made.push_str(HEADS[stem % HEADS.len()]);
        stem /= HEADS.len();
        made.push_str(TAILS[stem % TAILS.len()]);
        stem /= TAILS.len();
    }
    made + end
}

fn paragraph(rng: &mut Rng, subject: &[usize]) -> String {
    let mut text = String::new();
    for _ in 0..rng.usize(3..7) {
        for place in 0..rng.usize(12..30) {
            let rank = if rng.u8(..10) == 0 {
                subject[rng.usize(..subject.len())]
            } else {
                rank(rng)
            };
            let mut word = word(rank);
            // Sentences and names begin with a capital letter.
            if place == 0 || (rank > 2_000 && rank % 7 == 0) {
                word[..1].make_ascii_uppercase();
            }
            if place > 0 {
                text.push_str(if rng.u8(..12) == 0 { ", " } else { " " });
            }
            text.push_str(&word);
        }
        text.push_str(". ");
    }
    text.truncate(text.trim_end().len());
    text
}

/// A question word and three to seven words of one sentence, in their order.
fn question(rng: &mut Rng, paragraph: &str) -> String {
    let sentences: Vec<&str> = paragraph.split(". ").collect();
    let sentence = sentences[rng.usize(..sentences.len())];
    let words: Vec<&str> = sentence
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.len() > 3 && !FREQUENT.contains(&word.to_lowercase().as_str()))
        .collect();
    let wanted = rng.usize(3..8).min(words.len());
    let mut places = rng.choose_multiple(0..words.len(), wanted);
    places.sort_unstable();
    let asked = places
        .into_iter()
        .map(|place| words[place].to_lowercase())
        .collect::<Vec<_>>()
        .join(" ");
    format!("{} {asked}?", ASKED[rng.usize(..ASKED.len())])
}

/// Adds a typo to 30 % of the words of four letters or more.
pub fn with_typos(rng: &mut Rng, question: &str) -> String {
    let add_typo = |rng: &mut Rng, word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() < 4 || rng.u8(..10) >= 3 {
            return word.to_owned();
        }
        let at = rng.usize(..letters.len() - 1);
        match rng.u8(..4) {
            0 => letters.swap(at, at + 1),
            1 => drop(letters.remove(at)),
            2 => letters.insert(at, rng.lowercase()),
            _ => letters[at] = rng.lowercase(),
        }
        letters.into_iter().collect()
    };
    question
        .split(' ')
        .map(|word| add_typo(rng, word))
        .collect::<Vec<_>>()
        .join(" ")
}
