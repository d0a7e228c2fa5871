# The bot's own words in Polish. Not yet reviewed by a native reader.

# Commands. Names have 1 to 32 lower-case letters, descriptions 1 to 100 characters.

command-ask = zapytaj
    .description = Zadaj pytanie i otrzymaj odpowiedź zacytowaną z artykułów
    .question = pytanie
    .question-description = Twoje pytanie
    .article = artykuł
    .article-description = Szukaj tylko w tym artykule (puste: we wszystkich)
    .private = prywatnie
    .private-description = Tylko ty zobaczysz odpowiedź
command-search = szukaj
    .description = Znajdź fragmenty zawierające określone słowa
    .keywords = słowa
    .keywords-description = Szukane słowa; "cudzysłów" dla dokładnej frazy, -słowo, aby wykluczyć
    .article = artykuł
    .article-description = Szukaj tylko w tym artykule (puste: we wszystkich)
command-summary = streszczenie
    .description = Streść artykuł jego własnymi zdaniami
    .article = artykuł
    .article-description = Który artykuł (puste: wszystkie)
    .length = długość
    .length-description = Długość streszczenia
    .length-short = Krótkie: około 3 zdań
    .length-medium = Średnie: około 6 zdań
    .length-long = Długie: około 12 zdań lub jedna piąta długiego artykułu
    .focus = temat
    .focus-description = Tylko zdania na ten temat
    .private = prywatnie
    .private-description = Tylko ty zobaczysz streszczenie
command-articles = artykuły
    .description = Wyświetl wszystkie artykuły
command-article = artykuł
    .description = Zobacz, o czym jest artykuł, i przeczytaj go
    .name = nazwa
    .name-description = Tytuł artykułu
command-help = pomoc
    .description = Jak zadawać mi pytania, z przykładem
command-about = informacje
    .description = O tym bocie: wersja, artykuły i czas działania
command-reload = przeładuj
    .description = Wczytaj artykuły ponownie (tylko operator bota)
command-find = Szukaj w artykułach
command-knowledge = wiedza
    .description = Artykuły tego serwera (dla osób, które nim zarządzają)
    .add = dodaj
    .add-description = Dodaj pliki lub stronę, które mogę cytować na tym serwerze
    .write = napisz
    .write-description = Napisz artykuł, który mogę cytować na tym serwerze
    .write-title = tytuł
    .write-title-description = Tytuł: najlepiej pytanie, tak jak zadają je członkowie
    .forum = forum
    .forum-description = Cytuj odpowiedzi z forum tego serwera
    .forum-channel = kanał
    .forum-channel-description = Forum
    .forum-role = rola
    .forum-role-description = Czyje odpowiedzi się liczą, oprócz przypiętych (puste: tylko przypięte i rozwiązane)
    .list = lista
    .list-description = Zobacz, edytuj i usuwaj artykuły tego serwera
    .try = wypróbuj
    .try-description = Zapytaj jak członkowie i zobacz, dlaczego odpowiedź jest taka
    .try-question = pytanie
    .try-question-description = O co zapytać
    .try-role = rola
    .try-role-description = Jak członek z tą rolą (puste: bez ról)
    .try-channel = kanał
    .try-channel-description = Jakby zapytano na tym kanale (puste: na obecnym)
command-teach = Dodaj do artykułów
command-insights = braki
    .description = Pytania, na które nie umiałem odpowiedzieć (dla osób, które zarządzają serwerem)
command-settings = ustawienia
    .description = Jak pracuję na tym serwerze (dla osób, które nim zarządzają)

# Answers.

certainty-very-likely = Bardzo prawdopodobne
certainty-likely = Prawdopodobne
certainty-possibly = Możliwe
corrected = „{ $typed }” odczytano jako „{ $read }”
or-this = Albo:
also-in = Także w { $titles }
other-language = Język artykułu: { $language }
place-paragraphs = { $path }, { $count ->
    [one] akapit { $numbers }
   *[other] akapity { $numbers }
}
place-rows = { $path }, { $count ->
    [one] wiersz { $numbers }
   *[other] wiersze { $numbers }
}
on-pages = { $count ->
    [one] strona { $numbers }
   *[other] strony { $numbers }
}
place-pages = { $path }, { on-pages }
did-you-mean = Nie mam pewności. Czy chodzi o coś z tego?
no-answer = { $articles ->
    [one] Przeszukano jeden artykuł, ale nie znaleziono odpowiedzi.
    [few] Przeszukano { $articles } artykuły, ale nie znaleziono odpowiedzi.
   *[other] Przeszukano { $articles } artykułów, ale nie znaleziono odpowiedzi.
}
no-answer-in-article = Przeszukano „{ $title }”, ale nie znaleziono odpowiedzi.
no-articles = Nie ma jeszcze żadnych artykułów.
purpose = Zadaj mi pytanie o artykuły. /{ command-help } pokaże, jak to zrobić.
rephrase = Spróbuj innymi słowami albo podaj nazwę osoby lub rzeczy, o którą chodzi.
nearest-passages = Najbliższe fragmenty
show-passage = Pokaż cały fragment
no-other-passages = Nie ma innych fragmentów na ten temat.

