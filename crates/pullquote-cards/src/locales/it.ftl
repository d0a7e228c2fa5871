# The bot's own words in Italian (tu). Not yet reviewed by a native reader.

# Commands. Names have 1 to 32 lower-case letters, descriptions 1 to 100 characters.

command-ask = chiedi
    .description = Fai una domanda e ricevi una risposta citata dagli articoli
    .question = domanda
    .question-description = La tua domanda
    .article = articolo
    .article-description = Cerca solo in questo articolo (vuoto per tutti)
    .private = privato
    .private-description = Solo tu vedrai la risposta
command-search = cerca
    .description = Trova i passaggi che contengono certe parole
    .keywords = parole
    .keywords-description = Parole da cercare; "virgolette" per la frase esatta, -parola per escluderla
    .article = articolo
    .article-description = Cerca solo in questo articolo (vuoto per tutti)
command-summary = riassunto
    .description = Riassumi un articolo con le sue stesse frasi
    .article = articolo
    .article-description = Quale articolo (vuoto per tutti)
    .length = lunghezza
    .length-description = Lunghezza del riassunto
    .length-short = Breve: circa 3 frasi
    .length-medium = Medio: circa 6 frasi
    .length-long = Lungo: circa 12 frasi, o un quinto di un articolo lungo
    .focus = tema
    .focus-description = Solo frasi su questo tema
    .private = privato
    .private-description = Solo tu vedrai il riassunto
command-articles = articoli
    .description = Elenca tutti gli articoli
command-article = articolo
    .description = Scopri di cosa parla un articolo e leggilo
    .name = nome
    .name-description = Titolo dell'articolo
command-help = aiuto
    .description = Come farmi domande, con un esempio
command-about = informazioni
    .description = Informazioni su questo bot: versione, articoli e tempo di attività
command-reload = ricarica
    .description = Ricarica gli articoli (solo per chi gestisce il bot)
command-find = Cerca negli articoli
command-knowledge = conoscenza
    .description = Articoli di questo server (per chi lo gestisce)
    .add = aggiungi
    .add-description = Aggiungi file o una pagina che posso citare in questo server
    .write = scrivi
    .write-description = Scrivi un articolo che posso citare in questo server
    .write-title = titolo
    .write-title-description = Il titolo: meglio una domanda, come la fanno i membri
    .forum = forum
    .forum-description = Cita le risposte di un forum di questo server
    .forum-channel = canale
    .forum-channel-description = Il forum
    .forum-role = ruolo
    .forum-role-description = Le cui risposte contano, oltre a quelle fissate (vuoto: solo fissate e risolte)
    .list = elenco
    .list-description = Vedi, modifica e rimuovi gli articoli di questo server
    .try = prova
    .try-description = Chiedi come farebbero i membri e guarda perché la risposta è quella
    .try-question = domanda
    .try-question-description = Che cosa chiedere
    .try-role = ruolo
    .try-role-description = Come membro con questo ruolo (vuoto: senza ruoli)
    .try-channel = canale
    .try-channel-description = Come se chiesto in questo canale (vuoto: in questo)
command-teach = Aggiungi agli articoli
command-insights = lacune
    .description = Domande a cui non ho saputo rispondere (per chi gestisce il server)
command-settings = impostazioni
    .description = Come lavoro in questo server (per chi lo gestisce)

# Answers.

