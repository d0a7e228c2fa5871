//! Chinese.

use super::Lang;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    function_words: "的 了 是 什 么 什么 哪 哪个 哪些 谁 几 吗 呢 在 有 和 多 少 多少 为什 怎 怎么 如 何 如何 个 被",
    ..Lang::unstemmed("zh", Detected::Cmn)
};