# Buttons and feedback.

sections = Sekcje:
read-on = Czytaj dalej
other-passages = Inne fragmenty
share = Udostępnij na kanale
shared-by = Udostępnia
follow-up = Zapytaj dalej
reply-withheld = Nie mogę przeczytać tej wiadomości: Discord nie przekazuje mi odpowiedzi na wyniki poleceń. Kliknij „{ follow-up }” albo wspomnij o mnie w wiadomości.
helpful = 👍 Pomocne
not-helpful = 👎 Niepomocne
delete = Usuń
summary = Streszczenie
longer = Dłuższe
shorter = Krótsze
ask-about-this = Zapytaj o to
read-in-article = Czytaj w artykule
page-previous = Wstecz
page-next = Dalej
page-number = Strona { $page } z { $pages }
feedback-helpful = Dziękuję za opinię!
feedback-not-helpful = Dziękuję za opinię! Spróbuj innymi słowami albo znajdź wszystkie fragmenty z danym słowem przez /{ command-search }.

# Asking the helpers.

helpers = Więcej mogą wiedzieć:
ask-helpers = Zapytaj pomocników
helpers-asked = Pytanie przekazano pomocnikom:
helpers-question = Nie udało mi się znaleźć odpowiedzi na to pytanie. Pyta
helpers-refused = Nie mogę pisać na kanale pomocników. Zapytaj tam bezpośrednio:
go-to-question = Przejdź do pytania

# Articles.

search-no-results = Żaden fragment nie zawiera tych słów.
articles-title = Artykuły
articles-count = { $articles ->
    [one] Jeden artykuł, { $passages ->
        [one] jeden fragment
        [few] { $passages } fragmenty
       *[other] { $passages } fragmentów
    }. Zapytaj mnie o niego!
    [few] { $articles } artykuły, fragmenty: { $passages }. Zapytaj mnie o nie!
   *[other] { $articles } artykułów, fragmenty: { $passages }. Zapytaj mnie o nie!
}
open-article = Otwórz artykuł
no-such-article = Nie ma artykułu „{ $name }”. Czy chodzi o któryś z tych?
no-article-called = Nie ma artykułu „{ $name }”. /{ command-articles } pokazuje listę wszystkich.
more-headings = i jeszcze { $more }
article-does-not-say = „{ $title }” o tym nie mówi.
article-length = { $words ->
    [one] { $words } słowo
    [few] { $words } słowa
   *[other] { $words } słów
} · { $minutes } min czytania
read = Czytaj
download = Pobierz tekst
original = Oryginał
file = Oto tekst artykułu „{ $title }”.
file-too-large = „{ $title }” jest za duży dla Discorda. Kliknij „{ read }”, aby czytać strona po stronie.

# Summaries.

summary-verbatim = Zdania zacytowane słowo w słowo.
summary-complete = Krótki artykuł: to cały tekst.
summary-off-topic = „{ $title }” nie mówi nic na ten temat.
summary-impossible = Nie da się streścić „{ $title }”. Przeczytaj go przez /{ command-article }.
digest-off-topic = { $articles ->
    [one] Artykuł nie mówi nic na ten temat.
   *[other] Żaden z { $articles } artykułów nie mówi nic na ten temat.
}
overview-title = Po jednym zdaniu z każdego artykułu
key-phrases = Tematy: { $phrases }
ask-about-article = Zapytaj o „{ $title }” przez /{ command-ask } albo wybierz pytanie poniżej.
pick-question = Wybierz pytanie lub temat

# Help and about.

