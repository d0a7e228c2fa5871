//! French.

use super::{Abbreviations, AboutLists, FollowUpLists, Lang, PaddingLists, PresentLists};
use frostem::Algorithm;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    code: "fr",
    detected: Detected::Fra,
    stemmer: Some(Algorithm::French),
    respelling: None,
    irregular_forms: "",
    related_words: include_str!("fr_related.txt"),
    function_words: "\
        qui que quoi quel quelle quels quelles quand ou pourquoi comment combien est sont svp bonjour salut \
        merci etait etaient signifie lequel laquelle lesquels",
    question_words: "qui que quoi quand où pourquoi quel quelle quels quelles comment combien",
    padding: PaddingLists {
        words: "\
            bonjour bonsoir salut coucou hello tous tout le monde gens amis merci avance beaucoup cordialement \
            desole desolee pardon excusez mauvais bon salon canal endroit nouveau nouvelle debutant question \
            petite rapide aide aider aidez svp stp plait urgent vite temps heure heures jours semaine depuis \
            essaye cherche trouve google rien desespere desesperee perdu fou folle quelqu sait savez idee mdr \
            lol ptdr bref alors voila",
        pleas: "quelqu aide aider sait savez idee idees conseil ici",
        interrogatives: "comment pourquoi quand combien quel quelle",
        joiners: "et",
        openers: "\
            merci desole pardon svp stp bref",
    },
    amount_words: "\
        zero un une deux trois quatre cinq six sept huit neuf dix onze douze douzaine vingt trente cent \
        mille million millions milliard demi moitie quart aucun aucune jamais tous toutes chaque toujours \
        quotidien hebdomadaire mensuel annuel plusieurs quelques beaucoup illimite gratuit",
    amount_questions: "combien|quel age|quel port",
    time_questions: "\
        quand|depuis quand|jusqu a quand|quel jour|quelle annee|en quelle annee|quelle heure|quelle date",
    time_words: "\
        janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi \
        mercredi jeudi vendredi samedi dimanche aujourd hui demain hier midi minuit matin soir nuit jour \
        jours semaine semaines mois an ans annee annees heure heures minute minutes siecle printemps ete \
        automne hiver noel paques maintenant bientot actuellement recemment deja apres avant jusque depuis \
        pendant lorsque quand si des debut fin",
    greetings: "bonjour|bonsoir|salut|merci|merci beaucoup",
    about: AboutLists {
        ignored: "est sont le la les l un une s il te plait peux pourrais tu me moi c",
        pointers: "\
            ce cet cette ceci ca cela article texte page document original complet entier le",
        author: "\
            qui a ecrit *|qui auteur|qui auteur de *|auteur de *|qui auteur d *|de qui *|qui a redige *",
        date: "\
            quand a ete publie *|quand * a ete publie|quand a ete ecrit *|quand * paru|de quand date *|\
            date de *|quand * a t ete publie",
        publisher: "\
            de quel journal *|de quel journal vient *|quel journal *|qui a publie *|ou a ete publie *|\
            d ou vient *|source de *",
        source: "\
            ou puis je lire *|ou lire *|ou puis je trouver *|ou trouver *|lien vers *|lien *",
        gist: "\
            de quoi parle *|de quoi s agit|de quoi agit|que dit *|resume *|resumer *|resume de *|resumes *|\
            points cles de *|points cles *|quels points cles *|quelle idee principale de *|\
            quelle idee principale *|quel argument principal *|quel argument principal de *|tldr *|tl dr *",
        length: "\
            combien de mots *|combien de mots a *|longueur de *|quelle longueur de *|\
            combien de temps pour lire *",
        articles: "\
            quels articles as|quels articles y a t|liste des articles|que sais|quels sujets connais|\
            montre articles",
        help: "\
            que puis je demander|qu puis je demander|que sais faire|comment ca marche|comment marches|\
            qui es|que faire|es bot|es ia|es humain|qui t a cree",
    },
    present: PresentLists {
        ways: "comment pourquoi ou quel quelle quels quelles",
        now: "maintenant|actuellement|en ce moment|aujourd hui|ce soir|ce matin",
        be: "est sont y",
        states: "down offline online tombe tombes connecte connectee connectes panne plante mort",
        places: "la ici reveille",
        anybody: "quelqu",
        rules: "possible permis obligatoire necessaire peut comment mode",
        around: "\
            pour un une qui en de chez vous toi moi tous encore toujours deja aussi seulement ou que c pas \
            le les",
    },
    follow_up: FollowUpLists {
        interjections: "ok ah oh bon super merci",
        openers: "\
            et qu en est il de|qu en est il de|qu en est il des|et pour ce qui est de|et|ou|mais|pareil pour|\
            la meme chose pour",
        prepositions: "sur pour avec sous dans sans chez de du des pendant apres avant",
        pronouns: "ca cela ceci il elle ils elles y en",
    },
    bylines: "par",
    help_words: "aide",
    back_references: "il elle ils elles cela ceci cette mais donc",
    forward_references: "dessous suivant suivante suivants suivantes",
    abbreviations: Abbreviations {
        before_name: "av cf dr mlle mme prof st ste",
        before_number: "art fig no nº p vol",
        anywhere: "etc",
    },
    sentence_starts: "elle en il la le les un une",
    dotted_ordinals: false,
    spaces_between_syllables: false,
    accents_tell_words_apart: false,
};
