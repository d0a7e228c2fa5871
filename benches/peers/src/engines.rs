//! The engines behind one trait.

use pullquote_core::answer::Options;
use pullquote_core::engine::Engine;
use rusqlite::Connection;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DocAddress, Index, IndexReader, TantivyDocument, Term};

/// An engine to compare.
pub trait Peer {
    /// Asks a question. The number of passages found.
    fn ask(&self, question: &str) -> usize;
    /// Numbers of the best paragraphs, best first, counted from 0 in the order of the corpus.
    fn best(&self, question: &str) -> Vec<u64>;
    /// Bytes that were not allocated by the Rust allocator.
    fn hidden_bytes(&self) -> usize {
        0
    }
}

/// Pullquote: a full answer.
pub struct Ours(pub Engine);

impl Peer for Ours {
    fn ask(&self, question: &str) -> usize {
        self.0.ask(question, &Options::default()).quotes.len()
    }

    fn best(&self, question: &str) -> Vec<u64> {
        let options = Options {
            always: true,
            limit: 10,
            ..Options::default()
        };
        let answer = self.0.ask(question, &options);
        answer
            .quotes
            .iter()
            .map(|quote| {
                let corpus = self.0.corpus();
                let before = corpus.articles().take(quote.article.0 as usize);
                let before: usize = before.map(|article| article.paragraphs.len()).sum();
                before as u64 + u64::from(quote.paragraph)
            })
            .collect()
    }
}

/// tantivy: the ten best paragraphs that contain any of the stemmed words, from one segment in memory.
#[derive(Clone)]
pub struct Tantivy {
    reader: IndexReader,
    body: Field,
    tokenizer: TextAnalyzer,
    fuzzy: Fuzzy,
}

/// Which words of a question may also match similar ones: one edit away for words of three to five letters, two for longer
/// ones (Lucene's `AUTO`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fuzzy {
    Never,
    /// Words that no paragraph contains.
    Unknown,
    Always,
}

impl Tantivy {
    /// Indexes the paragraphs on one thread.
    pub fn build<'a>(paragraphs: impl Iterator<Item = &'a String>) -> Self {
        let mut schema = Schema::builder();
        let number = schema.add_u64_field("number", FAST);
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqs);
        let body = schema.add_text_field(
            "body",
            TextOptions::default().set_indexing_options(indexing),
        );
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 1 << 30).expect("a writer");
        for (at, paragraph) in paragraphs.enumerate() {
            let mut document = TantivyDocument::default();
            document.add_text(body, paragraph);
            document.add_u64(number, at as u64);
            writer.add_document(document).expect("a document");
        }
        writer.commit().expect("a commit");
        let reader = index.reader().expect("a reader");
        Self {
            body,
            tokenizer: index.tokenizer_for_field(body).expect("a tokenizer"),
            reader,
            fuzzy: Fuzzy::Never,
        }
    }

    /// The same index, asked in another way.
    pub fn fuzzy(&self, fuzzy: Fuzzy) -> Self {
        Self {
            fuzzy,
            ..self.clone()
        }
    }

    fn query(&self, question: &str) -> BooleanQuery {
        let searcher = self.reader.searcher();
        let mut tokenizer = self.tokenizer.clone();
        let mut tokens = tokenizer.token_stream(question);
        let mut words: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        while tokens.advance() {
            let word = &tokens.token().text;
            let term = Term::from_field_text(self.body, word);
            let is_fuzzy = match self.fuzzy {
                Fuzzy::Never => false,
                Fuzzy::Unknown => searcher.doc_freq(&term).expect("a frequency") == 0,
                Fuzzy::Always => true,
            };
            let edits = match word.chars().count() {
                ..3 => 0,
                3..6 => 1,
                _ => 2,
            };
            let query: Box<dyn Query> = if is_fuzzy && edits > 0 {
                Box::new(FuzzyTermQuery::new(term, edits, true))
            } else {
                Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
            };
            words.push((Occur::Should, query));
        }
        BooleanQuery::new(words)
    }
}

impl Peer for Tantivy {
    fn ask(&self, question: &str) -> usize {
        self.reader
            .searcher()
            .search(
                &self.query(question),
                &TopDocs::with_limit(10).order_by_score(),
            )
            .map_or(0, |found| found.len())
    }

    fn best(&self, question: &str) -> Vec<u64> {
        let searcher = self.reader.searcher();
        let found = searcher
            .search(
                &self.query(question),
                &TopDocs::with_limit(10).order_by_score(),
            )
            .expect("a search");
        let number = |(_, address): (f32, DocAddress)| {
            let segment = searcher.segment_reader(address.segment_ord);
            let numbers = segment.fast_fields().u64("number").expect("a field");
            numbers.first(address.doc_id).expect("a number")
        };
        found.into_iter().map(number).collect()
    }
}

/// SQLite's FTS5 with the Porter stemmer: the ten best paragraphs that contain any of the words.
pub struct Fts5(Connection);

impl Fts5 {
    /// Indexes the paragraphs in one transaction, in memory.
    pub fn build<'a>(paragraphs: impl Iterator<Item = &'a String>) -> Self {
        let database = Connection::open_in_memory().expect("a database");
        database
            .execute_batch("CREATE VIRTUAL TABLE passages USING fts5(body, content='', tokenize='porter unicode61'); BEGIN")
            .expect("a table");
        {
            let mut insert = database
                .prepare("INSERT INTO passages(rowid, body) VALUES (?1, ?2)")
                .expect("a statement");
            for (row, paragraph) in paragraphs.enumerate() {
                insert.execute((row as i64, paragraph)).expect("a row");
            }
        }
        database
            .execute_batch("COMMIT; INSERT INTO passages(passages) VALUES ('optimize')")
            .expect("a commit");
        Self(database)
    }
}

impl Peer for Fts5 {
    fn ask(&self, question: &str) -> usize {
        self.best(question).len()
    }

    fn best(&self, question: &str) -> Vec<u64> {
        let words = question
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty());
        let any = words
            .map(|word| format!("\"{word}\""))
            .collect::<Vec<_>>()
            .join(" OR ");
        let sql = "SELECT rowid FROM passages WHERE passages MATCH ?1 ORDER BY rank LIMIT 10";
        let mut select = self.0.prepare_cached(sql).expect("a statement");
        let rows = select
            .query_map([any], |row| row.get::<_, i64>(0))
            .expect("rows");
        rows.filter_map(Result::ok).map(|row| row as u64).collect()
    }

    fn hidden_bytes(&self) -> usize {
        let pragma = |name: &str| {
            self.0
                .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
                .unwrap_or(0) as usize
        };
        pragma("page_count") * pragma("page_size")
    }
}