help-title = Zapytaj mnie o artykuły
help = { $articles ->
    [one] Znam jeden artykuł i odpowiadam dosłownymi cytatami. Wspomnij o mnie z pytaniem, kliknij „{ follow-up }” pod odpowiedzią albo wyślij mi wiadomość prywatną.
    [few] Znam { $articles } artykuły i odpowiadam dosłownymi cytatami. Wspomnij o mnie z pytaniem, kliknij „{ follow-up }” pod odpowiedzią albo wyślij mi wiadomość prywatną.
   *[other] Znam { $articles } artykułów i odpowiadam dosłownymi cytatami. Wspomnij o mnie z pytaniem, kliknij „{ follow-up }” pod odpowiedzią albo wyślij mi wiadomość prywatną.
}
help-example = Na przykład:
help-message-command = Aby wyszukać tekst wiadomości, kliknij ją prawym przyciskiem (na telefonie przytrzymaj) i wybierz Aplikacje › { command-find }.
example-question = Co wiadomo o: { $topic }?
about = Odpowiadam na pytania, cytując artykuły słowo w słowo. Niczego nie zmyślam i nie wysyłam twoich pytań do żadnej innej usługi.
about-version = Wersja
about-articles = Artykuły
about-passages = Fragmenty
about-uptime = Czas działania
about-latency = Opóźnienie
about-source-code = Kod źródłowy
uptime-minutes = { $large } min { $small } s
uptime-hours = { $large } godz. { $small } min
uptime-days = { $large } d { $small } godz.

# Reloading.

reload-done = Artykuły wczytane ponownie.
reload-unchanged = Artykuły wczytane ponownie. Nic się nie zmieniło.
reload-failed = Nie udało się wczytać artykułów. Poprzednie pozostają w użyciu.
reload-added = Dodane
reload-changed = Zmienione
reload-removed = Usunięte
reload-rejected = Nie nadają się do użycia

# Refusals and errors.

refused-too-long = To pytanie jest za długie. Użyj najwyżej 1000 znaków.
refused-article-changed = Artykuł się od tego czasu zmienił. Zapytaj jeszcze raz.
refused-question-gone = Nie widzę już pytania. Zapytaj jeszcze raz.
refused-no-text = W tej wiadomości nie ma tekstu, którego mogę szukać.
refused-unknown-component = Ten przycisk pochodzi z innej mojej wersji. Zapytaj jeszcze raz.
refused-unknown-command = Nie znam tego polecenia. Discord może potrzebować chwili, aby pokazać moje obecne polecenia.
refused-not-operator = Tego polecenia może użyć tylko operator bota.
refused-not-asker = Usunąć to mogą tylko osoba, która pytała, i moderatorzy.
rate-limited = Pytasz zbyt szybko. Spróbuj ponownie za { $seconds } s.
failed = Coś poszło nie tak. Podaj operatorowi bota ten kod: { $id }
missing-permission = Potrzebuję na tym kanale uprawnienia „{ $permission }”, aby pokazać to poprawnie.
permission-embed = Wyświetlanie podglądu linku
permission-embed-or-attach = Wyświetlanie podglądu linku” lub „Załączanie plików

# The languages of articles.

language-ar = arabski
language-be = białoruski
language-bg = bułgarski
language-bn = bengalski
language-ca = kataloński
language-cs = czeski
language-da = duński
language-de = niemiecki
language-el = grecki
language-en = angielski
language-eo = esperanto
language-es = hiszpański
language-et = estoński
language-fa = perski
language-fi = fiński
language-fr = francuski
language-he = hebrajski
language-hi = hindi
language-hr = chorwacki
language-hu = węgierski
language-hy = ormiański
language-id = indonezyjski
language-it = włoski
language-ja = japoński
language-ka = gruziński
language-ko = koreański
language-lt = litewski
language-lv = łotewski
language-nb = norweski
language-ne = nepalski
language-nl = niderlandzki
language-pl = polski
language-pt = portugalski
language-ro = rumuński
language-ru = rosyjski
language-sk = słowacki
language-sl = słoweński
language-sr = serbski
language-sv = szwedzki
language-ta = tamilski
language-th = tajski
language-tr = turecki
language-uk = ukraiński
language-vi = wietnamski
language-zh = chiński

# Odpowiedzi, o które nikt nie prosił, i posty na forach.