certainty-very-likely = Molto probabile
certainty-likely = Probabile
certainty-possibly = Possibile
corrected = Ho letto “{ $typed }” come “{ $read }”
or-this = Oppure:
also-in = Anche in { $titles }
other-language = L'articolo è in { $language }
place-paragraphs = { $path }, { $count ->
    [one] paragrafo { $numbers }
   *[other] paragrafi { $numbers }
}
place-rows = { $path }, { $count ->
    [one] riga { $numbers }
   *[other] righe { $numbers }
}
on-pages = { $count ->
    [one] pagina { $numbers }
   *[other] pagine { $numbers }
}
place-pages = { $path }, { on-pages }
did-you-mean = Non sono sicuro. Intendevi una di queste?
no-answer = { $articles ->
    [one] Ho cercato in un articolo ma non ho trovato una risposta.
   *[other] Ho cercato in { $articles } articoli ma non ho trovato una risposta.
}
no-answer-in-article = Ho cercato in “{ $title }” ma non ho trovato una risposta.
no-articles = Non ci sono ancora articoli.
purpose = Fammi una domanda sugli articoli. /{ command-help } ti mostra come.
rephrase = Prova con altre parole, o fai il nome della persona o della cosa che intendi.
nearest-passages = Passaggi più vicini
show-passage = Mostra il passaggio intero
no-other-passages = Non ci sono altri passaggi su questo.

# Buttons and feedback.

sections = Sezioni:
read-on = Continua a leggere
other-passages = Altri passaggi
share = Condividi nel canale
shared-by = Condiviso da
follow-up = Chiedi altro
reply-withheld = Non posso leggere questa risposta: Discord non mi invia le risposte ai risultati dei comandi. Premi “{ follow-up }” o menzionami nel messaggio.
helpful = 👍 Utile
not-helpful = 👎 Non utile
delete = Elimina
summary = Riassunto
longer = Più lungo
shorter = Più breve
ask-about-this = Chiedi su questo
read-in-article = Leggi nell'articolo
page-previous = Indietro
page-next = Avanti
page-number = Pagina { $page } di { $pages }
feedback-helpful = Grazie del feedback!
feedback-not-helpful = Grazie del feedback! Prova con altre parole, o usa /{ command-search } per trovare tutti i passaggi che contengono una parola.

# Asking the helpers.

helpers = Forse ne sanno di più:
ask-helpers = Chiedi allo staff
helpers-asked = Ho passato la domanda allo staff:
helpers-question = Non ho trovato una risposta a questa domanda. L'ha fatta
helpers-refused = Non posso scrivere nel canale dello staff. Chiedi direttamente lì:
go-to-question = Vai alla domanda

# Articles.

search-no-results = Nessun passaggio contiene queste parole.
articles-title = Articoli
articles-count = { $articles ->
    [one] Un articolo con { $passages ->
        [one] un passaggio
       *[other] { $passages } passaggi
    }. Chiedimi qualcosa!
   *[other] { $articles } articoli con { $passages } passaggi. Chiedimi qualcosa!
}
open-article = Apri un articolo
no-such-article = Non c'è nessun articolo chiamato “{ $name }”. Intendevi uno di questi?
no-article-called = Non c'è nessun articolo chiamato “{ $name }”. /{ command-articles } li elenca tutti.
more-headings = e altri { $more }
article-does-not-say = “{ $title }” non lo dice.
article-length = { $words ->
    [one] { $words } parola
   *[other] { $words } parole
} · { $minutes } min di lettura
read = Leggi
download = Scarica il testo
original = Originale
file = Ecco il testo di “{ $title }”.
file-too-large = “{ $title }” è troppo grande per Discord. Premi “{ read }” per leggerlo pagina per pagina.

# Summaries.

summary-verbatim = Frasi citate parola per parola.
summary-complete = Articolo breve: questo è il testo completo.
summary-off-topic = “{ $title }” non dice nulla su questo tema.
summary-impossible = “{ $title }” non si può riassumere. Usa /{ command-article } per leggerlo.
digest-off-topic = { $articles ->
    [one] L'articolo non dice nulla su questo tema.
   *[other] Nessuno dei { $articles } articoli dice qualcosa su questo tema.
}
overview-title = Una frase da ogni articolo
key-phrases = Temi: { $phrases }
ask-about-article = Usa /{ command-ask } per chiedere di “{ $title }”, o scegli una domanda qui sotto.
pick-question = Scegli una domanda o un tema

# Help and about.

