# The bot's own words in Spanish (tú).

# Commands. Names have 1 to 32 lower-case letters, descriptions 1 to 100 characters.

command-ask = preguntar
    .description = Haz una pregunta y recibe una respuesta citada de los artículos
    .question = pregunta
    .question-description = Tu pregunta
    .article = artículo
    .article-description = Buscar solo en este artículo (déjalo vacío para todos)
    .private = privado
    .private-description = Solo tú verás la respuesta
command-search = buscar
    .description = Encuentra pasajes que contienen ciertas palabras
    .keywords = palabras
    .keywords-description = Palabras que buscar; "comillas" para una frase exacta, -palabra para excluir
    .article = artículo
    .article-description = Buscar solo en este artículo (déjalo vacío para todos)
command-summary = resumen
    .description = Resume un artículo con sus propias frases
    .article = artículo
    .article-description = Qué artículo (déjalo vacío para todos)
    .length = extensión
    .length-description = Extensión del resumen
    .length-short = Corto: unas 3 frases
    .length-medium = Medio: unas 6 frases
    .length-long = Largo: unas 12 frases, o una quinta parte de un artículo largo
    .focus = tema
    .focus-description = Solo frases sobre este tema
    .private = privado
    .private-description = Solo tú verás el resumen
command-articles = artículos
    .description = Muestra la lista de artículos
command-article = artículo
    .description = Mira de qué trata un artículo y léelo
    .name = nombre
    .name-description = Título del artículo
command-help = ayuda
    .description = Cómo hacerme preguntas, con un ejemplo
command-about = acerca
    .description = Acerca de este bot: versión, artículos y tiempo en marcha
command-reload = recargar
    .description = Recarga los artículos (solo para quien aloja el bot)
command-find = Buscar en los artículos
command-knowledge = conocimiento
    .description = Artículos de este servidor (para quienes lo gestionan)
    .add = añadir
    .add-description = Añade archivos o una página que pueda citar en este servidor
    .write = escribir
    .write-description = Escribe un artículo que pueda citar en este servidor
    .write-title = título
    .write-title-description = Su título: mejor una pregunta, como la hacen los miembros
    .forum = foro
    .forum-description = Citar las respuestas de un foro de este servidor
    .forum-channel = canal
    .forum-channel-description = El foro
    .forum-role = rol
    .forum-role-description = Cuyas respuestas cuentan, además de las fijadas (vacío: solo fijadas y resueltas)
    .list = lista
    .list-description = Ver, editar y quitar los artículos de este servidor
    .try = probar
    .try-description = Pregunta como lo harían los miembros y mira por qué la respuesta es así
    .try-question = pregunta
    .try-question-description = Qué preguntar
    .try-role = rol
    .try-role-description = Como miembro con este rol (vacío: sin roles)
    .try-channel = canal
    .try-channel-description = Como si se preguntara en este canal (vacío: en este)
command-teach = Añadir a los artículos
command-insights = carencias
    .description = Preguntas que no pude responder (para quienes gestionan el servidor)
command-settings = ajustes
    .description = Cómo trabajo en este servidor (para quienes lo gestionan)

# Answers.

certainty-very-likely = Muy probable
certainty-likely = Probable
certainty-possibly = Posible
corrected = «{ $typed }» leído como «{ $read }»
or-this = O bien:
also-in = También en { $titles }
other-language = El artículo está en { $language }
place-paragraphs = { $path }, { $count ->
    [one] párrafo { $numbers }
   *[other] párrafos { $numbers }
}
place-rows = { $path }, { $count ->
    [one] fila { $numbers }
   *[other] filas { $numbers }
}
on-pages = { $count ->
    [one] página { $numbers }
   *[other] páginas { $numbers }
}
place-pages = { $path }, { on-pages }
did-you-mean = No estoy seguro. ¿Te referías a algo de esto?
no-answer = { $articles ->
    [one] He buscado en un artículo, pero no he encontrado ninguna respuesta.
   *[other] He buscado en { $articles } artículos, pero no he encontrado ninguna respuesta.
}
no-answer-in-article = He buscado en «{ $title }», pero no he encontrado ninguna respuesta.
no-articles = Todavía no hay artículos.
purpose = Hazme una pregunta sobre los artículos. /{ command-help } te explica cómo.
rephrase = Prueba con otras palabras, o nombra a la persona o la cosa a la que te refieres.
nearest-passages = Pasajes más parecidos
show-passage = Ver el pasaje completo
no-other-passages = No hay más pasajes sobre esto.