solved = ✅ Rozwiązane
wrong = 👎 Błędna
solved-tagged = Cieszę się! Ten post jest oznaczony jako rozwiązany.
solved-not-permitted = Cieszę się! Aby oznaczać posty jako rozwiązane, potrzebuję na tym forum uprawnienia „{ $permission }”.
solved-failed = Cieszę się! Nie udało mi się oznaczyć tego posta jako rozwiązanego. Dodaj proszę tag samodzielnie.
permission-manage-threads = Zarządzanie wątkami
refused-not-author = Tylko autor posta i moderatorzy mogą oznaczyć go jako rozwiązany.

# Artykuły serwera, które jego ludzie piszą na Discordzie.

permission-manage-server = Zarządzanie serwerem
write-article = Napisz artykuł
edit-article = Edytuj artykuł
article-title = Tytuł
article-title-hint = Najlepiej pytanie, tak jak zadają je członkowie
article-text = Tekst
article-text-hint = Członkowie widzą go słowo w słowo. Markdown działa.
add-articles = Dodaj artykuły
add-files = Pliki
add-files-hint = Do pięciu: teksty, strony, PDF-y, dokumenty lub ich .zip
add-address = Adres strony
add-address-hint = Zamiast plików: https://… Do mapy witryny, kanału RSS i repozytorium Git zaglądam codziennie
draft-title = Dodać do artykułów tego serwera?
draft-nothing = Nic z tego nie może być artykułem.
draft-passages = Fragmenty: { $passages }
draft-replaces = Zastępuje artykuł dodany { $age } temu. Nowe fragmenty: { $new }, usunięte: { $gone }
draft-dropped = Pominięte części, np. nawigacja: { $parts }
draft-more = I jeszcze { $more }
draft-left-out = Nie dodano:
draft-add = Dodaj
draft-replace = Zastąp
cancel = Anuluj
draft-added = Dodano. Od teraz cytuję to na tym serwerze.
draft-discarded = Nic nie dodano.
draft-changed = Artykuły tego serwera zmieniły się w międzyczasie. Spójrz jeszcze raz.
file-too-large = większy niż { $limit } MB, a więcej nie przechowuję
file-format = to nie jest format, który czytam
file-damaged = uszkodzony lub chroniony hasłem
file-too-much = archiwum zawiera za dużo
file-gone = Discord nie ma już tego pliku. Prześlij go ponownie
file-unreachable = nie można go teraz pobrać. Spróbuj ponownie za minutę
file-address = to nie jest adres, który mogę przeczytać. Musi to być publiczna strona zaczynająca się od https://
refused-files-or-address = Prześlij pliki albo podaj adres: jedno z dwojga.
refused-draft-gone = To już dodano lub anulowano albo minęła ponad godzina. Zacznij od nowa.
article-sample = Na „{ $title }” odpowiem:
article-no-sample = Na „{ $title }” nie mam pewnej odpowiedzi. Pomaga, gdy tekst zawiera słowa pytania.
own-articles = Artykuły tego serwera
no-own-articles = Ten serwer nie ma jeszcze własnych artykułów. /{ command-knowledge } { command-knowledge.write } dodaje artykuł.
own-articles-count = Artykuły: { $articles } z najwyżej { $limit }.
edit = Edytuj
remove = Usuń
undo = Cofnij
article-removed = Usunięto. Już go nie cytuję. Przez dziesięć minut możesz to cofnąć.
article-restored = Artykuł wrócił.
teaching-too-many = Ten serwer ma { $limit } artykułów, więcej nie przechowuję. Najpierw usuń któryś.
teaching-too-large = Artykuł ma ponad { $limit } MB, więcej nie przechowuję.
teaching-server-full = Artykuły tego serwera miałyby ponad { $limit } MB, więcej nie przechowuję. Najpierw usuń któryś.
teaching-unavailable = Nie mam teraz dostępu do tego, co przechowuję, więc nic się nie zmieniło. Nadal odpowiadam na pytania. Operator bota znajdzie przyczynę w logu.
teaching-disk-full = Dysk, na którym przechowuję artykuły, jest pełny, więc nic się nie zmieniło. Nadal odpowiadam na pytania. Operator bota musi zwolnić na nim miejsce.
refused-not-manager = Tylko osoby z uprawnieniem „{ permission-manage-server }” mogą widzieć i zmieniać artykuły i ustawienia serwera, i tylko na tym serwerze.
refused-nothing-entered = Artykuł potrzebuje tytułu do 100 znaków i tekstu do 4000.
refused-own-article-gone = Tego artykułu już nie ma albo się zmienił. Otwórz listę ponownie.
refused-too-late-to-undo = Jest za późno, żeby to cofnąć.
gate = Kto może go zobaczyć
gate-roles = Role
gate-roles-hint = Członkowie z jedną z nich. Puste: każda rola.
gate-channels = Kanały i fora
gate-channels-hint = Gdzie jest cytowany, także w wątkach. Puste: wszędzie.
gate-open = Widzą go wszyscy na tym serwerze.
tried = Tak widzą to członkowie
tried-role = Rola
tried-no-role = brak roli
tried-channel = Kanał
tried-why = Dlaczego
tried-words-alike = Podobne słowa
teaching-too-many-gates = Ten serwer ma { $limit } różne odpowiedzi na to, kto może zobaczyć artykuł, a więcej nie przechowuję. Wybierz jedną z nich.
sources = Źródła, do których zaglądam ponownie:
source = Źródło tego serwera
open-source = Otwórz źródło
source-kind-page = Strona
source-kind-sitemap = Mapa witryny
source-kind-feed = Kanał RSS
source-kind-repository = Repozytorium Git
source-kind-forum = Forum
source-daily = Zaglądam tam codziennie: co się zmieni, cytuję już w nowej postaci.
source-forum-note = Wszyscy widzą to forum, dlatego cytuję odpowiedzi wszystkim. Jeśli je ukryjesz, dostosuję się. „Kto może go zobaczyć” na liście artykułów ma pierwszeństwo. Nie przechowuję imion.
source-forum-private = Nie wszyscy widzą to forum, dlatego cytuję odpowiedzi tylko tym, którzy je widzą. Jeśli zmienią się jego uprawnienia, dostosuję się. „Kto może go zobaczyć” na liście artykułów ma pierwszeństwo. Nie przechowuję imion.
source-forum-follows = Tak jak na forum: zależy od jego uprawnień.
source-forum-chosen = Wybrano tutaj, niezależnie od uprawnień forum. Aby obowiązywały uprawnienia forum, zostaw oba pola puste; aby cytować odpowiedzi wszystkim, wybierz @everyone.
source-later = Jeszcze nieprzeczytane: { $pages }. Przeczytam je, gdy tylko dodasz źródło.
source-partly = Przeczytane strony: { $pages } z { $all }. Czytam najwyżej jedną na sekundę, a pozostałe zacytuję, gdy będę mieć wszystkie.
source-added-partly = Do przeczytania: { $pages }. Potrwa to około { $time }; karta źródła pokazuje postęp.
source-pages = Strony: { $pages }
source-pages-of = Strony: { $pages } z { $all }
source-changes = Ostatnim razem: { $taken } nowych lub zmienionych, { $unchanged } bez zmian, { $skipped } pominiętych, { $gone } usuniętych.
source-looked = Sprawdzone { $age } temu, ponownie za { $next }.
source-never = Jeszcze tam nie zaglądałem.
source-syncing = Właśnie je czytam. Otwórz ponownie za chwilę.
source-failed = Ostatnim razem nie udało się go przeczytać: { $reason }
source-skipped = Pominięte:
source-sync = Sprawdź teraz
too-many-sources = Ten serwer ma { $limit } źródeł, więcej nie przechowuję. Najpierw usuń jedno.
source-is-there = To już jest źródło tego serwera: znajdziesz je na liście artykułów.
forum-no-content = Aby czytać forum, potrzebuję Message Content Intent. Operator bota włącza go razem z AUTO_ANSWER_CHANNELS.
forum-hidden = Nie mogę czytać tego forum. Potrzebuję uprawnień, aby je widzieć i czytać historię wiadomości.

