# The bot's own words in German (du).

# Commands. Names have 1 to 32 lower-case letters, descriptions 1 to 100 characters.

command-ask = frage
    .description = Stell eine Frage und bekomm eine wörtlich zitierte Antwort aus den Artikeln
    .question = frage
    .question-description = Deine Frage
    .article = artikel
    .article-description = Nur in diesem Artikel suchen (leer lassen für alle)
    .private = privat
    .private-description = Nur du siehst die Antwort
command-search = suche
    .description = Finde Textstellen mit bestimmten Wörtern
    .keywords = wörter
    .keywords-description = Suchwörter; "in Anführungszeichen" als genaue Wortfolge, -wort zum Ausschließen
    .article = artikel
    .article-description = Nur in diesem Artikel suchen (leer lassen für alle)
command-summary = zusammenfassung
    .description = Fass einen Artikel in seinen eigenen Sätzen zusammen
    .article = artikel
    .article-description = Welcher Artikel (leer lassen für alle)
    .length = länge
    .length-description = Länge der Zusammenfassung
    .length-short = Kurz: etwa 3 Sätze
    .length-medium = Mittel: etwa 6 Sätze
    .length-long = Lang: etwa 12 Sätze oder ein Fünftel eines langen Artikels
    .focus = thema
    .focus-description = Nur Sätze zu diesem Thema
    .private = privat
    .private-description = Nur du siehst die Zusammenfassung
command-articles = artikelliste
    .description = Alle Artikel auflisten
command-article = artikel
    .description = Sieh nach, worum es in einem Artikel geht, und lies ihn
    .name = name
    .name-description = Titel des Artikels
command-help = hilfe
    .description = So stellst du mir Fragen, mit einem Beispiel
command-about = über
    .description = Über diesen Bot: Version, Artikel und Laufzeit
command-reload = neu-laden
    .description = Die Artikel neu laden (nur für den Betreiber des Bots)
command-find = In Artikeln suchen
command-knowledge = wissen
    .description = Artikel dieses Servers (für Leute, die ihn verwalten)
    .add = hinzufügen
    .add-description = Dateien oder eine Seite hinzufügen, die ich auf diesem Server zitieren kann
    .write = schreiben
    .write-description = Schreib einen Artikel, den ich auf diesem Server zitieren kann
    .write-title = titel
    .write-title-description = Der Titel: am besten eine Frage, wie Mitglieder sie stellen
    .forum = forum
    .forum-description = Die Antworten in einem Forum dieses Servers zitieren
    .forum-channel = kanal
    .forum-channel-description = Das Forum
    .forum-role = rolle
    .forum-role-description = Wessen Antworten zählen, neben angehefteten (leer: nur angeheftete und gelöste)
    .list = liste
    .list-description = Sieh, bearbeite und entferne die Artikel dieses Servers
    .try = probieren
    .try-description = Frag, wie Mitglieder fragen würden, und sieh, warum die Antwort so ist
    .try-question = frage
    .try-question-description = Was gefragt wird
    .try-role = rolle
    .try-role-description = Als Mitglied mit dieser Rolle (leer: ohne Rollen)
    .try-channel = kanal
    .try-channel-description = Als wäre in diesem Kanal gefragt (leer: in diesem hier)
command-teach = Zu Artikeln hinzufügen
command-insights = einblicke
    .description = Fragen, die ich nicht beantworten konnte (für Leute, die den Server verwalten)
command-settings = einstellungen
    .description = Wie ich auf diesem Server arbeite (für alle, die ihn verwalten)

# Answers.

certainty-very-likely = Sehr wahrscheinlich
certainty-likely = Wahrscheinlich
certainty-possibly = Möglicherweise
corrected = „{ $typed }“ als „{ $read }“ gelesen
or-this = Oder das:
also-in = Auch in { $titles }
other-language = Der Artikel ist auf { $language }
place-paragraphs = { $path }, { $count ->
    [one] Absatz { $numbers }
   *[other] Absätze { $numbers }
}
place-rows = { $path }, { $count ->
    [one] Zeile { $numbers }
   *[other] Zeilen { $numbers }
}
on-pages = { $count ->
    [one] Seite { $numbers }
   *[other] Seiten { $numbers }
}
place-pages = { $path }, { on-pages }
did-you-mean = Ich bin mir nicht sicher. Meintest du etwas davon?
no-answer = { $articles ->
    [one] Ich habe einen Artikel durchsucht, aber keine Antwort gefunden.
   *[other] Ich habe { $articles } Artikel durchsucht, aber keine Antwort gefunden.
}
no-answer-in-article = Ich habe „{ $title }“ durchsucht, aber keine Antwort gefunden.
no-articles = Es gibt noch keine Artikel.
purpose = Stell mir eine Frage zu den Artikeln. /{ command-help } zeigt dir, wie.
rephrase = Versuch es mit anderen Worten oder nenn die Person oder Sache, die du meinst.
nearest-passages = Ähnlichste Textstellen
show-passage = Ganze Textstelle anzeigen
no-other-passages = Dazu gibt es keine weiteren Textstellen.