# Buttons and feedback.

sections = Secciones:
read-on = Seguir leyendo
other-passages = Otros pasajes
share = Compartir en el canal
shared-by = Compartido por
follow-up = Seguir preguntando
reply-withheld = No puedo leer esta respuesta: Discord no me envía las respuestas a los resultados de los comandos. Pulsa «{ follow-up }» o mencióname en tu mensaje.
helpful = 👍 Útil
not-helpful = 👎 Poco útil
delete = Eliminar
summary = Resumen
longer = Más largo
shorter = Más corto
ask-about-this = Preguntar sobre esto
read-in-article = Leer en el artículo
page-previous = Anterior
page-next = Siguiente
page-number = Página { $page } de { $pages }
feedback-helpful = ¡Gracias por tu opinión!
feedback-not-helpful = ¡Gracias por tu opinión! Prueba con otras palabras, o usa /{ command-search } para ver todos los pasajes que contienen una palabra.

# Asking the helpers.

helpers = Quizá lo sepan aquí:
ask-helpers = Preguntar al equipo
helpers-asked = He pasado la pregunta al equipo:
helpers-question = No encontré respuesta a esta pregunta. La hizo
helpers-refused = No puedo escribir en el canal del equipo. Pregunta allí directamente:
go-to-question = Ir a la pregunta

# Articles.

search-no-results = Ningún pasaje contiene estas palabras.
articles-title = Artículos
articles-count = { $articles ->
    [one] Un artículo con { $passages ->
        [one] un pasaje
       *[other] { $passages } pasajes
    }. ¡Pregúntame!
   *[other] { $articles } artículos con { $passages } pasajes. ¡Pregúntame!
}
open-article = Abrir un artículo
no-such-article = No hay ningún artículo llamado «{ $name }». ¿Te referías a uno de estos?
no-article-called = No hay ningún artículo llamado «{ $name }». /{ command-articles } muestra la lista completa.
more-headings = y { $more } más
article-does-not-say = «{ $title }» no lo dice.
article-length = { $words ->
    [one] { $words } palabra
   *[other] { $words } palabras
} · { $minutes } min de lectura
read = Leer
download = Descargar el texto
original = Original
file = Aquí tienes el texto de «{ $title }».
file-too-large = «{ $title }» es demasiado grande para Discord. Pulsa «{ read }» para leerlo página por página.

# Summaries.

summary-verbatim = Frases citadas palabra por palabra.
summary-complete = Artículo corto: este es el texto completo.
summary-off-topic = «{ $title }» no dice nada sobre este tema.
summary-impossible = «{ $title }» no se puede resumir. Usa /{ command-article } para leerlo.
digest-off-topic = { $articles ->
    [one] El artículo no dice nada sobre este tema.
   *[other] Ninguno de los { $articles } artículos dice nada sobre este tema.
}
overview-title = Una frase de cada artículo
key-phrases = Temas: { $phrases }
ask-about-article = Pregunta sobre «{ $title }» con /{ command-ask }, o elige una pregunta aquí abajo.
pick-question = Elige una pregunta o un tema

# Help and about.