# Pytania bez odpowiedzi.

questions = Pytania bez odpowiedzi
no-questions = Nic tu nie ma: odpowiedziałem na każde pytanie albo jeszcze żadnego nie było.
questions-asked = Pytania z ostatnich { $days } dni: { $count }
questions-answered = Z odpowiedzią: { $count }
questions-unanswered = Bez odpowiedzi: { $count }
questions-picture = Wykres słupkowy pytań według dni, od { $first } do { $last }: zadane: { $asked }, z odpowiedzią: { $answered }. Najwięcej jednego dnia: { $most }.
question-details = Zadane { $count }×, ostatnio { $date }
open-question = Otwórz pytanie
question-wordings = Pytano też tak:
question-nearest = Najbliższy fragment:
question-answered-now = Teraz odpowiadam tak:
write-answer = Napisz odpowiedź
not-for-us = Pytanie nie dla nas
question-dismissed = Ukryto. Nie liczę już tego pytania.
question-reopened = Pytanie wróciło na listę.
misleading = Mylące fragmenty
no-misleading = Nikt nie ocenił odpowiedzi jako niepomocnej.
most-quoted = Najczęściej cytowane
not-quoted = Niecytowane
quotes-summary = Artykuły cytowane w ciągu ostatnich { $days } dni: { $quoted } z { $articles }
quotes-since = Liczone od { $date }.
no-quotes = W tym czasie nie zacytowałem żadnego artykułu.
all-quoted = W tym czasie zacytowałem każdy artykuł.
no-quotes-counted = Nie policzono jeszcze żadnych odpowiedzi.
article-shared = wspólny dla wszystkich serwerów
answer-chosen-here = Wybrana przez zespół tego serwera
choose-answer = Zawsze odpowiadaj tym…
answer-chosen = Na to pytanie odpowiadam:
answer-unchosen = Znowu sam szukam odpowiedzi na to pytanie.
unchoose-answer = Nie odpowiadaj tym
chosen-answers = Wybrane odpowiedzi
no-chosen-answers = Nikt nie wybrał jeszcze odpowiedzi. Otwórz pytanie bez odpowiedzi albo naciśnij „{ other-passages }” pod odpowiedzią.
chosen-answer-gone = Wybrany fragment zmienił się lub zniknął: sam szukam odpowiedzi.
too-many-chosen = Ten serwer wybrał { $limit } odpowiedzi, więcej nie przechowuję. Najpierw zrezygnuj z którejś.
export = Eksportuj
questions-file = Oto pytania w pliku.
refused-unanswered-gone = Tego pytania nie ma już na liście. Otwórz listę ponownie.

