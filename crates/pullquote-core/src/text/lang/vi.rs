//! Vietnamese. It is written with a space after every syllable, so a word here is a syllable.

use super::Lang;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    function_words: "\
        ai anh bao bằng bên bị bởi các cái cả cần chỉ cho chúng chưa chứ có còn con của cũng cùng cứ do dưới đã đang đâu đây đấy để đến đều đi đó \
        được em gì giữa giúp hay hãy hơn khi khác không lại là làm lên lúc mà mấy mình mọi mỗi một nào này nên nếu nhiều như nhưng những nhỉ nhé ở phải qua \
        quá ra rằng rất rồi sao sau sẽ sự tại tất theo thế thì tôi tới trên trong trước từ và vẫn vào vậy về vì việc với xin xuống bạn hả ạ à nhất từng",
    question_words: "ai gì nào đâu sao mấy",
    spaces_between_syllables: true,
    accents_tell_words_apart: true,
    ..Lang::unstemmed("vi", Detected::Vie)
};
