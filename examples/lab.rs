//! Scratch.
use pullquote::answer::*;
use pullquote::article::*;
use std::io::Write;
fn load(dir: &str) -> Corpus {
    let mut out = vec![];
    for e in std::fs::read_dir(format!("{dir}/articles")).unwrap() {
        let p = e.unwrap().path();
        let t = std::fs::read_to_string(&p).unwrap();
        let mut r = pullquote::article::Reading::default();
        for (i, b) in t.split("\n\n").enumerate() {
            let b = b.trim();
            if b.is_empty() {
                continue;
            }
            let kind = if i == 0 {
                r.meta.title = b.trim_start_matches("# ").to_string();
                continue;
            } else {
                BlockKind::Paragraph(ParagraphKind::Body)
            };
            r.blocks.push(Block {
                kind,
                text: b.replace('\n', " "),
                lines: LineRange { first: 1, last: 1 },
            });
        }
        out.extend(Article::new(&p.file_name().unwrap().to_string_lossy(), r));
    }
    Corpus::new(out)
}
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let dir = &args[1];
    let q = &args[2];
    let mut corpus = load(dir);
    if let Ok(only) = std::env::var("ONLY") {
        corpus = Corpus::new(
            corpus
                .articles()
                .iter()
                .enumerate()
                .filter(|(i, _)| only.split(',').any(|o| o.parse() == Ok(*i)))
                .map(|x| x.1.clone())
                .collect(),
        );
    }
    let every: usize = std::env::var("EVERY").map_or(1, |e| e.parse().unwrap());
    let offset: usize = std::env::var("OFFSET").map_or(0, |e| e.parse().unwrap());
    let qdir = std::env::var("QDIR").unwrap_or(dir.clone());
    let t = std::time::Instant::now();
    let engine = pullquote::engine::Engine::build(corpus.articles().to_vec());
    let index = engine.index();
    eprintln!(
        "build {:?} passages {} heap {} dict {:?} langs {:?}",
        t.elapsed(),
        index.passage_count(),
        index.heap_bytes(),
        index.dictionary_size(),
        index.languages()
    );
    let mut dump = args
        .get(3)
        .map(|f| std::io::BufWriter::new(std::fs::File::create(f).unwrap()));
    let (mut n, mut h1, mut h5, mut mrr, mut sh, mut sn) = (0, 0, 0, 0.0, 0, 0);
    let mut times = vec![];
    for (no, line) in std::fs::read_to_string(format!("{qdir}/{q}"))
        .unwrap()
        .lines()
        .enumerate()
    {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let unans = v["unanswerable"].as_bool().unwrap()
            || qdir != *dir
            || v["article"]
                .as_str()
                .is_none_or(|a| corpus.find(a).is_none());
        if std::env::var("ONLY").is_ok() && unans && no % every != offset {
            continue;
        }
        let text = v["question"].as_str().unwrap();
        let t = std::time::Instant::now();
        let ans = engine.ask(
            text,
            &Options {
                always: true,
                limit: if dump.is_some() { 40 } else { 10 },
                explain: dump.is_some(),
                ..Options::default()
            },
        );
        times.push(t.elapsed().as_nanos());
        let gold = v["article"].as_str().and_then(|a| corpus.find(a));
        let alts: Vec<u64> = v["alt_paragraphs"]
            .as_array()
            .map(|a| a.iter().filter_map(|x| x.as_u64()).collect())
            .unwrap_or_else(|| v["paragraph"].as_u64().into_iter().collect());
        let right =
            |q: &Quote| !unans && Some(q.article) == gold && alts.contains(&u64::from(q.paragraph));
        let mut sright = false;
        if let (Some(a), Some(q)) = (v["answer_sentence"].as_str(), ans.quotes.first()) {
            if right(q) {
                let art = corpus.article(q.article);
                let par = art.paragraphs[q.paragraph as usize].span;
                if let Some(at) = par.of(&art.text).find(a) {
                    let g = pullquote::text::Span::new(at, at + a.len()).shifted(par.start);
                    sright = g.overlaps(q.span);
                }
                if !sright && args.get(4).is_some() {
                    println!("SMISS {text}\n  GOT {}\n  WANT {a}", q.span.of(&art.text));
                }
            } else if args.get(4).is_some() && !unans {
                println!(
                    "PMISS {text}\n  GOT {}\n  WANT {a}",
                    q.span.of(&corpus.article(q.article).text)
                );
            }
        }
        if let Some(d) = &mut dump {
            let e = ans.explanation.as_ref().unwrap();
            let first = ans.quotes.first().is_some_and(right);
            write!(
                d,
                "Q\t{}\t{}\t{}\t{}\t{}\n",
                u8::from(unans),
                u8::from(first),
                u8::from(if v["answer_sentence"].is_string() {
                    sright
                } else {
                    first
                }),
                ans.confidence,
                e.evidence
                    .iter()
                    .map(|x| x.1.to_string())
                    .collect::<Vec<_>>()
                    .join("\t")
            )
            .unwrap();
            for q in &ans.quotes {
                write!(
                    d,
                    "{}\t{}\n",
                    u8::from(right(q)),
                    q.features
                        .iter()
                        .map(|x| x.1.to_string())
                        .collect::<Vec<_>>()
                        .join("\t")
                )
                .unwrap();
            }
        }
        if unans {
            continue;
        }
        n += 1;
        if let Some(r) = ans.quotes.iter().take(10).position(right) {
            if r == 0 {
                h1 += 1
            }
            if r < 5 {
                h5 += 1
            }
            mrr += 1.0 / (r as f64 + 1.0);
        }
        if v["answer_sentence"].is_string() {
            sn += 1;
            sh += i32::from(sright);
        }
    }
    times.sort();
    let pc = |x: i32| 100.0 * f64::from(x) / f64::from(n);
    println!(
        "{:<45} n {n} hit@1 {:.2} hit@5 {:.2} mrr {:.2} sent@1 {:.2} p50 {}us p99 {}us",
        format!("{}/{q}", dir.rsplit('/').next().unwrap()),
        pc(h1),
        pc(h5),
        100.0 * mrr / f64::from(n),
        100.0 * f64::from(sh) / f64::from(sn.max(1)),
        times[times.len() / 2] / 1000,
        times[times.len() * 99 / 100] / 1000
    );
}
