# Ce que le bot dit lui-même, en français.

# Commandes. Noms : 1 à 32 minuscules ; descriptions : 1 à 100 caractères.

command-ask = demander
    .description = Posez une question aux articles et lisez les phrases qui y répondent
    .question = question
    .question-description = Ce que vous voulez savoir
    .article = article
    .article-description = Chercher dans cet article seulement
    .private = privé
    .private-description = Ne montrer la réponse qu'à vous
command-search = chercher
    .description = Trouver les passages qui contiennent certains mots
    .keywords = mots
    .keywords-description = Mots cherchés ; "entre guillemets" ils se suivent, avec -moins ils n'y sont pas
    .article = article
    .article-description = Chercher dans cet article seulement
command-summary = résumé
    .description = Lisez l'essentiel d'un article dans ses propres phrases
    .article = article
    .article-description = Quel article ; tous si rien n'est choisi
    .length = longueur
    .length-description = De quelle longueur
    .length-short = Court : environ trois phrases
    .length-medium = Moyen : environ six phrases
    .length-long = Long : une douzaine de phrases, un cinquième d'un long article
    .focus = sujet
    .focus-description = Seulement ce qui est dit à ce sujet
    .private = privé
    .private-description = Ne montrer le résumé qu'à vous
command-articles = articles
    .description = Voir quels articles il y a
command-article = article
    .description = Ouvrir un article : de quoi il parle, et son texte à lire
    .name = nom
    .name-description = Quel article
command-help = aide
    .description = Ce que vous pouvez demander, avec un exemple
command-about = à-propos
    .description = Ce qu'est ce bot et comment il va
command-reload = recharger
    .description = Relire les articles (pour la personne qui héberge le bot)
command-find = Chercher dans les articles

# Réponses.

very-likely = Très probable
likely = Probable
possibly = Peut-être
read-as = « { $typed } » lu comme « { $read } »
did-you-mean = Je n'en suis pas sûr. Pensiez-vous à l'un de ces passages ?
unknown = { $articles ->
    [one] J'ai cherché dans le seul article que j'ai, et il ne le dit pas.
   *[other] J'ai cherché dans { $articles } articles, et ils ne le disent pas.
}
unknown-in-article = J'ai cherché dans « { $title } », et il ne le dit pas.
no-articles = Il n'y a pas encore d'articles.
small-talk = Je suis là pour les questions sur les articles : /{ command-help } montre ce que vous pouvez demander.
rephrase = Essayez d'autres mots, ou nommez la personne ou la chose dont il s'agit.
nearest = Ce que j'ai de plus proche
show-passage = Voir un passage en entier
nothing-else = Il n'y a pas d'autres passages à ce sujet.

# Boutons.

more-context = Plus de contexte
other-passages = Autres passages
share = Partager dans le salon
shared-by = partagé par
helps = Oui, ça m'aide
helps-not = Non
summary = Résumé
longer = Plus long
shorter = Plus court
ask-about = Poser une question
read-on = Lire la suite dans l'article
page-before = Retour
page-after = Suite
page-number = Page { $page } sur { $pages }
thanks = Merci, c'est bon à savoir !
sorry = Désolé. D'autres mots aident souvent ; /{ command-search } montre chaque passage qui contient un mot.

# Articles.

search-nothing = { $articles ->
    [one] L'article ne contient aucun passage avec ces mots.
   *[other] Aucun des { $articles } articles ne contient de passage avec ces mots.
}
articles-title = Articles
articles-count = { $articles ->
    [one] Un article, { $passages ->
        [one] un passage
       *[other] { $passages } passages
    }. Posez-moi vos questions !
   *[other] { $articles } articles, { $passages } passages. Posez-moi vos questions !
}
open-article = Ouvrir un article
no-such-article = Je n'ai pas d'article nommé « { $name } ». Est-ce l'un de ceux-ci ?
more-headings = et { $more } de plus
article-length = { $words ->
    [one] { $words } mot
   *[other] { $words } mots
} · { $minutes ->
    [one] { $minutes } minute de lecture
   *[other] { $minutes } minutes de lecture
}
read = Lire
as-file = En fichier
original = Original
file = Voici le texte de « { $title } ».
file-too-large = « { $title } » est trop grand pour Discord. « { read } » le montre page par page.

# Résumés.

summary-how = Phrases choisies, mot pour mot.
summary-whole = L'article est court : c'est tout ce qu'il dit.
summary-nothing = « { $title } » n'en dit rien.
summary-none = « { $title } » n'a pas de phrases qui puissent le résumer. /{ command-article } l'ouvre.
digest-nothing = { $articles ->
    [one] L'article n'en dit rien.
   *[other] Aucun des { $articles } articles n'en dit rien.
}
overview-title = Les articles, une phrase de chacun
key-phrases = À propos de { $phrases }
ask-about-how = Posez une question sur « { $title } » avec /{ command-ask }, ou choisissez dans la liste.
pick-question = Choisir une question ou un sujet

# Aide et informations.

help-title = Posez-moi une question sur les articles
help = { $articles ->
    [one] Je connais un article et je réponds avec ses mots. Mentionnez-moi avec une question, répondez-moi ou écrivez-moi directement.
   *[other] Je connais { $articles } articles et je réponds avec leurs mots. Mentionnez-moi avec une question, répondez-moi ou écrivez-moi directement.
}
help-example = Par exemple :
help-message-command = Sur un message : clic droit ou appui long, puis Applications › { command-find }.
example-question = Que dit-on de { $subject } ?
about = Je réponds aux questions à partir d'articles, mot pour mot. Rien n'est inventé, et rien ne quitte la machine où je tourne.
about-version = Version
about-articles = Articles
about-passages = Passages
about-uptime = En marche depuis
about-latency = Latence
about-source-code = Code source
reload-done = J'ai relu les articles.
reload-same = J'ai relu les articles : rien n'a changé.
reload-kept = Les articles n'ont pas pu être relus ; les précédents continuent de répondre.
reload-added = Ajoutés
reload-changed = Modifiés
reload-removed = Supprimés
reload-failed = Inutilisables
uptime-minutes = { $large } min { $small } s
uptime-hours = { $large } h { $small } min
uptime-days = { $large } j { $small } h

# Ce qui n'est pas possible.

refused-too-long = Voilà une longue question ! Posez-la en 1 000 caractères au plus.
refused-changed = Les articles ont changé depuis. Posez votre question à nouveau.
refused-question-lost = Je ne vois plus la question. Posez-la à nouveau.
refused-no-text = Ce message ne contient pas de texte que je pourrais chercher.
refused-control = Ce bouton vient d'une autre version de moi. Posez votre question à nouveau.
refused-command = Je ne connais plus cette commande. Discord peut mettre un moment à montrer les miennes.
refused-not-owner = Seule la personne qui m'héberge peut le faire. Je remarque moi-même les articles modifiés.
too-fast = Je ne lis pas aussi vite. Attendez { $seconds } s et reposez votre question.

# Ce qui échoue.

failed = Désolé, quelque chose n'a pas marché de mon côté. La personne qui m'héberge en trouvera la raison dans mon journal sous { $id }.
missing-permission = Il me faut ici la permission « { $permission } » pour bien montrer cela.
permission-embed = Intégrer des liens