# Buttons and feedback.

sections = Abschnitte:
read-on = Weiterlesen
other-passages = Andere Textstellen
share = Im Kanal teilen
shared-by = Geteilt von
follow-up = Weiterfragen
reply-withheld = Diese Antwort kann ich nicht lesen: Antworten auf Befehle schickt Discord mir nicht weiter. Klicke auf „{ follow-up }“ oder erwähne mich in deiner Nachricht.
helpful = 👍 Hilfreich
not-helpful = 👎 Nicht hilfreich
delete = Löschen
summary = Zusammenfassung
longer = Länger
shorter = Kürzer
ask-about-this = Dazu fragen
read-in-article = Im Artikel lesen
page-previous = Zurück
page-next = Weiter
page-number = Seite { $page } von { $pages }
feedback-helpful = Danke für dein Feedback!
feedback-not-helpful = Danke für dein Feedback! Versuch es mit anderen Worten oder finde mit /{ command-search } alle Textstellen mit einem Wort.

# Asking the helpers.

helpers = Vielleicht weiß man es hier:
ask-helpers = Helfer fragen
helpers-asked = Ich habe die Frage an die Helfer weitergegeben:
helpers-question = Auf diese Frage habe ich keine Antwort gefunden. Gefragt hat
helpers-refused = Ich darf im Kanal der Helfer nicht schreiben. Bitte frag dort selbst:
go-to-question = Zur Frage

# Articles.

search-no-results = Keine Textstelle enthält diese Wörter.
articles-title = Artikel
articles-count = { $articles ->
    [one] Ein Artikel mit { $passages ->
        [one] einer Textstelle
       *[other] { $passages } Textstellen
    }. Frag mich dazu!
   *[other] { $articles } Artikel mit { $passages } Textstellen. Frag mich dazu!
}
open-article = Artikel öffnen
no-such-article = Es gibt keinen Artikel namens „{ $name }“. Meintest du einen von diesen?
no-article-called = Es gibt keinen Artikel namens „{ $name }“. /{ command-articles } listet alle auf.
more-headings = und { $more } weitere
article-does-not-say = In „{ $title }“ steht das nicht.
article-length = { $words ->
    [one] { $words } Wort
   *[other] { $words } Wörter
} · { $minutes } Min. Lesezeit
read = Lesen
download = Text herunterladen
original = Original
file = Hier ist der Text von „{ $title }“.
file-too-large = „{ $title }“ ist zu groß für Discord. Mit „{ read }“ kannst du den Text seitenweise lesen.

# Summaries.

summary-verbatim = Wörtlich zitierte Sätze.
summary-complete = Kurzer Artikel: Das ist der ganze Text.
summary-off-topic = In „{ $title }“ steht nichts zu diesem Thema.
summary-impossible = „{ $title }“ lässt sich nicht zusammenfassen. Mit /{ command-article } kannst du den Artikel lesen.
digest-off-topic = { $articles ->
    [one] In dem Artikel steht nichts zu diesem Thema.
   *[other] In keinem der { $articles } Artikel steht etwas zu diesem Thema.
}
overview-title = Ein Satz aus jedem Artikel
key-phrases = Themen: { $phrases }
ask-about-article = Frag mit /{ command-ask } etwas zu „{ $title }“ oder wähl unten eine Frage aus.
pick-question = Frage oder Thema auswählen

# Help and about.

