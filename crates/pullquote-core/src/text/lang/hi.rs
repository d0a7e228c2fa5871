//! Hindi.

use super::Lang;
use frostem::Algorithm;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    function_words: "\
        का के की को में से पर ने है हैं था थे थी हो होता होती होते हुआ हुई हुए और या यह ये वह वे इस उस इन उन कि जो तो भी ही नहीं \
        क्या क्यों कैसे कब कहाँ कहां कौन कौनसा किस किसने किसे कितना कितने कितनी लिए एक कर करने किया गया गई गए जा जाता द्वारा तक बाद साथ",
    ..Lang::stemmed("hi", Detected::Hin, Algorithm::Hindi)
};
