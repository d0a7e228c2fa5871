# Was der Bot selbst sagt, auf Deutsch.

# Befehle. Namen: 1 bis 32 Kleinbuchstaben; Beschreibungen: 1 bis 100 Zeichen.

command-ask = frage
    .description = Stell den Artikeln eine Frage und lies die Sätze, die sie beantworten
    .question = frage
    .question-description = Was du wissen möchtest
    .article = artikel
    .article-description = Nur in diesem Artikel nachsehen
    .private = privat
    .private-description = Die Antwort nur dir zeigen
command-search = suche
    .description = Finde Absätze, in denen bestimmte Wörter stehen
    .keywords = wörter
    .keywords-description = Gesuchte Wörter; "in Anführungszeichen" stehen sie beieinander, mit -minus fehlen sie
    .article = artikel
    .article-description = Nur in diesem Artikel nachsehen
command-summary = zusammenfassung
    .description = Lies das Wichtigste eines Artikels in seinen eigenen Sätzen
    .article = artikel
    .article-description = Welcher Artikel; ohne Angabe alle
    .length = länge
    .length-description = Wie lang
    .length-short = Kurz: etwa drei Sätze
    .length-medium = Mittel: etwa sechs Sätze
    .length-long = Lang: etwa zwölf Sätze, ein Fünftel eines langen Artikels
    .focus = thema
    .focus-description = Nur was dazu gesagt wird
    .private = privat
    .private-description = Die Zusammenfassung nur dir zeigen
command-articles = artikelliste
    .description = Sieh, welche Artikel es gibt
command-article = artikel
    .description = Öffne einen Artikel: wovon er handelt, und seinen Text zum Lesen
    .name = name
    .name-description = Welcher Artikel
command-help = hilfe
    .description = Was du fragen kannst, mit einem Beispiel
command-about = über
    .description = Was dieser Bot ist und wie es ihm geht
command-reload = neu-laden
    .description = Die Artikel neu einlesen (für den Betreiber des Bots)
command-find = In Artikeln suchen

# Antworten.

very-likely = Sehr wahrscheinlich
likely = Wahrscheinlich
possibly = Möglicherweise
read-as = „{ $typed }“ als „{ $read }“ gelesen
did-you-mean = Da bin ich nicht sicher. Meintest du etwas davon?
unknown = { $articles ->
    [one] Ich habe in dem einen Artikel nachgesehen, den ich habe. Dort steht es nicht.
   *[other] Ich habe in { $articles } Artikeln nachgesehen. Dort steht es nicht.
}
unknown-in-article = Ich habe in „{ $title }“ nachgesehen. Dort steht es nicht.
no-articles = Es gibt noch keine Artikel.
small-talk = Ich bin für Fragen zu den Artikeln da: /{ command-help } zeigt, was du fragen kannst.
rephrase = Versuch es mit anderen Wörtern, oder nenne, um wen oder was es geht.
nearest = Was dem am nächsten kommt
show-passage = Einen Absatz ganz zeigen
nothing-else = Dazu gibt es keine weiteren Absätze.

# Knöpfe.

more-context = Mehr Zusammenhang
other-passages = Andere Stellen
share = Im Kanal teilen
shared-by = geteilt von
helps = Ja, das hilft
helps-not = Nein
summary = Zusammenfassung
longer = Länger
shorter = Kürzer
ask-about = Danach fragen
read-on = Im Artikel weiterlesen
page-before = Zurück
page-after = Weiter
page-number = Seite { $page } von { $pages }
thanks = Danke, gut zu wissen!
sorry = Das tut mir leid. Andere Wörter helfen oft; /{ command-search } zeigt jeden Absatz mit einem Wort.

# Artikel.

