# The bot's own words in French (tu).

# Commands. Names have 1 to 32 lower-case letters, descriptions 1 to 100 characters.

command-ask = demander
    .description = Pose une question et reçois une réponse citée mot pour mot des articles
    .question = question
    .question-description = Ta question
    .article = article
    .article-description = Chercher seulement dans cet article (laisse vide pour tous)
    .private = privé
    .private-description = Tu seras la seule personne à voir la réponse
command-search = chercher
    .description = Trouve les passages qui contiennent certains mots
    .keywords = mots
    .keywords-description = Mots à trouver ; "guillemets" pour une expression exacte, -mot pour exclure
    .article = article
    .article-description = Chercher seulement dans cet article (laisse vide pour tous)
command-summary = résumé
    .description = Résume un article avec ses propres phrases
    .article = article
    .article-description = Quel article (laisse vide pour tous)
    .length = longueur
    .length-description = Longueur du résumé
    .length-short = Court : environ 3 phrases
    .length-medium = Moyen : environ 6 phrases
    .length-long = Long : environ 12 phrases, ou un cinquième d'un long article
    .focus = sujet
    .focus-description = Seulement les phrases sur ce sujet
    .private = privé
    .private-description = Tu seras la seule personne à voir le résumé
command-articles = articles
    .description = Affiche la liste des articles
command-article = article
    .description = Découvre de quoi parle un article, et lis-le
    .name = nom
    .name-description = Titre de l'article
command-help = aide
    .description = Comment me poser des questions, avec un exemple
command-about = à-propos
    .description = À propos de ce bot : version, articles et temps de fonctionnement