help-title = Frag mich etwas zu den Artikeln
help = { $articles ->
    [one] Ich kenne einen Artikel und antworte mit wörtlichen Zitaten daraus. Erwähne mich mit einer Frage, klicke unter einer Antwort auf „{ follow-up }“ oder schick mir eine Direktnachricht.
   *[other] Ich kenne { $articles } Artikel und antworte mit wörtlichen Zitaten daraus. Erwähne mich mit einer Frage, klicke unter einer Antwort auf „{ follow-up }“ oder schick mir eine Direktnachricht.
}
help-example = Zum Beispiel:
help-message-command = Um nach dem Text einer Nachricht zu suchen, klick sie mit rechts an (am Handy: gedrückt halten) und wähl Apps › { command-find }.
example-question = Was ist über { $topic } bekannt?
about = Ich beantworte Fragen mit wörtlichen Zitaten aus Artikeln. Ich erfinde nichts und gebe deine Fragen an keinen anderen Dienst weiter.
about-version = Version
about-articles = Artikel
about-passages = Textstellen
about-uptime = Laufzeit
about-latency = Latenz
about-source-code = Quellcode
uptime-minutes = { $large } min { $small } s
uptime-hours = { $large } h { $small } min
uptime-days = { $large } T. { $small } h

# Reloading.

reload-done = Artikel neu geladen.
reload-unchanged = Artikel neu geladen. Es hat sich nichts geändert.
reload-failed = Die Artikel konnten nicht neu geladen werden. Die bisherigen bleiben in Gebrauch.
reload-added = Neu
reload-changed = Geändert
reload-removed = Entfernt
reload-rejected = Nicht verwendbar

# Refusals and errors.

refused-too-long = Die Frage ist zu lang. Erlaubt sind höchstens 1.000 Zeichen.
refused-article-changed = Der Artikel hat sich inzwischen geändert. Bitte frag noch einmal.
refused-question-gone = Ich sehe die Frage nicht mehr. Bitte stell sie noch einmal.
refused-no-text = Diese Nachricht enthält keinen Text, nach dem ich suchen kann.
refused-unknown-component = Dieser Button stammt aus einer anderen Version von mir. Bitte frag noch einmal.
refused-unknown-command = Diesen Befehl kenne ich nicht. Es kann einen Moment dauern, bis Discord meine aktuellen Befehle anzeigt.
refused-not-operator = Diesen Befehl darf nur der Betreiber des Bots benutzen.
refused-not-asker = Das können nur die fragende Person und Moderatoren löschen.
rate-limited = Du fragst zu schnell. Versuch es in { $seconds } s noch einmal.
failed = Da ist etwas schiefgelaufen. Gib dem Betreiber des Bots diesen Code: { $id }
missing-permission = Mir fehlt in diesem Kanal die Berechtigung „{ $permission }“, um das richtig anzuzeigen.
permission-embed = Links einbetten
permission-embed-or-attach = Links einbetten“ oder „Dateien anhängen

# The languages of articles.

language-ar = Arabisch
language-be = Belarussisch
language-bg = Bulgarisch
language-bn = Bengalisch
language-ca = Katalanisch
language-cs = Tschechisch
language-da = Dänisch
language-de = Deutsch
language-el = Griechisch
language-en = Englisch
language-eo = Esperanto
language-es = Spanisch
language-et = Estnisch
language-fa = Persisch
language-fi = Finnisch
language-fr = Französisch
language-he = Hebräisch
language-hi = Hindi
language-hr = Kroatisch
language-hu = Ungarisch
language-hy = Armenisch
language-id = Indonesisch
language-it = Italienisch
language-ja = Japanisch
language-ka = Georgisch
language-ko = Koreanisch
language-lt = Litauisch
language-lv = Lettisch
language-nb = Norwegisch
language-ne = Nepalesisch
language-nl = Niederländisch
language-pl = Polnisch
language-pt = Portugiesisch
language-ro = Rumänisch
language-ru = Russisch
language-sk = Slowakisch
language-sl = Slowenisch
language-sr = Serbisch
language-sv = Schwedisch
language-ta = Tamil
language-th = Thailändisch
language-tr = Türkisch
language-uk = Ukrainisch
language-vi = Vietnamesisch
language-zh = Chinesisch

# Ungefragte Antworten und Forenbeiträge.

solved = ✅ Gelöst
wrong = 👎 Falsch
solved-tagged = Freut mich! Ich habe den Beitrag als gelöst markiert.
solved-not-permitted = Freut mich! Um Beiträge als gelöst zu markieren, brauche ich in diesem Forum die Berechtigung „{ $permission }“.
solved-failed = Freut mich! Ich konnte den Beitrag nicht als gelöst markieren. Bitte setz den Tag selbst.
permission-manage-threads = Threads verwalten
refused-not-author = Nur wer den Beitrag verfasst hat und Moderatoren können ihn als gelöst markieren.