# Ustawienia serwera.

settings-title = Ustawienia tego serwera
settings-hint = Każdy wybór jest zapisywany od razu. To, czego nie wybrano, zależy od operatora bota.
setting-none = brak
setting-not-chosen = tu nie wybrano
setting-private = Odpowiedzi na polecenia
setting-private-yes = widzi je tylko osoba, która pyta
setting-private-no = widzą je wszyscy
setting-shared = Artykuły wspólne dla wszystkich serwerów
setting-shared-yes = cytuję je
setting-shared-no = nie cytuję ich
setting-threads = Odpowiedzi we własnych wątkach
setting-threads-yes = tak
setting-threads-no = nie
setting-unasked = Odpowiadam bez pytania w
setting-unasked-off = Nie dostaję wiadomości, które nie są do mnie. Operator bota może to zmienić w AUTO_ANSWER_CHANNELS
setting-sure = Jak pewny muszę wtedy być
setting-sure-from = { $percent } % lub więcej
setting-language = Język
setting-language-automatic = język serwera na Discordzie
setting-helpers = Kanał pomocników
setting-digest = Cotygodniowe podsumowanie
setting-digest-refused = nie mogłem tam pisać. Wybierz kanał ponownie
weekly-most-asked = Najczęstsze pytanie bez odpowiedzi
setting-kept = Pytania bez odpowiedzi, które zachowuję
setting-kept-all = wszystkie, także prywatne
setting-kept-public = te, które wszyscy mogli widzieć
setting-kept-none = żadne
setting-days = Zachowane przez
setting-several = Pytania bez odpowiedzi, które pokazuję
setting-several-yes = te, które dwie osoby zadały jednego dnia
setting-several-no = wszystkie
set-several-yes = Pokazuj tylko pytania dwóch osób
set-several-no = Pokazuj wszystkie pytania
questions-of-one = Pytania, których nie pokazuję, bo nie zadały ich dwie osoby jednego dnia: { $count }
set-private-yes = Odpowiadaj prywatnie
set-private-no = Odpowiadaj wszystkim
set-shared-yes = Cytuj wspólne artykuły
set-shared-no = Nie cytuj wspólnych artykułów
set-threads-yes = Odpowiadaj w wątkach
set-threads-no = Odpowiadaj bez wątków
pick-unasked = Kanały, w których odpowiadam bez pytania
settings-answers = Jak odpowiadam
settings-questions = Pomocnicy i pytania
settings-reset = Jak u operatora
setting-days-count = { $days ->
    [one] { $days } dzień
   *[other] { $days } dni
}
