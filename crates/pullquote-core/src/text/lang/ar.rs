//! Arabic.

use super::Lang;
use frostem::Algorithm;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    function_words: "من ما ماذا متى اين لماذا كيف كم هل اي التي الذي هو هي كان كانت",
    ..Lang::stemmed("ar", Detected::Ara, Algorithm::Arabic)
};
