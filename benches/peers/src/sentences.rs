//! Sentence boundaries: ours, those of a rule-based library and those of the Unicode standard, compared with a manual
//! reference.

use std::collections::BTreeSet;
use std::fs;
use unicode_segmentation::UnicodeSegmentation;

/// Prints precision and recall of sentence ends inside paragraphs, for DIR/sentences.jsonl and DIR/articles.
pub fn compare(dir: &str) {
    let mut tallies = [
        Tally::new("pullquote"),
        Tally::new("sentencex"),
        Tally::new("Unicode (UAX 29)"),
    ];
    let lines = fs::read_to_string(format!("{dir}/sentences.jsonl")).expect("sentences.jsonl");
    for line in lines.lines() {
        let bounds: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let name = bounds["article"].as_str().expect("an article");
        let file = fs::read_to_string(format!("{dir}/articles/{name}.md")).expect("an article");
        let number = bounds["paragraph"].as_u64().expect("a number") as usize;
        let text = file
            .split("\n\n")
            .nth(number + 1)
            .expect("a paragraph")
            .trim();
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let spans = bounds["spans"].as_array().expect("spans");
        let theirs: BTreeSet<usize> = spans
            .iter()
            .filter_map(|span| starts.get(span[1].as_u64()? as usize).copied())
            .collect();
        let ours = pullquote_core::text::sentences(text, None)
            .iter()
            .map(|span| span.end as usize)
            .filter(|&end| end < text.len())
            .collect();
        tallies[0].count(&ours, &theirs);
        tallies[1].count(
            &ends(
                text,
                sentencex::segment("en", text).iter().map(|part| part.len()),
            ),
            &theirs,
        );
        tallies[2].count(
            &ends(text, text.split_sentence_bounds().map(str::len)),
            &theirs,
        );
    }
    for tally in tallies {
        tally.print();
    }
}

/// Sentence ends inside the text, before trailing white space; `lengths` are those of consecutive sentences.
fn ends(text: &str, lengths: impl Iterator<Item = usize>) -> BTreeSet<usize> {
    let mut at = 0;
    let ends = lengths.map(|length| {
        at += length;
        text[..at].trim_end().len()
    });
    ends.filter(|&end| end > 0 && end < text.len()).collect()
}

struct Tally {
    name: &'static str,
    both: usize,
    only_found: usize,
    only_wanted: usize,
    exact: usize,
    paragraphs: usize,
}

impl Tally {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            both: 0,
            only_found: 0,
            only_wanted: 0,
            exact: 0,
            paragraphs: 0,
        }
    }

    fn count(&mut self, found: &BTreeSet<usize>, wanted: &BTreeSet<usize>) {
        self.both += found.intersection(wanted).count();
        self.only_found += found.difference(wanted).count();
        self.only_wanted += wanted.difference(found).count();
        self.exact += usize::from(found == wanted);
        self.paragraphs += 1;
    }

    fn print(&self) {
        let precision = self.both as f64 / (self.both + self.only_found) as f64;
        let recall = self.both as f64 / (self.both + self.only_wanted) as f64;
        let f1 = 2.0 * precision * recall / (precision + recall);
        println!(
            "{:<18}precision {precision:.3} recall {recall:.3} F1 {f1:.3}; {} of {} paragraphs exact",
            self.name, self.exact, self.paragraphs
        );
    }
}