# Artikel eines Servers, die seine Leute auf Discord schreiben.

permission-manage-server = Server verwalten
write-article = Einen Artikel schreiben
edit-article = Den Artikel bearbeiten
article-title = Titel
article-title-hint = Am besten eine Frage, wie Mitglieder sie stellen
article-text = Text
article-text-hint = Mitglieder sehen ihn Wort für Wort. Markdown funktioniert.
add-articles = Artikel hinzufügen
add-files = Dateien
add-files-hint = Bis zu fünf: Texte, Seiten, PDFs, Office-Dateien oder eine .zip davon
add-address = Adresse einer Seite
add-address-hint = Statt Dateien: https://… Sitemap, Feed oder Git-Repository sehe ich jeden Tag wieder an
draft-title = Zu den Artikeln dieses Servers hinzufügen?
draft-nothing = Nichts davon kann ein Artikel sein.
draft-passages = Stellen: { $passages }
draft-replaces = Ersetzt den Artikel, der vor { $age } hinzugefügt wurde. Neue Stellen: { $new }, weggefallen: { $gone }
draft-dropped = Ausgelassene Teile, etwa Navigation: { $parts }
draft-more = Und { $more } weitere
draft-left-out = Nicht hinzugefügt:
draft-add = Hinzufügen
draft-replace = Ersetzen
cancel = Abbrechen
draft-added = Hinzugefügt. Ich zitiere es jetzt auf diesem Server.
draft-discarded = Nichts wurde hinzugefügt.
draft-changed = Die Artikel dieses Servers haben sich inzwischen geändert. Bitte sieh noch einmal hin.
file-too-large = größer als { $limit } MB, mehr behalte ich nicht
file-format = kein Format, das ich lese
file-damaged = beschädigt oder mit einem Passwort geschützt
file-too-much = das Archiv enthält zu viel
file-gone = Discord hat die Datei nicht mehr. Lad sie noch einmal hoch
file-unreachable = lässt sich gerade nicht herunterladen. Versuch es in einer Minute noch einmal
file-address = keine Adresse, die ich lesen kann. Es muss eine öffentliche Seite sein, die mit https:// beginnt
refused-files-or-address = Lad Dateien hoch oder gib eine Adresse ein: eins von beiden.
refused-draft-gone = Das wurde schon hinzugefügt oder abgebrochen, oder es ist mehr als eine Stunde alt. Bitte fang noch einmal an.
article-sample = Auf „{ $title }“ würde ich antworten:
article-no-sample = Auf „{ $title }“ habe ich keine sichere Antwort. Es hilft, wenn der Text die Wörter der Frage enthält.
own-articles = Artikel dieses Servers
no-own-articles = Dieser Server hat noch keine eigenen Artikel. /{ command-knowledge } { command-knowledge.write } fügt einen hinzu.
own-articles-count = { $articles } von höchstens { $limit } Artikeln.
edit = Bearbeiten
remove = Entfernen
undo = Rückgängig
article-removed = Entfernt. Ich zitiere ihn nicht mehr. Zehn Minuten lang kannst du das rückgängig machen.
article-restored = Er ist wieder da.
teaching-too-many = Dieser Server hat { $limit } Artikel, mehr behalte ich nicht. Entfern zuerst einen.
teaching-too-large = Der Artikel ist größer als { $limit } MB, mehr behalte ich nicht.
teaching-server-full = Die Artikel dieses Servers wären zusammen größer als { $limit } MB, mehr behalte ich nicht. Entfern zuerst einen.
teaching-unavailable = Ich komme gerade nicht an das heran, was ich aufbewahre. Es hat sich nichts geändert, und Fragen beantworte ich weiter. Wer den Bot betreibt, findet den Grund im Log.
teaching-disk-full = Die Festplatte, auf der ich die Artikel aufbewahre, ist voll. Es hat sich nichts geändert, und Fragen beantworte ich weiter. Wer den Bot betreibt, muss dort Platz schaffen.
refused-not-manager = Nur wer die Berechtigung „{ permission-manage-server }“ hat, kann die Artikel und Einstellungen eines Servers sehen und ändern, und nur auf diesem Server.
refused-nothing-entered = Der Artikel braucht einen Titel mit höchstens 100 Zeichen und einen Text mit höchstens 4.000.
refused-own-article-gone = Diesen Artikel gibt es nicht mehr, oder er hat sich geändert. Öffne die Liste neu.
refused-too-late-to-undo = Dafür ist es zu spät.
gate = Wer ihn sehen darf
gate-roles = Rollen
gate-roles-hint = Mitglieder mit einer davon. Leer: jede Rolle.
gate-channels = Kanäle und Foren
gate-channels-hint = Wo er zitiert wird, auch in Threads. Leer: überall.
gate-open = Alle auf diesem Server dürfen ihn sehen.
tried = So sehen es Mitglieder
tried-role = Rolle
tried-no-role = keine Rolle
tried-channel = Kanal
tried-why = Warum
tried-words-alike = Ähnliche Wörter
teaching-too-many-gates = Dieser Server hat { $limit } verschiedene Antworten darauf, wer einen Artikel sehen darf, mehr behalte ich nicht. Wähl eine davon.
sources = Quellen, die ich von selbst wieder ansehe:
source = Eine Quelle dieses Servers
open-source = Quelle öffnen
source-kind-page = Seite
source-kind-sitemap = Sitemap
source-kind-feed = Feed
source-kind-repository = Git-Repository
source-kind-forum = Forum
source-daily = Ich sehe sie jeden Tag wieder an: Was sich dort ändert, zitiere ich dann so.
source-forum-note = Alle sehen dieses Forum, darum zitiere ich die Antworten allen. Wenn du es verbirgst, richte ich mich danach. „Wer ihn sehen darf“ in der Liste der Artikel geht vor. Namen behalte ich nicht.
source-forum-private = Nicht alle sehen dieses Forum, darum zitiere ich die Antworten nur denen, die es sehen. Wenn sich seine Berechtigungen ändern, richte ich mich danach. „Wer ihn sehen darf“ in der Liste der Artikel geht vor. Namen behalte ich nicht.
source-forum-follows = Wie im Forum: Das richtet sich nach dessen Berechtigungen.
source-forum-chosen = Hier gewählt, unabhängig von den Berechtigungen des Forums. Lass beide Felder leer, damit diese gelten; wähle @everyone, damit alle die Antworten sehen.
source-later = Noch nicht gelesen: { $pages }. Ich lese sie, sobald du die Quelle hinzufügst.
source-partly = Bisher gelesen: { $pages } von { $all } Seiten. Ich lese höchstens eine pro Sekunde und zitiere die übrigen, sobald ich alle habe.
source-added-partly = Noch zu lesen: { $pages }. Das dauert etwa { $time }; die Karte der Quelle zeigt, wie weit ich bin.
source-pages = Seiten: { $pages }
source-pages-of = Seiten: { $pages } von { $all }
source-changes = Beim letzten Mal: { $taken } neu oder geändert, { $unchanged } unverändert, { $skipped } übersprungen, { $gone } weg.
source-looked = Angesehen vor { $age }, wieder in { $next }.
source-never = Ich habe sie noch nicht angesehen.
source-syncing = Ich sehe sie gerade an. Öffne sie in einer Weile wieder.
source-failed = Beim letzten Mal konnte ich sie nicht lesen: { $reason }
source-skipped = Übersprungen:
source-sync = Jetzt ansehen
too-many-sources = Dieser Server hat { $limit } Quellen, mehr behalte ich nicht. Entfern zuerst eine.
source-is-there = Das ist schon eine Quelle dieses Servers: Sie steht in der Liste der Artikel.
forum-no-content = Um ein Forum zu lesen, brauche ich den Message Content Intent. Der Betreiber des Bots schaltet ihn zusammen mit AUTO_ANSWER_CHANNELS ein.
forum-hidden = Dieses Forum kann ich nicht lesen. Ich brauche die Rechte, es zu sehen und den Nachrichtenverlauf zu lesen.

