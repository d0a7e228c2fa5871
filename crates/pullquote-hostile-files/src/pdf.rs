//! Hostile PDFs: a few hundred bytes that make a parser recurse, loop, or take gigabytes.

use crate::{Expect, HostileFile};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::Write;

const HEIGHT: &str = "/MediaBox[0 0 612 792]";
const WORDS: &str = "BT /F 12 Tf 50 700 Td (The ferry leaves the island at seven.) Tj ET";
const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

/// A PDF under construction.
#[derive(Default)]
struct Pdf {
    bytes: Vec<u8>,
    /// Number and offset of each object.
    objects: Vec<(usize, usize)>,
}

impl Pdf {
    fn new() -> Self {
        let mut pdf = Self::default();
        pdf.bytes.extend(b"%PDF-1.5\n");
        pdf
    }

    fn object(mut self, number: usize, body: impl AsRef<[u8]>) -> Self {
        self.objects.push((number, self.bytes.len()));
        self.bytes.extend(format!("{number} 0 obj\n").bytes());
        self.bytes.extend(body.as_ref());
        self.bytes.extend(b"\nendobj\n");
        self
    }

    /// The file, with a cross-reference table. `trailer` is added to the trailer.
    fn finish(self, trailer: &str) -> Vec<u8> {
        let Self { mut bytes, objects } = self;
        let start = bytes.len();
        let size = objects
            .iter()
            .map(|(number, _)| number + 1)
            .max()
            .unwrap_or(0);
        bytes.extend(format!("xref\n0 {size}\n").bytes());
        for number in 0..size {
            let entry = objects.iter().find(|(found, _)| *found == number);
            let entry = match entry {
                Some((_, offset)) => format!("{offset:010} 00000 n \n"),
                None => "0000000000 65535 f \n".to_owned(),
            };
            bytes.extend(entry.bytes());
        }
        let end =
            format!("trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n");
        bytes.extend(end.bytes());
        bytes
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn stream(entries: &str, bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let bytes = bytes.as_ref();
    let mut stream = format!("<<{entries}/Length {}>>\nstream\n", bytes.len()).into_bytes();
    stream.extend(bytes);
    stream.extend(b"\nendstream");
    stream
}

fn packed_stream(entries: &str, bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let entries = format!("{entries}/Filter/FlateDecode");
    stream(&entries, packed(bytes.as_ref()))
}

/// A file of one page. Its content is object 4, its font 5; further objects follow.
fn page(resources: &str, content: impl AsRef<[u8]>) -> Pdf {
    Pdf::new()
        .object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
        .object(
            3,
            format!("<</Type/Page/Parent 2 0 R{HEIGHT}/Contents 4 0 R/Resources<<{resources}>>>>"),
        )
        .object(4, content)
}

/// A page with this font as object 5.
fn page_in(font: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Pdf {
    page("/Font<</F 5 0 R>>", content).object(5, font)
}

fn form(forms: &str, content: &str) -> Vec<u8> {
    let entries =
        format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<{forms}>>>>");
    stream(&entries, content)
}

/// A file that any reader can read.
fn harmless() -> Vec<u8> {
    page_in(FONT, stream("", WORDS)).finish("")
}

/// `count` pages with a line of text each.
fn pages(count: usize) -> Vec<u8> {
    let kids: String = (0..count).fold(String::new(), |kids, at| format!("{kids}{} 0 R ", 10 + at));
    let mut pdf = Pdf::new()
        .object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .object(2, format!("<</Type/Pages/Kids[{kids}]/Count {count}>>"))
        .object(4, stream("", WORDS))
        .object(5, FONT);
    for at in 0..count {
        let page = format!(
            "<</Type/Page/Parent 2 0 R{HEIGHT}/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
        );
        pdf = pdf.object(10 + at, page);
    }
    pdf.finish("")
}

/// Forms that each draw the next one ten times: 10 to the power of 12 in total.
fn exponential_forms() -> Vec<u8> {
    let mut pdf = page("/XObject<</X 6 0 R>>", stream("", "/X Do"));
    for number in 6..18 {
        let next = format!("/X {} 0 R", number + 1);
        pdf = pdf.object(number, form(&next, &"/X Do ".repeat(10)));
    }
    pdf.object(18, form("", "")).finish("")
}

/// A font whose mapping to Unicode has one range of four thousand million characters.
fn endless_character_map() -> Vec<u8> {
    let map = "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange\n1 beginbfrange\n<00000000> <FFFFFFFF> <0041>\nendbfrange endcmap end";
    let font = "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[7 0 R]>>";
    let descendant = "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>";
    page_in(font, stream("", "BT /F 12 Tf <00410042> Tj ET"))
        .object(6, stream("", map))
        .object(7, descendant)
        .finish("")
}

/// A cross-reference stream of 2,000 million entries.
fn endless_cross_references() -> Vec<u8> {
    let start = 9;
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let entries = "/Type/XRef/Size 2000000000/Index[0 2000000000]/W[1 2 1]/Root 1 0 R".to_owned();
    bytes.extend(b"1 0 obj\n");
    bytes.extend(packed_stream(&entries, vec![0; 90_000_000]));
    bytes.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}

/// A cross-reference table whose predecessor is itself.
fn circular_cross_references() -> Vec<u8> {
    let length = page_in(FONT, stream("", WORDS)).bytes.len();
    page_in(FONT, stream("", WORDS)).finish(&format!("/Prev {length}"))
}

fn refused(name: &'static str, bytes: Vec<u8>) -> HostileFile {
    HostileFile::new(name, bytes, Expect::Refused)
}

fn any(name: &'static str, bytes: Vec<u8>) -> HostileFile {
    HostileFile::new(name, bytes, Expect::Any)
}

/// Every kind of hostile PDF, the largest last.
pub(crate) fn all() -> impl Iterator<Item = HostileFile> {
    let harmless_one = HostileFile::new("harmless.pdf", harmless(), Expect::Used);
    let kinds = [circles, syntax, structures, contents].into_iter();
    std::iter::once(harmless_one).chain(kinds.flat_map(|kind| kind()))
}

/// Objects that contain themselves.
fn circles() -> Vec<HostileFile> {
    let catalog = || Pdf::new().object(1, "<</Type/Catalog/Pages 2 0 R>>");
    let one_page = || catalog().object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
    let leaf = "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>";
    let own_form = page("/XObject<</X 6 0 R>>", stream("", "/X Do"));
    let own_form = own_form.object(6, form("/X 6 0 R", "/X Do"));
    let parent = catalog()
        .object(2, "<</Type/Pages/Kids[3 0 R]/Count 1/Parent 3 0 R>>")
        .object(3, leaf)
        .object(4, stream("", WORDS));
    let kid = catalog().object(2, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>");
    let length = one_page()
        .object(3, leaf)
        .object(4, "<</Length 4 0 R>>\nstream\nq\nendstream");
    vec![
        refused("form-names-itself.pdf", own_form.finish("")),
        refused("exponential-forms.pdf", exponential_forms()),
        refused("parent-is-its-child.pdf", parent.finish("")),
        any("kid-is-its-parent.pdf", kid.finish("")),
        any("length-is-the-stream-itself.pdf", length.finish("")),
        any("font-is-itself.pdf", page_in("5 0 R", "4 0 R").finish("")),
        any("circular-cross-references.pdf", circular_cross_references()),
    ]
}

/// Pages with far too much on them.
fn contents() -> Vec<HostileFile> {
    let page_of = |content: String| page_in(FONT, packed_stream("", content)).finish("");
    let text = "word ".repeat(10_000_000);
    vec![
        any("million-states.pdf", page_of("q ".repeat(1_000_000))),
        any("million-operands.pdf", page_of("1 ".repeat(5_000_000))),
        any("million-arrays.pdf", page_of("[".repeat(5_000_000))),
        any("megabytes-of-text.pdf", page_of(WORDS.repeat(1_250_000))),
        any(
            "one-text-of-megabytes.pdf",
            page_of(format!("BT /F 12 Tf ({text}) Tj ET")),
        ),
    ]
}

/// Tables, fonts and streams without end.
fn structures() -> Vec<HostileFile> {
    let filters = format!("/Filter[{}]", "/ASCIIHexDecode ".repeat(100_000));
    let filtered = page("", stream(&filters, "41".repeat(100_000)));
    vec![
        any("endless-character-map.pdf", endless_character_map()),
        any("endless-cross-references.pdf", endless_cross_references()),
        any("thousands-of-filters.pdf", filtered.finish("")),
        any("four-thousand-pages.pdf", pages(4_000)),
        refused("running-heads-only.pdf", pages(4)),
    ]
}

/// Nesting without end, and an end that is missing.
fn syntax() -> Vec<HostileFile> {
    let nested = |open: &str, close: &str, depth: usize| {
        let body = format!("{}{}", open.repeat(depth), close.repeat(depth));
        page_in(FONT, stream("", WORDS)).object(6, body).finish("")
    };
    vec![
        any("nested-arrays.pdf", nested("[", "]", 1_000_000)),
        any("nested-dictionaries.pdf", nested("<</A", ">>", 500_000)),
        any("nested-strings.pdf", nested("(", ")", 1_000_000)),
        any("cut-short.pdf", harmless().into_iter().take(300).collect()),
    ]
}
