//! Splits words into the pieces of a vocabulary by `WordPiece` (Schuster and Nakajima 2012): repeatedly takes the longest
//! piece that the rest of the word begins with.

/// Where a piece occurs in a word. The same letters are different pieces in the two positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PiecePosition {
    /// At the start of a word.
    Start,
    /// After another piece; vocabularies write `##ed`.
    Inside,
}

/// The pieces of `word`, each as `find` returns it; `None` if the word is empty or a part of it is not a piece.
///
/// `longest` is the length of the longest piece, in bytes.
pub fn word_pieces<T>(
    word: &str,
    longest: usize,
    find: impl Fn(PiecePosition, &str) -> Option<T>,
) -> Option<Vec<T>> {
    let mut found = Vec::new();
    let mut rest = word;
    while !rest.is_empty() {
        let place = if found.is_empty() {
            PiecePosition::Start
        } else {
            PiecePosition::Inside
        };
        let mut ends = (1..=rest.len().min(longest)).rev();
        let (piece, after) = ends.find_map(|end| {
            let (piece, after) = rest.split_at_checked(end)?;
            Some((find(place, piece)?, after))
        })?;
        found.push(piece);
        rest = after;
    }
    Some(found).filter(|found| !found.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: &[&str] = &[
        "un",
        "account",
        "able",
        "a",
        "abduct",
        "##ed",
        "##able",
        "##accou",
        "##account",
        "é",
    ];

    fn check(word: &str, expected: Option<&[&str]>) {
        let found = word_pieces(word, 12, |place, piece| {
            let marked = match place {
                PiecePosition::Start => piece.to_owned(),
                PiecePosition::Inside => format!("##{piece}"),
            };
            VOCABULARY.iter().find(|known| **known == marked).copied()
        });
        assert_eq!(found.as_deref(), expected, "{word}");
    }

    #[test]
    fn takes_the_longest_piece_first() {
        check("abducted", Some(&["abduct", "##ed"]));
        check("unaccountable", Some(&["un", "##account", "##able"]));
        check("able", Some(&["able"]));
        check("é", Some(&["é"]));
    }

    #[test]
    fn a_word_with_an_unknown_part_has_no_pieces() {
        check("abducting", None);
        check("ed", None);
        check("aé", None);
        check("", None);
    }
}