help-title = Chiedimi degli articoli
help = { $articles ->
    [one] Conosco un articolo e rispondo citandolo parola per parola. Menzionami con una domanda, premi “{ follow-up }” sotto una risposta o mandami un messaggio diretto.
   *[other] Conosco { $articles } articoli e rispondo citandoli parola per parola. Menzionami con una domanda, premi “{ follow-up }” sotto una risposta o mandami un messaggio diretto.
}
help-example = Per esempio:
help-message-command = Per cercare il testo di un messaggio, fai clic destro (o tieni premuto sul cellulare) e scegli App › { command-find }.
example-question = Che cosa si sa di { $topic }?
about = Rispondo alle domande citando gli articoli parola per parola. Non invento nulla e non invio le tue domande ad altri servizi.
about-version = Versione
about-articles = Articoli
about-passages = Passaggi
about-uptime = Attivo da
about-latency = Latenza
about-source-code = Codice sorgente
uptime-minutes = { $large } min { $small } s
uptime-hours = { $large } h { $small } min
uptime-days = { $large } g { $small } h

# Reloading.

reload-done = Articoli ricaricati.
reload-unchanged = Articoli ricaricati. Non è cambiato nulla.
reload-failed = Non è stato possibile ricaricare gli articoli. Restano in uso quelli di prima.
reload-added = Aggiunti
reload-changed = Modificati
reload-removed = Rimossi
reload-rejected = Non utilizzabili

# Refusals and errors.

refused-too-long = La domanda è troppo lunga. Usa al massimo 1.000 caratteri.
refused-article-changed = Nel frattempo l'articolo è cambiato. Chiedi di nuovo.
refused-question-gone = Non vedo più la domanda. Chiedi di nuovo.
refused-no-text = Questo messaggio non contiene testo che io possa cercare.
refused-unknown-component = Questo pulsante è di un'altra mia versione. Chiedi di nuovo.
refused-unknown-command = Non conosco questo comando. Discord può metterci un momento a mostrare i miei comandi attuali.
refused-not-operator = Solo chi gestisce il bot può usare questo comando.
refused-not-asker = Solo chi ha fatto la domanda e i moderatori possono eliminarlo.
rate-limited = Stai chiedendo troppo in fretta. Riprova tra { $seconds } s.
failed = Qualcosa è andato storto. Dai questo codice a chi gestisce il bot: { $id }
missing-permission = Mi serve il permesso “{ $permission }” in questo canale per mostrarlo bene.
permission-embed = Incorporare link
permission-embed-or-attach = Incorporare link” o “Allegare file

# The languages of articles.

language-ar = arabo
language-be = bielorusso
language-bg = bulgaro
language-bn = bengalese
language-ca = catalano
language-cs = ceco
language-da = danese
language-de = tedesco
language-el = greco
language-en = inglese
language-eo = esperanto
language-es = spagnolo
language-et = estone
language-fa = persiano
language-fi = finlandese
language-fr = francese
language-he = ebraico
language-hi = hindi
language-hr = croato
language-hu = ungherese
language-hy = armeno
language-id = indonesiano
language-it = italiano
language-ja = giapponese
language-ka = georgiano
language-ko = coreano
language-lt = lituano
language-lv = lettone
language-nb = norvegese
language-ne = nepalese
language-nl = olandese
language-pl = polacco
language-pt = portoghese
language-ro = rumeno
language-ru = russo
language-sk = slovacco
language-sl = sloveno
language-sr = serbo
language-sv = svedese
language-ta = tamil
language-th = thailandese
language-tr = turco
language-uk = ucraino
language-vi = vietnamita
language-zh = cinese

# Risposte che nessuno ha chiesto e post dei forum.

solved = ✅ Risolto
wrong = 👎 Sbagliata
solved-tagged = Bene! Ho contrassegnato questo post come risolto.
solved-not-permitted = Bene! Per contrassegnare i post come risolti mi serve il permesso “{ $permission }” in questo forum.
solved-failed = Bene! Non sono riuscito a contrassegnare questo post come risolto: aggiungi tu il tag, per favore.
permission-manage-threads = Gestire thread
refused-not-author = Solo chi ha scritto il post e i moderatori possono contrassegnarlo come risolto.

