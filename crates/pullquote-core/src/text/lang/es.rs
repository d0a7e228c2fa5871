//! Spanish.

use super::{Abbreviations, AboutLists, FollowUpLists, Lang, PaddingLists, PresentLists};
use frostem::Algorithm;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    code: "es",
    detected: Detected::Spa,
    stemmer: Some(Algorithm::Spanish),
    respelling: None,
    irregular_forms: "",
    related_words: include_str!("es_related.txt"),
    function_words: "\
        que quien quienes cual cuales cuando donde por como cuanto cuanta cuantos cuantas hola gracias \
        favor fue fueron era eran hay significa",
    question_words: "quién quiénes qué cuándo dónde cuál cuáles cómo cuánto cuánta cuántos cuántas",
    padding: PaddingLists {
        words: "\
            hola buenas buenos dias tardes noches gente chicos amigos todos a mods saludos gracias antemano \
            muchas perdon perdonen disculpa disculpen siento molestia molestar canal correcto equivocado aqui \
            nuevo nueva novato pregunta duda rapida consulta ayuda ayudar ayudenme ayudeme favor porfa porfavor \
            urgente rapido prisa tiempo horas hora semanas llevo desde hace intentando intentado probado buscado \
            google encontrado nada desesperado desesperada loco loca alguien sabe saben sabria sabes idea jaja \
            jajaja xd lol pues bueno entonces",
        pleas: "alguien ayuda ayudar sabe saben idea ideas consejo aqui",
        interrogatives: "como cuando donde cual cuales cuanto",
        joiners: "y e",
        openers: "\
            gracias perdon disculpa porfa ayuda saludos",
    },
    amount_words: "\
        cero uno una un dos tres cuatro cinco seis siete ocho nueve diez once doce docena veinte treinta \
        cien ciento mil millon millones medio mitad cuarto ambos ningun ninguno ninguna nunca todos todas \
        cada siempre diario diariamente semanal mensual anual varios pocos muchos ilimitado gratis",
    amount_questions: "cuanto|cuanta|cuantos|cuantas|que edad|que puerto",
    time_questions: "\
        cuando|desde cuando|hasta cuando|que ano|en que ano|que hora|que fecha|que dia",
    time_words: "\
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes \
        martes miercoles jueves viernes sabado domingo hoy manana ayer mediodia medianoche tarde noche dia \
        dias semana semanas mes meses ano anos hora horas minuto minutos siglo primavera verano otono \
        invierno navidad ahora pronto luego actualmente recientemente hace ya despues antes hasta desde \
        durante mientras cuando si tras inicio fin final",
    greetings: "hola|buenos dias|buenas tardes|buenas noches|gracias|muchas gracias",
    about: AboutLists {
        ignored: "es son el la los las un una por favor puedes podrias me",
        pointers: "\
            este esta esto ese eso articulo texto pagina nota original completo completa aqui lo",
        author: "\
            quien escribio *|quien autor|quien autor de *|autor de *|quien * autor|de quien *",
        date: "\
            cuando se publico *|cuando fue publicado *|cuando salio *|fecha de *|de cuando *|\
            cuando se escribio *",
        publisher: "\
            de que periodico *|que periodico *|de que diario *|quien publico *|donde se publico *|\
            de donde *|fuente de *|de donde viene *",
        source: "\
            donde puedo leer *|donde puedo leerlo|donde encuentro *|enlace a *|enlace de *|enlace *|\
            link de *",
        gist: "\
            de que trata *|de que va *|que dice *|resume *|resumen de *|resumen *|resumir *|\
            puntos clave de *|puntos clave *|cuales puntos clave *|idea principal de *|\
            cual idea principal de *|cual argumento principal de *|cual argumento principal *|tldr *|\
            tl dr *",
        length: "\
            cuantas palabras tiene *|cuanto mide *|longitud de *|que tan largo *|cuanto se tarda en leer *",
        articles: "\
            que articulos tienes|que articulos hay|lista de articulos|que sabes|que temas conoces|\
            muestra articulos",
        help: "\
            que puedo preguntarte|que te puedo preguntar|que puedo preguntar|que puedes hacer|que hacer|\
            como funcionas|quien eres|eres bot|eres ia|eres humano|quien te hizo",
    },
    present: PresentLists {
        ways: "como por donde cual cuales",
        now: "ahora|hoy|ahora mismo|actualmente|en este momento|esta noche|esta tarde",
        be: "es esta estan estas sigue siguen hay",
        states: "caido caida caidos caidas offline online down conectado conectada conectados",
        places: "aqui ahi despierto",
        anybody: "alguien",
        rules: "posible permitido obligatorio necesario puede puedo como modo",
        around: "\
            para alguien mas me a ti vosotros ustedes todos hoy ahora mismo otra vez aun todavia ya tambien \
            solo o no el la los las",
    },
    follow_up: FollowUpLists {
        interjections: "ok vale ah oh bueno genial gracias",
        openers: "y que hay de|y que pasa con|que hay de|que pasa con|que tal|y|pero|lo mismo para|igual para",
        prepositions: "en con para por sin de del desde sobre durante",
        pronouns: "eso esto ello el ella ellos ellas lo alli",
    },
    bylines: "por",
    help_words: "ayuda",
    back_references: "él ella ellos esto pero",
    forward_references: "abajo siguiente siguientes",
    abbreviations: Abbreviations {
        before_name: "av dr dra prof sr sra",
        before_number: "art fig num núm pág vol",
        anywhere: "etc",
    },
    sentence_starts: "el en la las los un",
    dotted_ordinals: false,
    spaces_between_syllables: false,
    accents_tell_words_apart: false,
};
