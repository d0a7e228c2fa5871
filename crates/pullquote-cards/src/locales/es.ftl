# Lo que dice el propio bot, en español.

# Comandos. Nombres: de 1 a 32 minúsculas; descripciones: de 1 a 100 caracteres.

command-ask = preguntar
    .description = Haz una pregunta a los artículos y lee las frases que la responden
    .question = pregunta
    .question-description = Lo que quieres saber
    .article = artículo
    .article-description = Buscar solo en este artículo
    .private = privado
    .private-description = Mostrar la respuesta solo a ti
command-search = buscar
    .description = Encontrar los pasajes que contienen ciertas palabras
    .keywords = palabras
    .keywords-description = Palabras buscadas; "entre comillas" van juntas, con -menos no deben aparecer
    .article = artículo
    .article-description = Buscar solo en este artículo
command-summary = resumen
    .description = Lee lo esencial de un artículo en sus propias frases
    .article = artículo
    .article-description = Qué artículo; todos si no eliges ninguno
    .length = extensión
    .length-description = Qué extensión
    .length-short = Corto: unas tres frases
    .length-medium = Medio: unas seis frases
    .length-long = Largo: unas doce frases, un quinto de un artículo largo
    .focus = tema
    .focus-description = Solo lo que se dice sobre esto
    .private = privado
    .private-description = Mostrar el resumen solo a ti
command-articles = artículos
    .description = Ver qué artículos hay
command-article = artículo
    .description = Abrir un artículo: de qué trata, y su texto para leer
    .name = nombre
    .name-description = Qué artículo
command-help = ayuda
    .description = Qué puedes preguntar, con un ejemplo
command-about = acerca
    .description = Qué es este bot y cómo le va
command-reload = recargar
    .description = Volver a leer los artículos (para quien aloja el bot)
command-find = Buscar en los artículos

# Respuestas.

very-likely = Muy probable
likely = Probable
possibly = Quizás
read-as = «{ $typed }» leído como «{ $read }»
did-you-mean = No estoy seguro. ¿Te refieres a algo de esto?
unknown = { $articles ->
    [one] He buscado en el único artículo que tengo, y no lo dice.
   *[other] He buscado en { $articles } artículos, y no lo dicen.
}
unknown-in-article = He buscado en «{ $title }», y no lo dice.
no-articles = Todavía no hay artículos.
small-talk = Estoy aquí para preguntas sobre los artículos: /{ command-help } muestra qué puedes preguntar.
rephrase = Prueba con otras palabras, o nombra de quién o de qué se trata.
nearest = Lo más cercano que tengo
show-passage = Ver un pasaje entero
nothing-else = No hay más pasajes sobre esto.

# Botones.

more-context = Más contexto
other-passages = Otros pasajes
share = Compartir en el canal
shared-by = compartido por
helps = Sí, me ayuda
helps-not = No
summary = Resumen
longer = Más largo
shorter = Más corto
ask-about = Preguntar sobre esto
read-on = Seguir leyendo en el artículo
page-before = Atrás
page-after = Siguiente
page-number = Página { $page } de { $pages }
thanks = ¡Gracias, es bueno saberlo!
sorry = Lo siento. Con otras palabras se encuentra a menudo más; /{ command-search } muestra cada pasaje con una palabra.

# Artículos.

search-nothing = { $articles ->
    [one] El artículo no contiene ningún pasaje con estas palabras.
   *[other] Ninguno de los { $articles } artículos contiene un pasaje con estas palabras.
}
articles-title = Artículos
articles-count = { $articles ->
    [one] Un artículo con { $passages ->
        [one] un pasaje
       *[other] { $passages } pasajes
    }. ¡Pregúntame!
   *[other] { $articles } artículos con { $passages } pasajes. ¡Pregúntame!
}
open-article = Abrir un artículo
no-such-article = No tengo ningún artículo llamado «{ $name }». ¿Es uno de estos?
more-headings = y { $more } más
article-length = { $words ->
    [one] Una palabra
   *[other] { $words } palabras
} · { $minutes ->
    [one] un minuto de lectura
   *[other] { $minutes } minutos de lectura
}
read = Leer
as-file = Como archivo
original = Original
file = Aquí está el texto de «{ $title }».
file-too-large = «{ $title }» es demasiado grande para Discord. «{ read }» lo muestra página por página.

# Resúmenes.

summary-how = Frases elegidas, palabra por palabra.
summary-whole = El artículo es corto: esto es todo lo que dice.
summary-nothing = «{ $title }» no dice nada sobre esto.
summary-none = «{ $title }» no tiene frases que puedan resumirlo. /{ command-article } lo abre.
digest-nothing = { $articles ->
    [one] El artículo no dice nada sobre esto.
   *[other] Ninguno de los { $articles } artículos dice nada sobre esto.
}
overview-title = Los artículos, una frase de cada uno
key-phrases = Sobre { $phrases }
ask-about-how = Pregunta sobre «{ $title }» con /{ command-ask }, o elige de la lista.
pick-question = Elegir una pregunta o un tema

# Ayuda e información.

help-title = Pregúntame lo que quieras sobre los artículos
help = { $articles ->
    [one] Conozco un artículo y respondo con sus palabras. Mencióname con una pregunta, respóndeme o escríbeme directamente.
   *[other] Conozco { $articles } artículos y respondo con sus palabras. Mencióname con una pregunta, respóndeme o escríbeme directamente.
}
help-example = Por ejemplo:
help-message-command = En un mensaje: clic derecho o mantén pulsado, luego Aplicaciones › { command-find }.
example-question = ¿Qué se dice de { $subject }?
about = Respondo preguntas a partir de artículos, palabra por palabra. Nada es inventado, y nada sale de la máquina en la que funciono.
about-version = Versión
about-articles = Artículos
about-passages = Pasajes
about-uptime = En marcha desde hace
about-latency = Latencia
about-source-code = Código fuente
reload-done = He vuelto a leer los artículos.
reload-same = He vuelto a leer los artículos: nada ha cambiado.
reload-kept = No se pudieron volver a leer los artículos; los anteriores siguen respondiendo.
reload-added = Añadidos
reload-changed = Cambiados
reload-removed = Eliminados
reload-failed = No utilizables
uptime-minutes = { $large } min { $small } s
uptime-hours = { $large } h { $small } min
uptime-days = { $large } d { $small } h

# Lo que no se puede.

refused-too-long = ¡Qué pregunta tan larga! Pregunta en 1.000 caracteres como máximo.
refused-changed = Los artículos han cambiado desde entonces. Vuelve a preguntar.
refused-question-lost = Ya no veo la pregunta. Vuelve a hacerla.
refused-no-text = En este mensaje no hay texto que pueda buscar.
refused-control = Este botón es de otra versión de mí. Vuelve a preguntar.
refused-command = Ya no conozco este comando. Discord puede tardar un momento en mostrar los actuales.
refused-not-owner = Solo puede hacerlo quien me aloja. Yo mismo noto los artículos cambiados.
too-fast = No leo tan deprisa. Espera { $seconds } s y vuelve a preguntar.

# Lo que falla.

failed = Lo siento, algo ha fallado por mi parte. Quien me aloja encontrará el motivo en mi registro con el código { $id }.
missing-permission = Aquí necesito el permiso «{ $permission }» para mostrar esto como es debido.
permission-embed = Insertar enlaces
