//! Questions about the state of things now, which no article answers: "is the server down?", "anyone online?".
//!
//! They are recognised by what they ask (yes or no, who), by a word for a state (down, online), and by words for now.

use crate::text::{PresentLists, folded_words, languages_with_present, phrases};

/// Whether a text asks about the present, so that no article can answer it. Only English, German, Spanish and French are
/// known; a text in another language does not.
///
/// ```
/// use pullquote_core::query::asks_about_now;
///
/// assert!(asks_about_now("Is the server down for anyone else?"));
/// assert!(!asks_about_now("How do I start the server?"));
/// ```
pub fn asks_about_now(text: &str) -> bool {
    let all = folded_words(text);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    languages_with_present().any(|lang| recognises(lang, &all))
}

fn recognises(lang: &PresentLists, words: &[&str]) -> bool {
    let has = |list: &str| words.iter().any(|word| is_in(list, word));
    let asks_for_a_way = words.first().is_some_and(|first| is_in(lang.ways, first));
    if asks_for_a_way || !has(lang.be) && !has(lang.anybody) {
        return false;
    }
    names_now(lang, words) || !has(lang.rules) && names_a_state(lang, words)
}

/// Whether a word or phrase for the present occurs.
fn names_now(lang: &PresentLists, words: &[&str]) -> bool {
    phrases(lang.now).any(|phrase| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        let mut windows = words.windows(phrase.len());
        windows.any(|window| window == phrase.as_slice())
    })
}

/// Whether a state is all that is said of something: it follows a form of to be, or ends a short question.
fn names_a_state(lang: &PresentLists, words: &[&str]) -> bool {
    let is_state = |word: &str| is_in(lang.states, word);
    let mut rest = words.iter().filter(|word| !is_in(lang.around, word));
    let count = rest.clone().count();
    let asks_for_people = words.iter().any(|word| is_in(lang.anybody, word));
    let ends = rest
        .next_back()
        .is_some_and(|last| is_state(last) || asks_for_people && is_in(lang.places, last));
    let follows = words
        .windows(2)
        .any(|pair| matches!(pair, [be, state] if is_in(lang.be, be) && is_state(state)));
    (ends || follows) && count <= SHORT
}

/// Words of a question that has room for little more than the state of something, without those around it.
const SHORT: usize = 6;

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

#[cfg(test)]
mod tests {
    use super::asks_about_now;

    #[test]
    fn questions_about_the_present() {
        for text in [
            "Is the server down?",
            "is the server down for anyone else?",
            "Are the servers offline again?",
            "anyone online now?",
            "Is anybody here?",
            "Is there an event today?",
            "is the wiki still up?",
            "who is online right now?",
            "Ist der Server down?",
            "Ist der Server gerade bei euch auch weg?",
            "Ist jemand online?",
            "Ist heute Abend ein Event?",
            "¿Está caído el servidor?",
            "¿El servidor está caído?",
            "¿Hay alguien conectado?",
            "¿Hay evento hoy?",
            "Le serveur est en panne ?",
            "Est-ce que le serveur est down ?",
            "Il y a quelqu'un de connecté ?",
            "C'est ouvert aujourd'hui, il y a un événement ?",
        ] {
            assert!(asks_about_now(text), "{text}");
        }
    }

    #[test]
    fn questions_for_articles() {
        for text in [
            "How do I restart the server right now?",
            "Why is my server offline?",
            "Where can I see who is online?",
            "What does juche mean?",
            "Is it possible to set up two servers?",
            "Is the online mode required for plugins?",
            "Are there backups of the world?",
            "Does the mod work with Forge?",
            "Can I play offline on a second account?",
            "Is it possible to play offline?",
            "Is there a guide on how to set one up?",
            "Is the free plan available for teams?",
            "Is there a limit for online players?",
            "Wie starte ich den Server jetzt neu?",
            "Was bedeutet Juche?",
            "Gibt es ein Limit für Grundstücke?",
            "Ist der Online-Modus Pflicht?",
            "¿Cómo inicio el servidor ahora?",
            "¿Qué significa juche?",
            "¿Es obligatorio el modo en línea?",
            "Comment démarrer le serveur maintenant ?",
            "Que signifie juche ?",
            "Est-ce que le mode en ligne est obligatoire ?",
            "",
        ] {
            assert!(!asks_about_now(text), "{text}");
        }
    }
}
