//! Scratch.
use pullquote::answer::*;
use pullquote::article::*;
use pullquote::index::*;
use pullquote::query::*;
use std::io::Write;
fn load(dir: &str) -> Corpus {
    let mut out = vec![];
    for e in std::fs::read_dir(format!("{dir}/articles")).unwrap() {
        let p = e.unwrap().path();
        let t = std::fs::read_to_string(&p).unwrap();
        let mut r = Reading::default();
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
    let corpus = load(dir);
    let t = std::time::Instant::now();
    let index = Index::build(&corpus);
    eprintln!(
        "build {:?} passages {} heap {} dict {:?} langs {:?}",
        t.elapsed(),
        index.passage_count(),
        index.heap_bytes(),
        index.dictionary_size(),
        index.languages()
    );
    let w: Vec<f32> = args
        .get(3)
        .map_or("1,0.3,1,0.5,0.3,0.4,0.2,0.5,0".to_string(), |s| s.clone())
        .split(',')
        .map(|x| x.parse().unwrap())
        .collect();
    let mut dump = args
        .get(4)
        .map(|f| std::io::BufWriter::new(std::fs::File::create(f).unwrap()));
    let fp = FirstPass {
        article: w[1],
        title: w[2],
        heading: w[3],
        limit: 64,
    };
    let (mut s1, mut s2) = (
        pullquote::index::Scratch::default(),
        FeatureScratch::default(),
    );
    let (mut n, mut h1, mut h5, mut mrr, mut sh, mut sn) = (0, 0, 0, 0.0, 0, 0);
    let mut cand = 0;
    let mut times = vec![];
    for line in std::fs::read_to_string(format!("{dir}/{q}"))
        .unwrap()
        .lines()
    {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let unans = v["unanswerable"].as_bool().unwrap();
        let text = v["question"].as_str().unwrap();
        let t = std::time::Instant::now();
        let query = Query::parse(text, index.languages());
        let mut groups = index.expand(&query);
        groups.truncate(250);
        let content: Vec<Group> = groups
            .iter()
            .filter(|g| g.role == Role::Content)
            .cloned()
            .collect();
        let cands = index.candidates(&content, None, &fp, &mut s1);
        let mut reader = Reader::new(&index, &query, &groups, &mut s2);
        let mut scored: Vec<(f32, Features)> = cands
            .iter()
            .map(|c| {
                let f = reader.read(*c, corpus.passage(c.passage).article);
                (f.values.iter().zip(&w).map(|(a, b)| a * b).sum(), f)
            })
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        times.push(t.elapsed().as_nanos());
        let gold = v["article"].as_str().and_then(|a| corpus.find(a));
        let alts: Vec<u64> = v["alt_paragraphs"]
            .as_array()
            .map(|a| a.iter().filter_map(|x| x.as_u64()).collect())
            .unwrap_or_else(|| v["paragraph"].as_u64().into_iter().collect());
        let right = |f: &Features| {
            let p = corpus.passage(f.candidate.passage);
            !unans && Some(p.article) == gold && alts.contains(&u64::from(p.paragraph))
        };
        if let Some(d) = &mut dump {
            let idf: f32 = content.iter().map(|g| g.idf).sum();
            write!(d, "Q\t{}\t{idf}\n", u8::from(unans)).unwrap();
            for (_, f) in scored.iter().take(40) {
                write!(
                    d,
                    "{}\t{}\n",
                    u8::from(right(f)),
                    f.values
                        .iter()
                        .map(|x| x.to_string())
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
        if cands.iter().any(|c| {
            let p = corpus.passage(c.passage);
            Some(p.article) == gold && alts.contains(&u64::from(p.paragraph))
        }) {
            cand += 1;
        }
        if let Some(r) = scored.iter().take(10).position(|(_, f)| right(f)) {
            if r == 0 {
                h1 += 1
            }
            if r < 5 {
                h5 += 1
            }
            mrr += 1.0 / (r as f64 + 1.0);
        } else if args.get(5).is_some() {
            println!("MISS {text}  {:?}", v["answer_sentence"]);
        }
        if let Some(a) = v["answer_sentence"].as_str() {
            sn += 1;
            if let Some((_, f)) = scored.first() {
                if right(f) {
                    let p = corpus.passage(f.candidate.passage);
                    let art = corpus.article(p.article);
                    let best = (0..f.sentences.len())
                        .max_by(|&a, &b| f.sentences[a].total_cmp(&f.sentences[b]).then(b.cmp(&a)))
                        .unwrap();
                    let s = art.sentences[p.sentences().start + best];
                    let par = art.paragraphs[p.paragraph as usize].span;
                    if let Some(at) = par.of(&art.text).find(a) {
                        let g = pullquote::text::Span::new(at, at + a.len()).shifted(par.start);
                        if g.overlaps(s) {
                            sh += 1;
                        }
                    }
                }
            }
        }
    }
    times.sort();
    let pc = |x: i32| 100.0 * f64::from(x) / f64::from(n);
    println!(
        "{:<60} n {n} hit@1 {:.2} hit@5 {:.2} mrr {:.2} cand {:.2} sent@1 {:.2} p50 {}us p99 {}us",
        format!("{}/{q}", dir.rsplit('/').next().unwrap()),
        pc(h1),
        pc(h5),
        100.0 * mrr / f64::from(n),
        pc(cand),
        100.0 * f64::from(sh) / f64::from(sn.max(1)),
        times[times.len() / 2] / 1000,
        times[times.len() * 99 / 100] / 1000
    );
}