help-title = Pregúntame sobre los artículos
help = { $articles ->
    [one] Conozco un artículo y respondo citándolo palabra por palabra. Mencióname con una pregunta, pulsa «{ follow-up }» debajo de una respuesta o envíame un mensaje directo.
   *[other] Conozco { $articles } artículos y respondo citándolos palabra por palabra. Mencióname con una pregunta, pulsa «{ follow-up }» debajo de una respuesta o envíame un mensaje directo.
}
help-example = Por ejemplo:
help-message-command = Para buscar el texto de un mensaje, haz clic derecho en él (o mantenlo pulsado en el móvil) y elige Aplicaciones › { command-find }.
example-question = ¿Qué se sabe sobre { $topic }?
about = Respondo a preguntas citando artículos palabra por palabra. No me invento nada ni envío tus preguntas a ningún otro servicio.
about-version = Versión
about-articles = Artículos
about-passages = Pasajes
about-uptime = Tiempo activo
about-latency = Latencia
about-source-code = Código fuente
uptime-minutes = { $large } min { $small } s
uptime-hours = { $large } h { $small } min
uptime-days = { $large } d { $small } h

# Reloading.

reload-done = Artículos recargados.
reload-unchanged = Artículos recargados. No ha cambiado nada.
reload-failed = No se han podido recargar los artículos. Se siguen usando los anteriores.
reload-added = Añadidos
reload-changed = Modificados
reload-removed = Eliminados
reload-rejected = No utilizables

# Refusals and errors.

refused-too-long = Esa pregunta es demasiado larga. Usa 1.000 caracteres como máximo.
refused-article-changed = El artículo ha cambiado desde entonces. Vuelve a preguntar.
refused-question-gone = Ya no veo la pregunta. Vuelve a hacerla.
refused-no-text = Este mensaje no tiene ningún texto que pueda buscar.
refused-unknown-component = Este botón es de otra versión mía. Vuelve a preguntar.
refused-unknown-command = No conozco este comando. Discord puede tardar un momento en mostrar mis comandos actuales.
refused-not-operator = Solo quien aloja el bot puede usar este comando.
refused-not-asker = Solo quien preguntó y los moderadores pueden eliminar esto.
rate-limited = Vas demasiado rápido. Inténtalo de nuevo en { $seconds } s.
failed = Algo ha salido mal. Dale este código a quien aloja el bot: { $id }
missing-permission = Necesito el permiso «{ $permission }» en este canal para mostrar esto correctamente.
permission-embed = Insertar enlaces
permission-embed-or-attach = Insertar enlaces» o «Adjuntar archivos

# The languages of articles.

language-ar = árabe
language-be = bielorruso
language-bg = búlgaro
language-bn = bengalí
language-ca = catalán
language-cs = checo
language-da = danés
language-de = alemán
language-el = griego
language-en = inglés
language-eo = esperanto
language-es = español
language-et = estonio
language-fa = persa
language-fi = finés
language-fr = francés
language-he = hebreo
language-hi = hindi
language-hr = croata
language-hu = húngaro
language-hy = armenio
language-id = indonesio
language-it = italiano
language-ja = japonés
language-ka = georgiano
language-ko = coreano
language-lt = lituano
language-lv = letón
language-nb = noruego
language-ne = nepalí
language-nl = neerlandés
language-pl = polaco
language-pt = portugués
language-ro = rumano
language-ru = ruso
language-sk = eslovaco
language-sl = esloveno
language-sr = serbio
language-sv = sueco
language-ta = tamil
language-th = tailandés
language-tr = turco
language-uk = ucraniano
language-vi = vietnamita
language-zh = chino

# Respuestas que nadie pidió, y publicaciones de foros.

solved = ✅ Resuelto
wrong = 👎 Incorrecta
solved-tagged = ¡Me alegro! He marcado la publicación como resuelta.
solved-not-permitted = ¡Me alegro! Para marcar publicaciones como resueltas necesito el permiso «{ $permission }» en este foro.
solved-failed = ¡Me alegro! No he podido marcar la publicación como resuelta. Pon tú la etiqueta, por favor.
permission-manage-threads = Gestionar hilos
refused-not-author = Solo quien escribió la publicación y los moderadores pueden marcarla como resuelta.

