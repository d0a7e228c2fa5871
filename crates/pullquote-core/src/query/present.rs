//! Questions about the state of things now, which no article answers: "is the server down?", "anyone online?".
//!
//! They are recognised by what they ask (yes or no, who), by a word for a state (down, online), and by words for now.

use crate::text::{fold, words};

/// The words of a language by which such questions are recognised, folded.
struct Words {
    /// They begin a question for a way or a reason, which articles may answer even if it says "now".
    ways: &'static str,
    /// They name the present; phrases are separated by commas.
    now: &'static str,
    /// Forms of to be, and others that a state may follow.
    be: &'static str,
    /// States that change by the hour.
    states: &'static str,
    /// Where people are or how, of whom somebody looks for any.
    places: &'static str,
    /// Persons that somebody looks for.
    anybody: &'static str,
    /// They ask what is possible or required, which does not change by the hour.
    rules: &'static str,
    /// They may stand between a form of to be and the state, or behind the state.
    around: &'static str,
}

const LANGUAGES: [Words; 4] = [
    Words {
        ways: "how why where which",
        now: "now,right now,currently,today,tonight,atm,rn,at the moment,this evening,this morning,yet",
        be: "is are isn isnt isn't aren arent aren't be was were anyone anybody everyone somebody someone",
        states: "down up offline online lagging laggy unreachable dead back",
        places: "here there around awake afk",
        anybody: "anyone anybody somebody someone",
        rules: "to possible allowed able required supported how mode",
        around: "for any anyone anybody everyone everybody else me you us again right now currently today still just already also \
                 too or it only the on in",
    },
    Words {
        ways: "wie warum wieso weshalb wo welche welcher welches",
        now: "jetzt,gerade,heute,momentan,derzeit,zurzeit,grade,im moment,heute abend,heute morgen,aktuell gerade",
        be: "ist sind war waren bist seid",
        states: "down offline online weg tot erreichbar unerreichbar kaputt",
        places: "da hier wach afk",
        anybody: "jemand irgendwer wer",
        rules: "zu moglich erlaubt notig pflicht unterstutzt wie modus",
        around: "bei fur euch dir mir uns gerade jetzt heute wieder noch schon auch nur nicht denn eigentlich jemand jemandem oder \
                 gar alle allen der die das",
    },
    Words {
        ways: "como por donde cual cuales",
        now: "ahora,hoy,ahora mismo,actualmente,en este momento,esta noche,esta tarde",
        be: "es esta estan estas sigue siguen hay",
        states: "caido caida caidos caidas offline online down conectado conectada conectados",
        places: "aqui ahi despierto",
        anybody: "alguien",
        rules: "posible permitido obligatorio necesario puede puedo como modo",
        around: "para alguien mas me a ti vosotros ustedes todos hoy ahora mismo otra vez aun todavia ya tambien solo o no el la los las",
    },
    Words {
        ways: "comment pourquoi ou quel quelle quels quelles",
        now: "maintenant,actuellement,en ce moment,aujourd hui,ce soir,ce matin",
        be: "est sont y",
        states: "down offline online tombe tombes connecte connectee connectes panne plante mort",
        places: "la ici reveille",
        anybody: "quelqu",
        rules: "possible permis obligatoire necessaire peut comment mode",
        around: "pour un une qui en de chez vous toi moi tous encore toujours deja aussi seulement ou que c pas le les",
    },
];

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
    let all: Vec<String> = words(text).map(|span| fold(span.of(text))).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    LANGUAGES.iter().any(|lang| lang.recognises(&all))
}

impl Words {
    fn recognises(&self, words: &[&str]) -> bool {
        let has = |list: &str| words.iter().any(|word| is_in(list, word));
        let asks_for_a_way = words.first().is_some_and(|first| is_in(self.ways, first));
        if asks_for_a_way || !has(self.be) && !has(self.anybody) {
            return false;
        }
        self.names_now(words) || !has(self.rules) && self.names_a_state(words)
    }

    /// Whether a word or phrase for the present occurs.
    fn names_now(&self, words: &[&str]) -> bool {
        self.now.split(',').any(|phrase| {
            let phrase: Vec<&str> = phrase.split(' ').collect();
            words
                .windows(phrase.len())
                .any(|window| window == phrase.as_slice())
        })
    }

    /// Whether a state is all that is said of something: it follows a form of to be, or ends a short question.
    fn names_a_state(&self, words: &[&str]) -> bool {
        let is_state = |word: &str| is_in(self.states, word);
        let mut rest = words.iter().filter(|word| !is_in(self.around, word));
        let count = rest.clone().count();
        let asks_for_people = words.iter().any(|word| is_in(self.anybody, word));
        let ends = rest
            .next_back()
            .is_some_and(|last| is_state(last) || asks_for_people && is_in(self.places, last));
        let follows = words
            .windows(2)
            .any(|pair| matches!(pair, [be, state] if is_in(self.be, be) && is_state(state)));
        (ends || follows) && count <= SHORT
    }
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