# Articoli di un server, che la sua gente scrive su Discord.

permission-manage-server = Gestire server
write-article = Scrivi un articolo
edit-article = Modifica l'articolo
article-title = Titolo
article-title-hint = Meglio una domanda, come la fanno i membri
article-text = Testo
article-text-hint = I membri lo vedono parola per parola. Markdown funziona.
add-articles = Aggiungi articoli
add-files = File
add-files-hint = Fino a cinque: testi, pagine, PDF, documenti o uno .zip
add-address = Indirizzo di una pagina
add-address-hint = Al posto dei file: https://… Mappa del sito, feed o repository Git li rileggo ogni giorno
draft-title = Aggiungere agli articoli di questo server?
draft-nothing = Niente di tutto questo può essere un articolo.
draft-passages = Passaggi: { $passages }
draft-replaces = Sostituisce l’articolo aggiunto { $age } fa. Passaggi nuovi: { $new }, tolti: { $gone }
draft-dropped = Parti tralasciate, come la navigazione: { $parts }
draft-more = E altri { $more }
draft-left-out = Non aggiunto:
draft-add = Aggiungi
draft-replace = Sostituisci
cancel = Annulla
draft-added = Aggiunto. Ora lo cito in questo server.
draft-discarded = Non è stato aggiunto niente.
draft-changed = Gli articoli di questo server sono cambiati nel frattempo. Guarda di nuovo.
file-too-large = supera { $limit } MB, il massimo che conservo
file-format = non è un formato che leggo
file-damaged = danneggiato o protetto da password
file-too-much = l’archivio contiene troppo
file-gone = Discord non ha più il file. Caricalo di nuovo
file-unreachable = al momento non si può scaricare. Riprova tra un minuto
file-address = non è un indirizzo che posso leggere. Deve essere una pagina pubblica che inizia con https://
refused-files-or-address = Carica dei file o inserisci un indirizzo: una delle due cose.
refused-draft-gone = È già stato aggiunto o annullato, o ha più di un’ora. Ricomincia.
article-sample = A «{ $title }» risponderei:
article-no-sample = A «{ $title }» non ho una risposta sicura. Aiuta se il testo usa le parole della domanda.
own-articles = Articoli di questo server
no-own-articles = Questo server non ha ancora articoli propri. /{ command-knowledge } { command-knowledge.write } ne aggiunge uno.
own-articles-count = { $articles } articoli su { $limit } al massimo.
edit = Modifica
remove = Rimuovi
undo = Annulla
article-removed = Rimosso. Non lo cito più. Per dieci minuti puoi annullare.
article-restored = È tornato.
teaching-too-many = Questo server ha { $limit } articoli, il massimo che conservo. Rimuovine prima uno.
teaching-too-large = L'articolo supera { $limit } MB, il massimo che conservo.
teaching-server-full = Gli articoli di questo server supererebbero { $limit } MB, il massimo che conservo. Rimuovine prima uno.
teaching-unavailable = Al momento non riesco a raggiungere ciò che conservo, quindi non è cambiato nulla. Continuo a rispondere alle domande. Chi gestisce il bot trova il motivo nel log.
teaching-disk-full = Il disco su cui conservo gli articoli è pieno, quindi non è cambiato nulla. Continuo a rispondere alle domande. Chi gestisce il bot deve liberare spazio.
refused-not-manager = Solo chi ha il permesso «{ permission-manage-server }» può vedere e cambiare gli articoli e le impostazioni di un server, e solo in quel server.
refused-nothing-entered = L'articolo ha bisogno di un titolo di al massimo 100 caratteri e di un testo di al massimo 4.000.
refused-own-article-gone = Questo articolo non c'è più, o è cambiato. Apri di nuovo l'elenco.
refused-too-late-to-undo = È troppo tardi per annullare.
gate = Chi può vederlo
gate-roles = Ruoli
gate-roles-hint = Membri con uno di essi. Vuoto: tutti i ruoli.
gate-channels = Canali e forum
gate-channels-hint = Dove viene citato, thread inclusi. Vuoto: ovunque.
gate-open = Tutti in questo server possono vederlo.
tried = Quello che vedono i membri
tried-role = Ruolo
tried-no-role = nessun ruolo
tried-channel = Canale
tried-why = Perché
tried-words-alike = Parole simili
teaching-too-many-gates = Questo server ha { $limit } risposte diverse a chi può vedere un articolo, il massimo che conservo. Scegline una.
sources = Fonti, che rileggo da solo:
source = Una fonte di questo server
open-source = Apri una fonte
source-kind-page = Pagina
source-kind-sitemap = Mappa del sito
source-kind-feed = Feed
source-kind-repository = Repository Git
source-kind-forum = Forum
source-daily = La rileggo ogni giorno: ciò che cambia lì, lo cito poi così.
source-forum-note = Tutti vedono questo forum, quindi cito le sue risposte a tutti. Se lo nascondi, mi adeguo. «Chi può vederlo», nell'elenco degli articoli, ha la precedenza. Non conservo nomi.
source-forum-private = Non tutti vedono questo forum, quindi cito le sue risposte solo a chi lo vede. Se i suoi permessi cambiano, mi adeguo. «Chi può vederlo», nell'elenco degli articoli, ha la precedenza. Non conservo nomi.
source-forum-follows = Come nel forum: segue i suoi permessi.
source-forum-chosen = Scelto qui, qualunque siano i permessi del forum. Per seguirli, lascia vuoti entrambi i campi; per citare le risposte a tutti, scegli @everyone.
source-later = Non ancora lette: { $pages }. Le leggo appena aggiungi la fonte.
source-partly = Lette finora: { $pages } pagine su { $all }. Ne leggo al massimo una al secondo e citerò le altre quando le avrò tutte.
source-added-partly = Ancora da leggere: { $pages }. Ci vogliono circa { $time }; la scheda della fonte mostra a che punto sono.
source-pages = Pagine: { $pages }
source-pages-of = Pagine: { $pages } su { $all }
source-changes = L'ultima volta: { $taken } nuove o cambiate, { $unchanged } invariate, { $skipped } saltate, { $gone } sparite.
source-looked = Letta { $age } fa, di nuovo tra { $next }.
source-never = Non l'ho ancora letta.
source-syncing = La sto leggendo. Riaprila tra un po'.
source-failed = L'ultima volta non sono riuscito a leggerla: { $reason }
source-skipped = Saltate:
source-sync = Leggi adesso
too-many-sources = Questo server ha { $limit } fonti, il massimo che conservo. Rimuovine prima una.
source-is-there = È già una fonte di questo server: è nell'elenco degli articoli.
forum-no-content = Per leggere un forum mi serve il Message Content Intent, che chi ospita il bot attiva insieme ad AUTO_ANSWER_CHANNELS.
forum-hidden = Non posso leggere quel forum. Mi servono i permessi per vederlo e per leggerne la cronologia dei messaggi.

