//! Vietnamese. It is written with a space after every syllable, so a word here is a syllable.

use super::Lang;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    function_words: "\
        ai anh ban bao bang ben bi boi ca cac cai can chi cho chua co con cua cung đa đang đau đay đe đen đeu đi đo đuoc \
        em gi gio giua hay hon khi khong la lai lam len luc ma may minh moi mot nao nay nen neu nhieu nhu nhung o phai \
        qua ra rang rat roi sao sau se tai tat theo the thi toi tren trong truoc tu va van vao vay ve vi viec voi xin xuong",
    question_words: "ai gì nào đâu sao mấy",
    spaces_between_syllables: true,
    ..Lang::unstemmed("vi", Detected::Vie)
};