# Artículos de un servidor, que su gente escribe en Discord.

permission-manage-server = Gestionar servidor
write-article = Escribir un artículo
edit-article = Editar el artículo
article-title = Título
article-title-hint = Mejor una pregunta, como la hacen los miembros
article-text = Texto
article-text-hint = Los miembros lo ven palabra por palabra. Markdown funciona.
add-articles = Añadir artículos
add-files = Archivos
add-files-hint = Hasta cinco: textos, páginas, PDF, documentos o un .zip con ellos
add-address = Dirección de una página
add-address-hint = En lugar de archivos: https://… Un mapa del sitio, feed o repositorio Git lo releo cada día
draft-title = ¿Añadir a los artículos de este servidor?
draft-nothing = Nada de esto puede ser un artículo.
draft-passages = Pasajes: { $passages }
draft-replaces = Reemplaza el artículo añadido hace { $age }. Pasajes nuevos: { $new }, eliminados: { $gone }
draft-dropped = Partes omitidas, como la navegación: { $parts }
draft-more = Y { $more } más
draft-left-out = No se añade:
draft-add = Añadir
draft-replace = Reemplazar
cancel = Cancelar
draft-added = Añadido. Ahora lo cito en este servidor.
draft-discarded = No se ha añadido nada.
draft-changed = Los artículos de este servidor han cambiado entretanto. Míralo otra vez.
file-too-large = tiene más de { $limit } MB, lo máximo que guardo
file-format = no es un formato que yo lea
file-damaged = está dañado o protegido con contraseña
file-too-much = el archivo comprimido contiene demasiado
file-gone = Discord ya no tiene el archivo. Súbelo otra vez
file-unreachable = no se puede descargar ahora. Inténtalo de nuevo en un minuto
file-address = no es una dirección que pueda leer. Tiene que ser una página pública que empiece por https://
refused-files-or-address = Sube archivos o escribe una dirección: una de las dos cosas.
refused-draft-gone = Esto ya se añadió o se canceló, o tiene más de una hora. Empieza de nuevo.
article-sample = A «{ $title }» respondería:
article-no-sample = A «{ $title }» no tengo una respuesta segura. Ayuda que el texto use las palabras de la pregunta.
own-articles = Artículos de este servidor
no-own-articles = Este servidor aún no tiene artículos propios. /{ command-knowledge } { command-knowledge.write } añade uno.
own-articles-count = { $articles } artículos de { $limit } como máximo.
edit = Editar
remove = Quitar
undo = Deshacer
article-removed = Quitado. Ya no lo cito. Durante diez minutos puedes deshacerlo.
article-restored = Ha vuelto.
teaching-too-many = Este servidor tiene { $limit } artículos, el máximo que guardo. Quita uno primero.
teaching-too-large = El artículo supera los { $limit } MB, el máximo que guardo.
teaching-server-full = Los artículos de este servidor superarían los { $limit } MB, el máximo que guardo. Quita uno primero.
teaching-unavailable = Ahora no puedo acceder a lo que guardo, así que nada ha cambiado. Sigo respondiendo preguntas. Quien aloja el bot encuentra el motivo en el registro.
teaching-disk-full = El disco donde guardo los artículos está lleno, así que nada ha cambiado. Sigo respondiendo preguntas. Quien aloja el bot tiene que liberar espacio en él.
refused-not-manager = Solo quienes tienen el permiso «{ permission-manage-server }» pueden ver y cambiar los artículos y ajustes de un servidor, y solo en ese servidor.
refused-nothing-entered = El artículo necesita un título de 100 caracteres como máximo y un texto de 4000 como máximo.
refused-own-article-gone = Este artículo ya no está, o ha cambiado. Abre la lista de nuevo.
refused-too-late-to-undo = Es demasiado tarde para deshacerlo.
gate = Quién puede verlo
gate-roles = Roles
gate-roles-hint = Miembros con uno de ellos. Vacío: todos los roles.
gate-channels = Canales y foros
gate-channels-hint = Dónde se cita, también en hilos. Vacío: en todas partes.
gate-open = Todo el servidor puede verlo.
tried = Así lo ven los miembros
tried-role = Rol
tried-no-role = ningún rol
tried-channel = Canal
tried-why = Por qué
tried-words-alike = Palabras parecidas
teaching-too-many-gates = Este servidor tiene { $limit } respuestas distintas a quién puede ver un artículo, el máximo que guardo. Elige una de ellas.
sources = Fuentes, que vuelvo a leer por mi cuenta:
source = Una fuente de este servidor
open-source = Abrir una fuente
source-kind-page = Página
source-kind-sitemap = Mapa del sitio
source-kind-feed = Feed
source-kind-repository = Repositorio Git
source-kind-forum = Foro
source-daily = La vuelvo a leer cada día: lo que cambie allí, lo citaré así.
source-forum-note = Todos ven este foro, así que cito sus respuestas a todos. Si lo ocultas, me adapto. «Quién puede verlo», en la lista de artículos, tiene prioridad. No guardo nombres.
source-forum-private = No todos ven este foro, así que solo cito sus respuestas a quienes lo ven. Si cambian sus permisos, me adapto. «Quién puede verlo», en la lista de artículos, tiene prioridad. No guardo nombres.
source-forum-follows = Como en el foro: sigue sus permisos.
source-forum-chosen = Elegido aquí, sean cuales sean los permisos del foro. Para seguirlos, deja los dos campos vacíos; para citar las respuestas a todos, elige @everyone.
source-later = Aún sin leer: { $pages }. Lo haré en cuanto añadas la fuente.
source-partly = Leídas hasta ahora: { $pages } de { $all } páginas. Leo como mucho una por segundo y citaré las demás cuando las tenga todas.
source-added-partly = Por leer: { $pages }. Tardaré unos { $time }; la tarjeta de la fuente muestra cuánto llevo.
source-pages = Páginas: { $pages }
source-pages-of = Páginas: { $pages } de { $all }
source-changes = La última vez: { $taken } nuevas o cambiadas, { $unchanged } sin cambios, { $skipped } omitidas, { $gone } desaparecidas.
source-looked = Leída hace { $age }; otra vez dentro de { $next }.
source-never = Aún no la he leído.
source-syncing = La estoy leyendo. Vuelve a abrirla dentro de un rato.
source-failed = La última vez no pude leerla: { $reason }
source-skipped = Omitidas:
source-sync = Leer ahora
too-many-sources = Este servidor tiene { $limit } fuentes, el máximo que guardo. Quita una primero.
source-is-there = Ya es una fuente de este servidor: está en la lista de artículos.
forum-no-content = Para leer un foro necesito el Message Content Intent, que quien aloja el bot activa junto con AUTO_ANSWER_CHANNELS.
forum-hidden = No puedo leer ese foro. Necesito los permisos para verlo y para leer su historial de mensajes.