# Domande senza risposta.

questions = Domande senza risposta
no-questions = Qui non c'è niente: ho risposto a tutte le domande, o non ce ne sono ancora.
questions-asked = Domande negli ultimi { $days } giorni: { $count }
questions-answered = Con risposta: { $count }
questions-unanswered = Senza risposta: { $count }
questions-picture = Grafico a colonne delle domande per giorno, dal { $first } al { $last }: { $asked } poste, di cui { $answered } con risposta. Massimo in un giorno: { $most }.
question-details = Posta { $count }×, l'ultima volta il { $date }
open-question = Apri una domanda
question-wordings = Chiesto anche così:
question-nearest = Passaggio più vicino:
question-answered-now = Ora rispondo con:
write-answer = Scrivi la risposta
not-for-us = Non è una domanda per noi
question-dismissed = Nascosta. Non conto più questa domanda.
question-reopened = È di nuovo nell'elenco.
misleading = Passaggi fuorvianti
no-misleading = Nessuno ha valutato una risposta come non utile.
most-quoted = I più citati
not-quoted = Non citati
quotes-summary = Articoli citati negli ultimi { $days } giorni: { $quoted } su { $articles }
quotes-since = Conteggio dal { $date }.
no-quotes = In questo periodo non ho citato nessun articolo.
all-quoted = In questo periodo ho citato tutti gli articoli.
no-quotes-counted = Non è stata ancora contata nessuna risposta.
article-shared = condiviso da tutti i server
answer-chosen-here = Scelta dal team di questo server
choose-answer = Rispondi sempre con…
answer-chosen = A questa domanda rispondo con:
answer-unchosen = Cerco di nuovo io la risposta a questa domanda.
unchoose-answer = Non rispondere con questo
chosen-answers = Risposte scelte
no-chosen-answers = Nessuno ha ancora scelto una risposta. Apri una domanda senza risposta, oppure premi «{ other-passages }» sotto una risposta.
chosen-answer-gone = Il passaggio scelto è cambiato o non c’è più: cerco io la risposta.
too-many-chosen = Questo server ha scelto { $limit } risposte, il massimo che conservo. Rinuncia prima a una.
export = Esporta
questions-file = Ecco le domande in un file.
refused-unanswered-gone = Questa domanda non è più nell'elenco. Apri di nuovo l'elenco.