# Fragen ohne Antwort.

questions = Fragen ohne Antwort
no-questions = Hier ist nichts: Ich habe jede Frage beantwortet, oder es gab noch keine.
questions-asked = Fragen in den letzten { $days } Tagen: { $count }
questions-answered = Beantwortet: { $count }
questions-unanswered = Ohne Antwort: { $count }
questions-picture = Säulendiagramm der Fragen nach Tagen, { $first } bis { $last }: { $asked } gestellt, { $answered } davon beantwortet. Die meisten an einem Tag: { $most }.
question-details = { $count }× gefragt, zuletzt am { $date }
open-question = Frage öffnen
question-wordings = Auch so gefragt:
question-nearest = Nächste Stelle:
question-answered-now = Darauf antworte ich jetzt mit:
write-answer = Antwort schreiben
not-for-us = Keine Frage für uns
question-dismissed = Ausgeblendet. Ich zähle diese Frage nicht mehr.
question-reopened = Sie steht wieder in der Liste.
misleading = Irreführende Stellen
no-misleading = Niemand hat eine Antwort als nicht hilfreich bewertet.
most-quoted = Am meisten zitiert
not-quoted = Nicht zitiert
quotes-summary = In den letzten { $days } Tagen zitierte Artikel: { $quoted } von { $articles }
quotes-since = Gezählt seit dem { $date }.
no-quotes = In dieser Zeit habe ich keinen Artikel zitiert.
all-quoted = In dieser Zeit habe ich jeden Artikel zitiert.
no-quotes-counted = Es wurden noch keine Antworten gezählt.
article-shared = von allen Servern geteilt
answer-chosen-here = Vom Team dieses Servers gewählt
choose-answer = Immer antworten mit …
answer-chosen = Diese Frage beantworte ich mit:
answer-unchosen = Ich suche die Antwort auf diese Frage wieder selbst.
unchoose-answer = Nicht damit antworten
chosen-answers = Gewählte Antworten
no-chosen-answers = Noch hat niemand eine Antwort gewählt. Öffne eine Frage ohne Antwort oder drück unter einer Antwort auf „{ other-passages }“.
chosen-answer-gone = Die gewählte Stelle hat sich geändert oder ist weg: Ich suche die Antwort selbst.
too-many-chosen = Dieser Server hat { $limit } Antworten gewählt, mehr behalte ich nicht. Gib zuerst eine davon auf.
export = Exportieren
questions-file = Hier sind die Fragen als Datei.
refused-unanswered-gone = Diese Frage steht nicht mehr in der Liste. Öffne die Liste neu.