search-nothing = { $articles ->
    [one] In dem Artikel gibt es keinen Absatz mit diesen Wörtern.
   *[other] In keinem der { $articles } Artikel gibt es einen Absatz mit diesen Wörtern.
}
articles-title = Artikel
articles-count = { $articles ->
    [one] Ein Artikel mit { $passages ->
        [one] einem Absatz
       *[other] { $passages } Absätzen
    }. Frag mich danach!
   *[other] { $articles } Artikel mit { $passages } Absätzen. Frag mich danach!
}
open-article = Einen Artikel öffnen
no-such-article = Einen Artikel namens „{ $name }“ habe ich nicht. Ist es einer von diesen?
more-headings = und { $more } weitere
article-length = { $words ->
    [one] Ein Wort
   *[other] { $words } Wörter
} · { $minutes ->
    [one] eine Minute Lesezeit
   *[other] { $minutes } Minuten Lesezeit
}
read = Lesen
as-file = Als Datei
original = Original
file = Hier ist der Text von „{ $title }“.
file-too-large = „{ $title }“ ist zu groß für Discord. „{ read }“ zeigt den Text Seite für Seite.

# Zusammenfassungen.

summary-how = Ausgewählte Sätze, Wort für Wort.
summary-whole = Der Artikel ist kurz: Das ist alles, was er sagt.
summary-nothing = „{ $title }“ sagt dazu nichts.
summary-none = „{ $title }“ hat keine Sätze, die für ihn stehen könnten. /{ command-article } öffnet ihn.
digest-nothing = { $articles ->
    [one] Der Artikel sagt dazu nichts.
   *[other] Keiner der { $articles } Artikel sagt etwas dazu.
}
overview-title = Die Artikel, von jedem ein Satz
key-phrases = Über { $phrases }
ask-about-how = Frag mit /{ command-ask } nach „{ $title }“, oder wähle aus der Liste.
pick-question = Eine Frage oder ein Thema wählen

# Hilfe und Auskunft.

help-title = Frag mich etwas zu den Artikeln
help = { $articles ->
    [one] Ich kenne einen Artikel und antworte in seinen Worten. Erwähne mich mit einer Frage, antworte mir oder schreib mir direkt.
   *[other] Ich kenne { $articles } Artikel und antworte in ihren Worten. Erwähne mich mit einer Frage, antworte mir oder schreib mir direkt.
}
help-example = Zum Beispiel:
help-message-command = Bei einer Nachricht: Rechtsklick oder gedrückt halten, dann Apps › { command-find }.
example-question = Was steht da über { $subject }?
about = Ich beantworte Fragen aus Artikeln, Wort für Wort. Nichts ist erfunden, und nichts verlässt den Rechner, auf dem ich laufe.
about-version = Version
about-articles = Artikel
about-passages = Absätze
about-uptime = Läuft seit
about-latency = Verzögerung
about-source-code = Quelltext
reload-done = Ich habe die Artikel neu eingelesen.
reload-same = Ich habe die Artikel neu eingelesen: nichts hat sich geändert.
reload-kept = Die Artikel ließen sich nicht neu einlesen; die bisherigen antworten weiter.
reload-added = Neu
reload-changed = Geändert
reload-removed = Entfernt
reload-failed = Nicht verwendbar
uptime-minutes = { $large } min { $small } s
uptime-hours = { $large } h { $small } min
uptime-days = { $large } T. { $small } h

# Was nicht geht.

refused-too-long = Das ist eine lange Frage! Bitte frag in höchstens 1.000 Zeichen.
refused-changed = Die Artikel haben sich seither geändert. Bitte frag noch einmal.
refused-question-lost = Ich sehe die Frage nicht mehr. Bitte stell sie noch einmal.
refused-no-text = In dieser Nachricht steht kein Text, nach dem ich suchen könnte.
refused-control = Dieser Knopf stammt von einer anderen Version von mir. Bitte frag noch einmal.
refused-command = Diesen Befehl kenne ich nicht mehr. Bis Discord meine jetzigen zeigt, kann es etwas dauern.
refused-not-owner = Das kann nur, wer mich betreibt. Geänderte Artikel bemerke ich von selbst.
too-fast = So schnell kann ich nicht lesen. Bitte warte { $seconds } s und frag noch einmal.

# Was schiefgeht.

failed = Entschuldigung, bei mir ist etwas schiefgegangen. Wer mich betreibt, findet den Grund in meinem Protokoll unter { $id }.
missing-permission = Mir fehlt hier die Berechtigung „{ $permission }“, um das richtig zu zeigen.
permission-embed = Links einbetten