command-reload = recharger
    .description = Recharge les articles (réservé à l'hébergeur du bot)
command-find = Chercher dans les articles
command-knowledge = savoir
    .description = Articles de ce serveur (pour les personnes qui le gèrent)
    .add = ajouter
    .add-description = Ajoute des fichiers ou une page que je pourrai citer sur ce serveur
    .write = écrire
    .write-description = Écris un article que je pourrai citer sur ce serveur
    .write-title = titre
    .write-title-description = Son titre : de préférence une question, comme les membres la posent
    .forum = forum
    .forum-description = Citer les réponses d'un forum de ce serveur
    .forum-channel = salon
    .forum-channel-description = Le forum
    .forum-role = rôle
    .forum-role-description = Dont les réponses comptent, outre les épinglées (vide : épinglées et résolues seulement)
    .list = liste
    .list-description = Voir, modifier et supprimer les articles de ce serveur
    .try = essayer
    .try-description = Pose une question comme les membres, et vois pourquoi la réponse est ainsi
    .try-question = question
    .try-question-description = La question à poser
    .try-role = rôle
    .try-role-description = En tant que membre avec ce rôle (vide : sans rôle)
    .try-channel = salon
    .try-channel-description = Comme si la question venait de ce salon (vide : celui-ci)
command-teach = Ajouter aux articles
command-insights = bilan
    .description = Questions auxquelles je n'ai pas pu répondre (pour les personnes qui gèrent le serveur)
command-settings = paramètres
    .description = Comment je travaille sur ce serveur (pour qui le gère)

# Answers.

certainty-very-likely = Très probable
certainty-likely = Probable
certainty-possibly = Possible
corrected = « { $typed } » lu comme « { $read } »
or-this = Ou bien :
also-in = Aussi dans { $titles }
other-language = L’article est en { $language }
place-paragraphs = { $path }, { $count ->
    [one] paragraphe { $numbers }
   *[other] paragraphes { $numbers }
}
place-rows = { $path }, { $count ->
    [one] ligne { $numbers }
   *[other] lignes { $numbers }
}
on-pages = { $count ->
    [one] page { $numbers }
   *[other] pages { $numbers }
}
place-pages = { $path }, { on-pages }
did-you-mean = Je ne suis pas sûr. Tu voulais dire l'un de ceux-ci ?
no-answer = { $articles ->
    [one] J'ai cherché dans un article, mais je n'ai pas trouvé de réponse.
   *[other] J'ai cherché dans { $articles } articles, mais je n'ai pas trouvé de réponse.
}
no-answer-in-article = J'ai cherché dans « { $title } », mais je n'ai pas trouvé de réponse.
no-articles = Il n'y a pas encore d'articles.
purpose = Pose-moi une question sur les articles. /{ command-help } t'explique comment.
rephrase = Essaie de reformuler, ou nomme la personne ou la chose dont tu parles.
nearest-passages = Passages les plus proches
show-passage = Voir le passage en entier
no-other-passages = Il n'y a pas d'autre passage à ce sujet.

# Buttons and feedback.

sections = Sections :
read-on = Lire la suite
other-passages = Autres passages
share = Partager dans le salon
shared-by = Partagé par
follow-up = Poser une autre question
reply-withheld = Je ne peux pas lire cette réponse : Discord ne me transmet pas les réponses aux résultats des commandes. Appuie sur « { follow-up } » ou mentionne-moi dans ton message.
helpful = 👍 Utile
not-helpful = 👎 Pas utile
delete = Supprimer
summary = Résumé
longer = Plus long
shorter = Plus court
ask-about-this = Poser une question
read-in-article = Lire dans l'article
page-previous = Précédent
page-next = Suivant
page-number = Page { $page } sur { $pages }
feedback-helpful = Merci pour ton retour !
feedback-not-helpful = Merci pour ton retour ! Essaie de reformuler, ou trouve tous les passages qui contiennent un mot avec /{ command-search }.

# Asking the helpers.

helpers = On saura peut-être ici :
ask-helpers = Demander aux aidants
helpers-asked = J'ai transmis la question aux aidants :
helpers-question = Je n'ai pas trouvé de réponse à cette question, posée par
helpers-refused = Je n'ai pas le droit d'écrire dans le salon des aidants. Pose ta question là-bas :
go-to-question = Aller à la question

# Articles.

search-no-results = Aucun passage ne contient ces mots.
articles-title = Articles
articles-count = { $articles ->
    [one] Un article, { $passages ->
        [one] un passage
       *[other] { $passages } passages
    }. Pose-moi tes questions !
   *[other] { $articles } articles, { $passages } passages. Pose-moi tes questions !
}
open-article = Ouvrir un article
no-such-article = Aucun article ne s'appelle « { $name } ». Tu voulais dire l'un de ceux-ci ?
no-article-called = Aucun article ne s'appelle « { $name } ». /{ command-articles } les liste tous.
more-headings = et { $more } de plus
article-does-not-say = « { $title } » ne le dit pas.
article-length = { $words ->
    [one] { $words } mot
   *[other] { $words } mots
} · { $minutes } min de lecture
read = Lire
download = Télécharger le texte
original = Original
file = Voici le texte de « { $title } ».
file-too-large = « { $title } » est trop volumineux pour Discord. Appuie sur « { read } » pour le lire page par page.

# Summaries.

summary-verbatim = Phrases citées mot pour mot.
summary-complete = Article court : voici le texte complet.
summary-off-topic = « { $title } » ne dit rien à ce sujet.
summary-impossible = « { $title } » ne peut pas être résumé. Lis l'article avec /{ command-article }.
digest-off-topic = { $articles ->
    [one] L'article ne dit rien à ce sujet.
   *[other] Aucun des { $articles } articles ne parle de ce sujet.
}
overview-title = Une phrase de chaque article
key-phrases = Sujets : { $phrases }
ask-about-article = Pose une question sur « { $title } » avec /{ command-ask }, ou choisis-en une ci-dessous.
pick-question = Choisis une question ou un sujet

# Help and about.

help-title = Pose-moi une question sur les articles
help = { $articles ->
    [one] Je connais un article et je réponds en le citant mot pour mot. Mentionne-moi avec une question, appuie sur « { follow-up } » sous une réponse ou envoie-moi un message privé.
   *[other] Je connais { $articles } articles et je réponds en les citant mot pour mot. Mentionne-moi avec une question, appuie sur « { follow-up } » sous une réponse ou envoie-moi un message privé.
}
help-example = Par exemple :
help-message-command = Pour chercher le texte d'un message, fais un clic droit dessus (ou un appui long sur mobile), puis choisis Applications › { command-find }.
example-question = Que sait-on sur { $topic } ?
about = Je réponds aux questions en citant des articles mot pour mot. Je n'invente rien et je ne transmets tes questions à aucun autre service.
about-version = Version
about-articles = Articles
about-passages = Passages
about-uptime = En ligne depuis
about-latency = Latence
about-source-code = Code source
uptime-minutes = { $large } min { $small } s
uptime-hours = { $large } h { $small } min
uptime-days = { $large } j { $small } h

# Reloading.

reload-done = Articles rechargés.
reload-unchanged = Articles rechargés. Rien n'a changé.
reload-failed = Impossible de recharger les articles. Les anciens restent en service.
reload-added = Ajoutés
reload-changed = Modifiés
reload-removed = Supprimés
reload-rejected = Inutilisables

# Refusals and errors.

refused-too-long = Cette question est trop longue. Limite-toi à 1 000 caractères.
refused-article-changed = L'article a changé entre-temps. Repose ta question.
refused-question-gone = Je ne vois plus la question. Repose-la.
refused-no-text = Ce message ne contient pas de texte que je puisse chercher.
refused-unknown-component = Ce bouton vient d'une autre version de moi. Repose ta question.
refused-unknown-command = Je ne connais pas cette commande. Discord peut mettre un moment à afficher mes commandes actuelles.
refused-not-operator = Seul l'hébergeur du bot peut utiliser cette commande.
refused-not-asker = Seules la personne qui a posé la question et la modération peuvent supprimer cette réponse.
rate-limited = Tu vas trop vite. Réessaie dans { $seconds } s.
failed = Une erreur s'est produite. Donne ce code à l'hébergeur du bot : { $id }
missing-permission = J'ai besoin de la permission « { $permission } » dans ce salon pour afficher ceci correctement.
permission-embed = Intégrer des liens
permission-embed-or-attach = Intégrer des liens » ou « Joindre des fichiers

# The languages of articles.

language-ar = arabe
language-be = biélorusse
language-bg = bulgare
language-bn = bengali
language-ca = catalan
language-cs = tchèque
language-da = danois
language-de = allemand
language-el = grec
language-en = anglais
language-eo = espéranto
language-es = espagnol
language-et = estonien
language-fa = persan
language-fi = finnois
language-fr = français
language-he = hébreu
language-hi = hindi
language-hr = croate
language-hu = hongrois
language-hy = arménien
language-id = indonésien
language-it = italien
language-ja = japonais
language-ka = géorgien
language-ko = coréen
language-lt = lituanien
language-lv = letton
language-nb = norvégien
language-ne = népalais
language-nl = néerlandais
language-pl = polonais
language-pt = portugais
language-ro = roumain
language-ru = russe
language-sk = slovaque
language-sl = slovène
language-sr = serbe
language-sv = suédois
language-ta = tamoul
language-th = thaï
language-tr = turc
language-uk = ukrainien
language-vi = vietnamien
language-zh = chinois

# Réponses que personne n'a demandées, et posts de forums.

solved = ✅ Résolu
wrong = 👎 Faux
solved-tagged = Super ! J'ai marqué ce post comme résolu.
solved-not-permitted = Super ! Pour marquer des posts comme résolus, il me faut la permission « { $permission } » dans ce forum.
solved-failed = Super ! Je n'ai pas pu marquer ce post comme résolu : ajoute le tag toi-même, s'il te plaît.
permission-manage-threads = Gérer les fils
refused-not-author = Seuls l'auteur du post et les modérateurs peuvent le marquer comme résolu.

# Articles d'un serveur, que ses membres écrivent sur Discord.

permission-manage-server = Gérer le serveur
write-article = Écrire un article
edit-article = Modifier l'article
article-title = Titre
article-title-hint = De préférence une question, comme les membres la posent
article-text = Texte
article-text-hint = Les membres le voient mot pour mot. Markdown fonctionne.
add-articles = Ajouter des articles
add-files = Fichiers
add-files-hint = Jusqu'à cinq : textes, pages, PDF, documents ou un .zip
add-address = Adresse d’une page
add-address-hint = À la place de fichiers : https://… Je relis chaque jour plan de site, flux ou dépôt Git
draft-title = Ajouter aux articles de ce serveur ?
draft-nothing = Rien de tout cela ne peut être un article.
draft-passages = Passages : { $passages }
draft-replaces = Remplace l’article ajouté il y a { $age }. Passages nouveaux : { $new }, supprimés : { $gone }
draft-dropped = Parties laissées de côté, comme la navigation : { $parts }
draft-more = Et { $more } autres
draft-left-out = Pas ajouté :
draft-add = Ajouter
draft-replace = Remplacer
cancel = Annuler
draft-added = Ajouté. Je le cite désormais sur ce serveur.
draft-discarded = Rien n’a été ajouté.
draft-changed = Les articles de ce serveur ont changé entre-temps. Regarde encore une fois.
file-too-large = dépasse { $limit } Mo, le maximum que je garde
file-format = n’est pas un format que je lis
file-damaged = endommagé ou protégé par un mot de passe
file-too-much = l’archive contient trop de choses
file-gone = Discord n’a plus le fichier. Envoie-le de nouveau
file-unreachable = impossible à télécharger pour le moment. Réessaie dans une minute
file-address = n’est pas une adresse que je peux lire. Il faut une page publique qui commence par https://
refused-files-or-address = Envoie des fichiers ou saisis une adresse : l’un des deux.
refused-draft-gone = Cela a déjà été ajouté ou annulé, ou date de plus d’une heure. Recommence.
article-sample = À « { $title } », je répondrais :
article-no-sample = À « { $title } », je n'ai pas de réponse sûre. Il est utile que le texte emploie les mots de la question.
own-articles = Articles de ce serveur
no-own-articles = Ce serveur n'a pas encore d'articles à lui. /{ command-knowledge } { command-knowledge.write } en ajoute un.
own-articles-count = { $articles } articles sur { $limit } au maximum.
edit = Modifier
remove = Supprimer
undo = Annuler
article-removed = Supprimé. Je ne le cite plus. Pendant dix minutes, tu peux annuler.
article-restored = Il est de retour.
teaching-too-many = Ce serveur a { $limit } articles, le maximum que je garde. Supprimes-en un d'abord.
teaching-too-large = L'article dépasse { $limit } Mo, le maximum que je garde.
teaching-server-full = Les articles de ce serveur dépasseraient { $limit } Mo, le maximum que je garde. Supprimes-en un d'abord.
teaching-unavailable = Je n'ai pas accès à ce que je garde en ce moment, donc rien n'a changé. Je réponds toujours aux questions. L'hébergeur du bot trouve la raison dans le journal.
teaching-disk-full = Le disque où je garde les articles est plein, donc rien n'a changé. Je réponds toujours aux questions. L'hébergeur du bot doit y libérer de la place.
refused-not-manager = Seules les personnes qui ont la permission « { permission-manage-server } » peuvent voir et modifier les articles et les paramètres d'un serveur, et seulement sur ce serveur.
refused-nothing-entered = L'article a besoin d'un titre de 100 caractères au plus et d'un texte de 4 000 au plus.
refused-own-article-gone = Cet article n'existe plus, ou il a changé. Ouvre à nouveau la liste.
refused-too-late-to-undo = Il est trop tard pour annuler.
gate = Qui peut le voir
gate-roles = Rôles
gate-roles-hint = Membres ayant l’un d’eux. Vide : tous les rôles.
gate-channels = Salons et forums
gate-channels-hint = Où il est cité, fils compris. Vide : partout.
gate-open = Tout le serveur peut le voir.
tried = Ce que voient les membres
tried-role = Rôle
tried-no-role = aucun rôle
tried-channel = Salon
tried-why = Pourquoi
tried-words-alike = Mots semblables
teaching-too-many-gates = Ce serveur a { $limit } réponses différentes à qui peut voir un article, le maximum que je garde. Choisis l’une d’elles.
sources = Sources, que je relis de moi-même :
source = Une source de ce serveur
open-source = Ouvrir une source
source-kind-page = Page
source-kind-sitemap = Plan de site
source-kind-feed = Flux
source-kind-repository = Dépôt Git
source-kind-forum = Forum
source-daily = Je la relis chaque jour : ce qui y change, je le cite alors ainsi.
source-forum-note = Tout le monde voit ce forum : je cite donc ses réponses à tout le monde. Si tu le caches, j'en tiens compte. « Qui peut le voir », dans la liste des articles, l'emporte. Je ne garde aucun nom.
source-forum-private = Tout le monde ne voit pas ce forum : je ne cite donc ses réponses qu'à ceux qui le voient. Si ses permissions changent, j'en tiens compte. « Qui peut le voir », dans la liste des articles, l'emporte. Je ne garde aucun nom.
source-forum-follows = Comme dans le forum : cela suit ses permissions.
source-forum-chosen = Choisi ici, quelles que soient les permissions du forum. Pour les suivre, laisse les deux champs vides ; pour citer les réponses à tout le monde, choisis @everyone.
source-later = Pas encore lu : { $pages }. Je le ferai dès que tu auras ajouté la source.
source-partly = Lu jusqu'ici : { $pages } pages sur { $all }. J'en lis une par seconde au plus, et je citerai les autres quand je les aurai toutes.
source-added-partly = Reste à lire : { $pages }. Cela prend environ { $time } ; la carte de la source montre où j'en suis.
source-pages = Pages : { $pages }
source-pages-of = Pages : { $pages } sur { $all }
source-changes = La dernière fois : { $taken } nouvelles ou modifiées, { $unchanged } inchangées, { $skipped } ignorées, { $gone } disparues.
source-looked = Lue il y a { $age }, à nouveau dans { $next }.
source-never = Je ne l'ai pas encore lue.
source-syncing = Je suis en train de la lire. Rouvre-la dans un moment.
source-failed = La dernière fois, je n'ai pas pu la lire : { $reason }
source-skipped = Ignorées :
source-sync = Relire maintenant
too-many-sources = Ce serveur a { $limit } sources, le maximum que je garde. Supprimes-en une d'abord.
source-is-there = C'est déjà une source de ce serveur : elle est dans la liste des articles.
forum-no-content = Pour lire un forum, il me faut le Message Content Intent, que l'hébergeur du bot active avec AUTO_ANSWER_CHANNELS.
forum-hidden = Je ne peux pas lire ce forum. Il me faut les permissions de le voir et d'en lire l'historique.

# Questions sans réponse.

questions = Questions sans réponse
no-questions = Rien ici : j'ai répondu à toutes les questions, ou il n'y en a pas encore eu.
questions-asked = Questions des { $days } derniers jours : { $count }
questions-answered = Avec réponse : { $count }
questions-unanswered = Sans réponse : { $count }
questions-picture = Histogramme des questions par jour, du { $first } au { $last } : { $asked } posées, dont { $answered } avec réponse. Maximum en un jour : { $most }.
question-details = Posée { $count }×, la dernière fois le { $date }
open-question = Ouvrir une question
question-wordings = Posée aussi ainsi :
question-nearest = Passage le plus proche :
question-answered-now = J'y réponds maintenant par :
write-answer = Écrire la réponse
not-for-us = Pas une question pour nous
question-dismissed = Masquée. Je ne compte plus cette question.
question-reopened = Elle est de retour dans la liste.
misleading = Passages trompeurs
no-misleading = Personne n'a jugé une réponse inutile.
most-quoted = Les plus cités
not-quoted = Non cités
quotes-summary = Articles cités ces { $days } derniers jours : { $quoted } sur { $articles }
quotes-since = Compté depuis le { $date }.
no-quotes = Je n'ai cité aucun article pendant cette période.
all-quoted = J'ai cité tous les articles pendant cette période.
no-quotes-counted = Aucune réponse n'a encore été comptée.
article-shared = commun à tous les serveurs
answer-chosen-here = Choisi par l’équipe de ce serveur
choose-answer = Toujours répondre par…
answer-chosen = Je réponds à cette question par :
answer-unchosen = Je cherche de nouveau moi-même la réponse à cette question.
unchoose-answer = Ne pas répondre par cela
chosen-answers = Réponses choisies
no-chosen-answers = Personne n’a encore choisi de réponse. Ouvre une question sans réponse, ou appuie sur « { other-passages } » sous une réponse.
chosen-answer-gone = Le passage choisi a changé ou n’existe plus : je cherche la réponse moi-même.
too-many-chosen = Ce serveur a choisi { $limit } réponses, le maximum que je garde. Renonce d’abord à l’une d’elles.
export = Exporter
questions-file = Voici les questions dans un fichier.
refused-unanswered-gone = Cette question n'est plus dans la liste. Ouvre à nouveau la liste.

# Paramètres d'un serveur.

settings-title = Paramètres de ce serveur
settings-hint = Chaque choix est enregistré aussitôt. Ce qui n'est pas choisi suit l'exploitant du bot.
setting-none = aucun
setting-not-chosen = pas choisi ici
setting-private = Réponses aux commandes
setting-private-yes = seule la personne qui a posé la question les voit
setting-private-no = tout le monde les voit
setting-shared = Articles communs à tous les serveurs
setting-shared-yes = je les cite
setting-shared-no = je ne les cite pas
setting-threads = Réponses dans leurs propres fils
setting-threads-yes = oui
setting-threads-no = non
setting-unasked = Je réponds sans qu'on me le demande dans
setting-unasked-off = Je ne reçois pas les messages qui ne me sont pas adressés. L'exploitant du bot peut changer cela avec AUTO_ANSWER_CHANNELS
setting-sure = À quel point je dois être sûr pour cela
setting-sure-from = { $percent } % ou plus
setting-language = Langue
setting-language-automatic = celle du serveur sur Discord
setting-helpers = Salon des aidants
setting-digest = Résumé hebdomadaire
setting-digest-refused = je n'ai pas pu y écrire. Choisis à nouveau le salon
weekly-most-asked = La plus posée sans réponse
setting-kept = Questions sans réponse que je garde
setting-kept-all = toutes, même privées
setting-kept-public = celles que tout le monde pouvait voir
setting-kept-none = aucune
setting-days = Gardées pendant
setting-several = Questions sans réponse que je montre
setting-several-yes = celles que deux personnes ont posées le même jour
setting-several-no = toutes
set-several-yes = Montrer seulement ce que deux personnes ont demandé
set-several-no = Montrer toutes les questions
questions-of-one = Questions que je ne montre pas, car deux personnes ne les ont pas posées le même jour : { $count }
set-private-yes = Répondre en privé
set-private-no = Répondre à tous
set-shared-yes = Citer les articles communs
set-shared-no = Ne pas citer les articles communs
set-threads-yes = Répondre dans des fils
set-threads-no = Répondre sans fils
pick-unasked = Salons où je réponds sans qu'on me le demande
settings-answers = Comment je réponds
settings-questions = Aidants et questions
settings-reset = Suivre l'exploitant
setting-days-count = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}