# Einstellungen eines Servers.

settings-title = Einstellungen dieses Servers
settings-hint = Jede Wahl wird sofort gespeichert. Was nicht gewählt ist, folgt dem Betreiber des Bots.
setting-none = keine
setting-not-chosen = hier nicht gewählt
setting-private = Antworten auf Befehle
setting-private-yes = nur wer gefragt hat, sieht sie
setting-private-no = alle sehen sie
setting-shared = Artikel, die alle Server teilen
setting-shared-yes = ich zitiere sie
setting-shared-no = ich zitiere sie nicht
setting-threads = Antworten in eigenen Threads
setting-threads-yes = ja
setting-threads-no = nein
setting-unasked = Ich antworte ungefragt in
setting-unasked-off = Ich bekomme keine Nachrichten, die nicht an mich gerichtet sind. Der Betreiber des Bots kann das mit AUTO_ANSWER_CHANNELS ändern
setting-sure = Wie sicher ich dafür sein muss
setting-sure-from = { $percent } % oder mehr
setting-language = Sprache
setting-language-automatic = die des Servers auf Discord
setting-helpers = Kanal der Helfer
setting-digest = Wöchentliche Übersicht
setting-digest-refused = dort konnte ich nicht schreiben. Wähl den Kanal neu
weekly-most-asked = Am meisten ohne Antwort gefragt
setting-kept = Fragen ohne Antwort, die ich aufbewahre
setting-kept-all = alle, auch private
setting-kept-public = die alle sehen konnten
setting-kept-none = keine
setting-days = Aufbewahrt für
setting-several = Fragen ohne Antwort, die ich zeige
setting-several-yes = die zwei Personen an einem Tag gestellt haben
setting-several-no = alle
set-several-yes = Nur zeigen, was zwei Personen fragten
set-several-no = Alle Fragen zeigen
questions-of-one = Fragen, die ich nicht zeige, weil sie keine zwei Personen an einem Tag gestellt haben: { $count }
set-private-yes = Privat antworten
set-private-no = Für alle antworten
set-shared-yes = Geteilte Artikel zitieren
set-shared-no = Geteilte Artikel nicht zitieren
set-threads-yes = In Threads antworten
set-threads-no = Ohne Threads antworten
pick-unasked = Kanäle, in denen ich ungefragt antworte
settings-answers = Wie ich antworte
settings-questions = Helfer und Fragen
settings-reset = Dem Betreiber folgen
setting-days-count = { $days ->
    [one] einen Tag
   *[other] { $days } Tage
}
