//! Decodes bytes to text: Unicode by its byte order mark or its zero bytes, older encodings by the detector that
//! browsers use.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use pullquote_core::article::Problem;

/// A decoded file: line ends are `\n`, and control characters are removed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) problems: Vec<Problem>,
}

/// The file is binary.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotText;

/// Bytes examined to detect the encoding: a legacy encoding shows in the first paragraphs.
const SAMPLE: usize = 256 * 1024;

/// Decodes the text of a file. Malformed characters are a problem; only binary files are an error.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, NotText> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => match utf_16_without_mark(sample) {
            Some(encoding) => encoding,
            None if looks_binary(sample) => return Err(NotText),
            None if is_utf8(bytes) => UTF_8,
            None => {
                let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
                detector.feed(sample, sample.len() == bytes.len());
                detector.guess(None, Utf8Detection::Allow)
            }
        },
    };
    let (text, _, malformed) = encoding.decode(bytes);
    let mut problems = Vec::new();
    if malformed {
        let line = text
            .find(char::REPLACEMENT_CHARACTER)
            .and_then(|at| text.get(..at))
            .map(|before| before.matches('\n').count() as u32 + 1);
        problems.push(Problem::warning(
            line,
            format!(
                "some characters are not valid {}: save the file as UTF-8",
                encoding.name()
            ),
        ));
    }
    Ok(Decoded {
        text: clean(&text),
        problems,
    })
}

/// Whether the text is UTF-8, perhaps with a few damaged bytes: in any other encoding, hardly any character beyond
/// ASCII is valid UTF-8.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk
            .valid()
            .chars()
            .filter(|letter| !letter.is_ascii())
            .count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    invalid <= valid
}

/// UTF-16 without a byte order mark: every other byte of Latin text is zero.
fn utf_16_without_mark(sample: &[u8]) -> Option<&'static Encoding> {
    let pairs = sample.len() / 2;
    if pairs == 0 {
        return None;
    }
    let zeros = |offset: usize| {
        sample
            .iter()
            .skip(offset)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if odd * 2 > pairs && even * 20 < pairs => Some(UTF_16LE),
        () if even * 2 > pairs && odd * 20 < pairs => Some(UTF_16BE),
        () => None,
    }
}

/// Text contains no zero bytes and hardly any control characters.
fn looks_binary(sample: &[u8]) -> bool {
    let controls = sample
        .iter()
        .filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127))
        .count();
    sample.contains(&0) || controls > 8 && controls * 100 > sample.len()
}

/// Writes line ends as `\n`, and removes control characters and byte order marks.
fn clean(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                letters.next_if_eq(&'\n');
                kept.push('\n');
            }
            // Editors do not count these as line ends, so line numbers in problems must not either.
            '\u{c}' if kept.is_empty() || kept.ends_with('\n') => {}
            '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => kept.push(' '),
            '\u{feff}' => {}
            '\n' | '\t' => kept.push(letter),
            _ if letter.is_control() => {}
            _ => kept.push(letter),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str) {
        let decoded = decode(bytes).unwrap();
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.problems, []);
    }

    #[test]
    fn detects_common_encodings() {
        check("Brücke\n".as_bytes(), "Brücke\n");
        check(b"\xef\xbb\xbfmark", "mark");
        check(b"\xff\xfeh\0\xe9\0", "hé");
        check(b"\xfe\xff\0h\0i", "hi");
        check(b"w\0i\0t\0h\0o\0u\0t\0", "without");
        check(
            b"Die Br\xfccke f\xfchrt \xfcber den Flu\xdf",
            "Die Brücke führt über den Fluß",
        );
        check(
            b"\xcf\xf0\xe8\xe2\xe5\xf2, \xfd\xf2\xee \xf0\xf3\xf1\xf1\xea\xe8\xe9 \xf2\xe5\xea\xf1\xf2",
            "Привет, это русский текст",
        );
    }

    #[test]
    fn normalizes_line_ends_and_removes_control_characters() {
        check(b"a\r\nb\rc\nd\x0ce\x07\x1b[1m", "a\nb\nc\nd e[1m");
        check(
            "a\u{2028}b\u{2029}c\u{85}d\u{b}e\nf".as_bytes(),
            "a b c d e\nf",
        );
        check(b"\x0cone\n\x0ctwo", "one\ntwo");
        check(b"", "");
    }

    #[test]
    fn rejects_binary_and_reports_malformed_characters() {
        assert!(decode(b"PK\x03\x04\0\0\0\0rest").is_err());
        assert!(decode(&[7; 100]).is_err());
        let broken = decode(b"\xef\xbb\xbfone\ntw\xff").unwrap();
        assert_eq!(
            (broken.problems.len(), broken.problems[0].line),
            (1, Some(2))
        );
    }
}