# Impostazioni di un server.

settings-title = Impostazioni di questo server
settings-hint = Ogni scelta viene salvata subito. Ciò che non è scelto segue il gestore del bot.
setting-none = nessuno
setting-not-chosen = non scelto qui
setting-private = Risposte ai comandi
setting-private-yes = le vede solo chi ha chiesto
setting-private-no = le vedono tutti
setting-shared = Articoli comuni a tutti i server
setting-shared-yes = li cito
setting-shared-no = non li cito
setting-threads = Risposte in thread propri
setting-threads-yes = sì
setting-threads-no = no
setting-unasked = Rispondo senza che me lo chiedano in
setting-unasked-off = Non ricevo i messaggi che non sono rivolti a me. Il gestore del bot può cambiarlo con AUTO_ANSWER_CHANNELS
setting-sure = Quanto devo essere sicuro per farlo
setting-sure-from = { $percent } % o più
setting-language = Lingua
setting-language-automatic = quella del server su Discord
setting-helpers = Canale dello staff
setting-digest = Riepilogo settimanale
setting-digest-refused = lì non sono riuscito a scrivere. Scegli di nuovo il canale
weekly-most-asked = La più chiesta senza risposta
setting-kept = Domande senza risposta che conservo
setting-kept-all = tutte, anche quelle private
setting-kept-public = quelle che tutti potevano vedere
setting-kept-none = nessuna
setting-days = Conservate per
setting-several = Domande senza risposta che mostro
setting-several-yes = quelle fatte da due persone nello stesso giorno
setting-several-no = tutte
set-several-yes = Mostra solo ciò che hanno chiesto due persone
set-several-no = Mostra tutte le domande
questions-of-one = Domande che non mostro, perché non le hanno fatte due persone nello stesso giorno: { $count }
set-private-yes = Rispondere in privato
set-private-no = Rispondere a tutti
set-shared-yes = Citare gli articoli comuni
set-shared-no = Non citare gli articoli comuni
set-threads-yes = Rispondere in thread
set-threads-no = Rispondere senza thread
pick-unasked = Canali in cui rispondo senza che me lo chiedano
settings-answers = Come rispondo
settings-questions = Staff e domande
settings-reset = Seguire il gestore
setting-days-count = { $days ->
    [one] un giorno
   *[other] { $days } giorni
}