# Preguntas sin respuesta.

questions = Preguntas sin respuesta
no-questions = Aquí no hay nada: he respondido a todas las preguntas, o aún no hubo ninguna.
questions-asked = Preguntas de los últimos { $days } días: { $count }
questions-answered = Respondidas: { $count }
questions-unanswered = Sin respuesta: { $count }
questions-picture = Gráfico de columnas de las preguntas por día, del { $first } al { $last }: { $asked } hechas, { $answered } de ellas respondidas. Máximo en un día: { $most }.
question-details = Hecha { $count }×, la última vez el { $date }
open-question = Abrir una pregunta
question-wordings = También preguntado así:
question-nearest = Pasaje más cercano:
question-answered-now = Ahora respondo con:
write-answer = Escribir la respuesta
not-for-us = No es pregunta para nosotros
question-dismissed = Oculta. Ya no cuento esta pregunta.
question-reopened = Está de nuevo en la lista.
misleading = Pasajes que confunden
no-misleading = Nadie ha valorado una respuesta como poco útil.
most-quoted = Los más citados
not-quoted = No citados
quotes-summary = Artículos citados en los últimos { $days } días: { $quoted } de { $articles }
quotes-since = Contado desde el { $date }.
no-quotes = En este tiempo no he citado ningún artículo.
all-quoted = En este tiempo he citado todos los artículos.
no-quotes-counted = Todavía no se ha contado ninguna respuesta.
article-shared = compartido por todos los servidores
answer-chosen-here = Elegida por el equipo de este servidor
choose-answer = Responder siempre con…
answer-chosen = Respondo a esta pregunta con:
answer-unchosen = Vuelvo a buscar yo la respuesta a esta pregunta.
unchoose-answer = No responder con esto
chosen-answers = Respuestas elegidas
no-chosen-answers = Nadie ha elegido aún una respuesta. Abre una pregunta sin respuesta, o pulsa «{ other-passages }» debajo de una respuesta.
chosen-answer-gone = El pasaje elegido ha cambiado o ya no está: busco yo la respuesta.
too-many-chosen = Este servidor ha elegido { $limit } respuestas, el máximo que guardo. Renuncia primero a una.
export = Exportar
questions-file = Aquí están las preguntas en un archivo.
refused-unanswered-gone = Esta pregunta ya no está en la lista. Abre la lista de nuevo.

