//! German.

use super::{Abbreviations, AboutLists, FollowUpLists, Lang, PaddingLists, PresentLists};
use frostem::Algorithm;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    code: "de",
    detected: Detected::Deu,
    stemmer: Some(Algorithm::German),
    respelling: None,
    irregular_forms: "",
    related_words: include_str!("de_related.txt"),
    function_words: "\
        wer wem wen wessen was wann wo warum wieso weshalb wie woher wohin welche welcher welches welchem \
        welchen viel viele wieviel wieviele bitte hallo danke gibt wurde wurden wird werden worden hat \
        hatte konnte womit wodurch wofur woran worauf wovon bedeutet bedeutung heisst",
    question_words: "\
        wer wen wem wessen was wann wo woher wohin warum wieso weshalb welche welcher welches wie",
    padding: PaddingLists {
        words: "\
            hallo hi hey moin servus tach leute alle allen zusammen freunde jungs mods mod admins morgen tag \
            abend nacht runde guten guter schonen kurze kurz schnelle frage fragen hilfe helfen helft hilft \
            rat tipp tipps idee ideen ahnung plan antwort antworten antwortet entschuldigung entschuldigt \
            sorry tut leid falls falsche falscher falsch richtige richtig kanal channel ort hier neu neuling \
            anfanger noob thx danke dank vielen schonmal vorab voraus lieb liebe grusse gruss gruesse bitte \
            bittee dringend eilig eilt schnell sofort zeit stunden stunde minuten tage tagen wochen woche \
            jetzt seit heute gestern schon noch wieder erste ersten mal lange lese schreibe still verzweifle \
            verzweifelt verzweifeln wahnsinnig durch drehe dreh langsam sitze sitz dran gegoogelt google \
            googeln gesucht suche gefunden nix nichts nirgends probiert versucht alles mogliche weiss weisst \
            jemand zufallig einer keine kein kenne kennst aus doch oder wohl mir mich verstehe versteh \
            verstanden erklart erklaren kumpel lol haha xd ehrlich eigentlich also bin hab habe nachsichtig \
            lachen dumm dumme blod blode echt total gar nicht uberhaupt auch mit euch eure gruess hallochen \
            huhu mahlzeit lieben kollegen experten profi profis jemanden irgendjemand freundliche freundlichen \
            beste besten kaffee mittag mittagspause pause feierabend wochenende montag dienstag mittwoch \
            donnerstag freitag samstag sonntag nachts schlafen mude kaputt frau mann kind kinder sohn tochter \
            freundin freund mutter vater bruder schwester chef kollege hund katze nerven nerv nervt kopf haare \
            ewig ewigkeit ewigkeiten ende latein komisch seltsam irgendwie leider hoffentlich hoffe glaube \
            denke vermute vielleicht wahrscheinlich offensichtlich schande peinlich verzeihung verzeiht geduld \
            lesen liest gelesen antworte melde meldet gerne gern super klasse toll prima spitze youtube reddit \
            forum internet netz handy tippe getippt tippfehler rechtschreibung mega voll ziemlich etwas \
            bisschen moment naja tja ach oh ups mist verdammt scheisse jedenfalls ubrigens wunsche wunsch bis \
            bald spater lg vg mfg gg",
        pleas: "jemand wer hilfe helfen helft hilft ahnung idee ideen rat tipp tipps weiss wisst kennt plan hier",
        interrogatives: "wie was wo wann warum wieso weshalb wer welche welcher welches woher wohin",
        joiners: "und sowie",
        openers: "\
            danke thx sorry bitte lg vg falls bin hab schon kennt kann jemand weiss",
    },
    amount_words: "\
        null ein eine einen zwei drei vier funf sechs sieben acht neun zehn elf zwolf dutzend zwanzig \
        dreissig vierzig funfzig hundert tausend million millionen milliarde halb viertel drittel einmal \
        zweimal dreimal beide kein keine keinen nie alle jeder jede jedes immer taglich wochentlich \
        monatlich jahrlich stundlich mehrere wenige viele unbegrenzt kostenlos gratis",
    amount_questions: "\
        wie viel|wie viele|wieviel|wieviele|wie alt|wie lang|wie lange|wie weit|wie hoch|wie tief|wie gross|\
        wie breit|wie oft|wie schnell|wie schwer|wie teuer|um wie viel|welcher port|welchen port",
    time_questions: "\
        wann|seit wann|bis wann|ab wann|in welchem jahr|welches jahr|welcher tag|welches datum",
    time_words: "\
        januar februar marz april mai juni juli august september oktober november dezember montag dienstag \
        mittwoch donnerstag freitag samstag sonntag montags dienstags mittwochs donnerstags freitags \
        samstags sonntags wochenende heute morgen gestern mittag mitternacht abend abends nacht nachts tag \
        tage tagen woche wochen monat monate monaten jahr jahre jahren stunde stunden minute minuten \
        jahrzehnt jahrhundert fruhling sommer herbst winter ostern weihnachten jetzt bald spater derzeit \
        zurzeit kurzlich sofort schon nach nachdem danach vor bevor vorher bis seit seitdem wahrend wenn \
        sobald falls ab beginn anfang ende",
    greetings: "hallo|guten morgen|guten tag|guten abend|gute nacht|danke|vielen dank",
    about: AboutLists {
        ignored: "\
            ist sind war der die das den dem des ein eine einen bitte kannst konntest du mir mal denn \
            eigentlich es dir",
        pointers: "\
            dies diese dieser dieses diesen diesem artikel artikels text beitrag seite stuck er sie darin \
            drin hier ganze ganzen volle vollen original ihn",
        author: "\
            wer hat * geschrieben|wer schrieb *|wer autor|wer autorin|wer autor von *|wer autor *|\
            autor von *|von wem *|von wem stammt *|wer verfasser von *|wer hat * verfasst",
        date: "\
            wann wurde * veroffentlicht|wann erschien *|wann erschienen *|wann * erschienen|von wann *|\
            wann wurde * geschrieben|datum von *|wie alt * artikel",
        publisher: "\
            aus welcher zeitung *|aus welcher zeitung stammt *|aus welcher zeitung kommt *|\
            welche zeitung *|wer hat * veroffentlicht|wo wurde * veroffentlicht|woher stammt *|\
            woher kommt *|quelle von *|wo erschien *|wo * erschienen",
        source: "\
            wo kann ich * lesen|wo finde ich *|link zu *|wo steht *|link *|wo gibt *",
        gist: "\
            worum geht in *|worum geht|worum gehts in *|worum gehts|um was geht in *|um was geht|\
            wovon handelt *|was steht in *|fass * zusammen|fasse * zusammen|zusammenfassung von *|\
            zusammenfassung *|kernpunkte von *|kernpunkte *|wichtigsten punkte *|was wichtigsten punkte *|\
            was hauptaussage von *|was hauptaussage *|was kernaussage *|was hauptargument *|tldr *|tl dr *|\
            was sagt *",
        length: "\
            wie lang *|wie viele worter hat *|wie viele worter *|lange von *|wie lange dauert * zu lesen|\
            wie lange liest man *",
        articles: "\
            welche artikel hast|welche artikel gibt|welche artikel|was weisst|liste artikel|\
            welche themen kennst|welche themen hast|welche texte hast|zeig artikel|zeige artikel",
        help: "\
            was kann ich fragen|was kann ich dich fragen|wie funktionierst|wer bist|wozu bist|\
            wie benutze ich dich|wie frage ich dich|bist bot|bist ki|bist mensch|wer hat dich gemacht",
    },
    present: PresentLists {
        ways: "wie warum wieso weshalb wo welche welcher welches",
        now: "\
            jetzt|gerade|heute|momentan|derzeit|zurzeit|grade|im moment|heute abend|heute morgen|\
            aktuell gerade",
        be: "ist sind war waren bist seid",
        states: "down offline online weg tot erreichbar unerreichbar kaputt",
        places: "da hier wach afk",
        anybody: "jemand irgendwer wer",
        rules: "zu moglich erlaubt notig pflicht unterstutzt wie modus",
        around: "\
            bei fur euch dir mir uns gerade jetzt heute wieder noch schon auch nur nicht denn eigentlich \
            jemand jemandem oder gar alle allen der die das",
    },
    follow_up: FollowUpLists {
        interjections: "ok okay ah oh hm also gut danke",
        openers: "\
            und was ist mit|und wie ist es mit|was ist mit|wie ist es mit|und|oder|aber|\
            dasselbe fur|das gleiche fur",
        prepositions: "auf fur mit bei unter in im am an ohne von vom zu zum zur nach vor wahrend uber",
        pronouns: "es das dies sie er ihn ihm ihr ihre diese dieser dieses davon dafur damit dort",
    },
    bylines: "von",
    help_words: "hilfe",
    back_references: "er sie es sein seine dies diese dieser dieses aber jedoch daher deshalb so",
    forward_references: "unten folgend folgende folgenden folgendes",
    abbreviations: Abbreviations {
        before_name: "bzw ca d.h dr fr hr prof sog st u.a vgl z.b zb",
        before_number: "abb abs art bd nr s",
        anywhere: "usw",
    },
    sentence_starts: "das der die ein eine er es im sie",
    dotted_ordinals: true,
    spaces_between_syllables: false,
    accents_tell_words_apart: false,
};