# Ajustes de un servidor.

settings-title = Ajustes de este servidor
settings-hint = Cada elección se guarda al momento. Lo que no se elige sigue al operador del bot.
setting-none = ninguno
setting-not-chosen = no elegido aquí
setting-private = Respuestas a los comandos
setting-private-yes = solo las ve quien pregunta
setting-private-no = las ve todo el mundo
setting-shared = Artículos comunes a todos los servidores
setting-shared-yes = los cito
setting-shared-no = no los cito
setting-threads = Respuestas en hilos propios
setting-threads-yes = sí
setting-threads-no = no
setting-unasked = Respondo sin que me pregunten en
setting-unasked-off = No recibo los mensajes que no van dirigidos a mí. El operador del bot puede cambiarlo con AUTO_ANSWER_CHANNELS
setting-sure = Cuánta certeza necesito para ello
setting-sure-from = { $percent } % o más
setting-language = Idioma
setting-language-automatic = el del servidor en Discord
setting-helpers = Canal del equipo
setting-digest = Resumen semanal
setting-digest-refused = no pude escribir ahí. Elige el canal de nuevo
weekly-most-asked = La más preguntada sin respuesta
setting-kept = Preguntas sin respuesta que guardo
setting-kept-all = todas, también las privadas
setting-kept-public = las que todos podían ver
setting-kept-none = ninguna
setting-days = Se guardan durante
setting-several = Preguntas sin respuesta que muestro
setting-several-yes = las que hicieron dos personas en un mismo día
setting-several-no = todas
set-several-yes = Mostrar solo lo que preguntaron dos personas
set-several-no = Mostrar todas las preguntas
questions-of-one = Preguntas que no muestro porque no las hicieron dos personas en un mismo día: { $count }
set-private-yes = Responder en privado
set-private-no = Responder para todos
set-shared-yes = Citar los artículos comunes
set-shared-no = No citar los artículos comunes
set-threads-yes = Responder en hilos
set-threads-no = Responder sin hilos
pick-unasked = Canales donde respondo sin que me pregunten
settings-answers = Cómo respondo
settings-questions = Equipo y preguntas
settings-reset = Seguir al operador
setting-days-count = { $days ->
    [one] un día
   *[other] { $days } días
}
