# The bot's own words in Russian (вы). Not yet reviewed by a native reader.

# Commands. Names have 1 to 32 lower-case letters, descriptions 1 to 100 characters.

command-ask = спросить
    .description = Задайте вопрос и получите ответ — цитату из статей
    .question = вопрос
    .question-description = Ваш вопрос
    .article = статья
    .article-description = Искать только в этой статье (оставьте пустым, чтобы искать во всех)
    .private = лично
    .private-description = Ответ увидите только вы
command-search = поиск
    .description = Найти отрывки с определёнными словами
    .keywords = слова
    .keywords-description = Слова для поиска; "кавычки" — точная фраза, -слово — исключить
    .article = статья
    .article-description = Искать только в этой статье (оставьте пустым, чтобы искать во всех)
command-summary = пересказ
    .description = Краткое содержание статьи её собственными предложениями
    .article = статья
    .article-description = Какая статья (оставьте пустым для всех)
    .length = длина
    .length-description = Длина пересказа
    .length-short = Коротко: около 3 предложений
    .length-medium = Средне: около 6 предложений
    .length-long = Подробно: около 12 предложений или пятая часть длинной статьи
    .focus = тема
    .focus-description = Только предложения на эту тему
    .private = лично
    .private-description = Пересказ увидите только вы
command-articles = статьи
    .description = Список всех статей
command-article = статья
    .description = Узнать, о чём статья, и прочитать её
    .name = название
    .name-description = Название статьи
command-help = помощь
    .description = Как задавать мне вопросы, с примером
command-about = информация
    .description = Об этом боте: версия, статьи и время работы
command-reload = перезагрузить
    .description = Загрузить статьи заново (только для владельца бота)
command-find = Найти в статьях
command-knowledge = знания
    .description = Статьи этого сервера (для тех, кто им управляет)
    .add = добавить
    .add-description = Добавить файлы или страницу, которые я смогу цитировать на этом сервере
    .write = написать
    .write-description = Написать статью, которую я смогу цитировать на этом сервере
    .write-title = заголовок
    .write-title-description = Заголовок: лучше всего вопрос, как его задают участники
    .forum = форум
    .forum-description = Цитировать ответы с форума этого сервера
    .forum-channel = канал
    .forum-channel-description = Форум
    .forum-role = роль
    .forum-role-description = Чьи ответы учитывать, кроме закреплённых (пусто: только закреплённые и решённые)
    .list = список
    .list-description = Посмотреть, изменить и удалить статьи этого сервера
    .try = проверить
    .try-description = Спросите, как участники, и узнайте, почему ответ такой
    .try-question = вопрос
    .try-question-description = О чём спросить
    .try-role = роль
    .try-role-description = Как участник с этой ролью (пусто: без ролей)
    .try-channel = канал
    .try-channel-description = Как если бы спросили в этом канале (пусто: в текущем)
command-teach = Добавить в статьи
command-insights = пробелы
    .description = Вопросы, на которые я не смог ответить (для тех, кто управляет сервером)
command-settings = настройки
    .description = Как я работаю на этом сервере (для тех, кто им управляет)

# Answers.

certainty-very-likely = Очень вероятно
certainty-likely = Вероятно
certainty-possibly = Возможно
corrected = «{ $typed }» прочитано как «{ $read }»
or-this = Или так:
also-in = Также в: { $titles }
other-language = Язык статьи: { $language }
place-paragraphs = { $path }, { $count ->
    [one] абзац { $numbers }
   *[other] абзацы { $numbers }
}
place-rows = { $path }, { $count ->
    [one] строка { $numbers }
   *[other] строки { $numbers }
}
on-pages = { $count ->
    [one] страница { $numbers }
   *[other] страницы { $numbers }
}
place-pages = { $path }, { on-pages }
did-you-mean = Я не уверен. Возможно, вы имели в виду что-то из этого?
no-answer = { $articles ->
    [one] Поиск в { $articles } статье не дал ответа.
   *[other] Поиск в { $articles } статьях не дал ответа.
}
no-answer-in-article = Поиск в статье «{ $title }» не дал ответа.
no-articles = Статей пока нет.
purpose = Задайте мне вопрос о статьях. /{ command-help } покажет, как это сделать.
rephrase = Попробуйте другими словами или назовите человека или предмет, о котором спрашиваете.
nearest-passages = Самые близкие отрывки
show-passage = Показать отрывок целиком
no-other-passages = Других отрывков об этом нет.

# Buttons and feedback.

sections = Разделы:
read-on = Читать дальше
other-passages = Другие отрывки
share = Поделиться в канале
shared-by = Делится
follow-up = Спросить ещё
reply-withheld = Я не могу прочитать этот ответ: Discord не передаёт мне ответы на результаты команд. Нажмите «{ follow-up }» или упомяните меня в сообщении.
helpful = 👍 Полезно
not-helpful = 👎 Не помогло
delete = Удалить
summary = Пересказ
longer = Подробнее
shorter = Короче
ask-about-this = Спросить об этом
read-in-article = Читать в статье
page-previous = Назад
page-next = Вперёд
page-number = Страница { $page } из { $pages }
feedback-helpful = Спасибо за отзыв!
feedback-not-helpful = Спасибо за отзыв! Попробуйте другими словами или найдите все отрывки с нужным словом через /{ command-search }.

# Asking the helpers.

helpers = Возможно, знают здесь:
ask-helpers = Спросить помощников
helpers-asked = Вопрос передан помощникам:
helpers-question = Мне не удалось найти ответ на этот вопрос. Спрашивает
helpers-refused = Мне нельзя писать в канале помощников. Спросите там сами:
go-to-question = Перейти к вопросу

# Articles.

search-no-results = Ни один отрывок не содержит этих слов.
articles-title = Статьи
articles-count = { $articles ->
    [one] { $articles } статья, { $passages ->
        [one] { $passages } отрывок
        [few] { $passages } отрывка
       *[other] { $passages } отрывков
    }. Спрашивайте!
    [few] { $articles } статьи, отрывков: { $passages }. Спрашивайте!
   *[other] { $articles } статей, отрывков: { $passages }. Спрашивайте!
}
open-article = Открыть статью
no-such-article = Статьи «{ $name }» нет. Возможно, вы имели в виду одну из этих?
no-article-called = Статьи «{ $name }» нет. /{ command-articles } покажет список всех статей.
more-headings = и ещё { $more }
article-does-not-say = В статье «{ $title }» об этом не сказано.
article-length = { $words ->
    [one] { $words } слово
    [few] { $words } слова
   *[other] { $words } слов
} · { $minutes } мин чтения
read = Читать
download = Скачать текст
original = Оригинал
file = Вот текст статьи «{ $title }».
file-too-large = Статья «{ $title }» слишком велика для Discord. Нажмите «{ read }», чтобы читать её постранично.

# Summaries.

summary-verbatim = Предложения процитированы дословно.
summary-complete = Короткая статья: это весь текст.
summary-off-topic = В статье «{ $title }» об этой теме ничего не сказано.
summary-impossible = Статью «{ $title }» не удаётся пересказать. Прочитайте её через /{ command-article }.
digest-off-topic = { $articles ->
    [one] Статья ничего не говорит об этой теме.
   *[other] Ни одна из статей (всего { $articles }) ничего не говорит об этой теме.
}
overview-title = По одному предложению из каждой статьи
key-phrases = Темы: { $phrases }
ask-about-article = Спросите о статье «{ $title }» через /{ command-ask } или выберите вопрос ниже.
pick-question = Выберите вопрос или тему

# Help and about.

help-title = Спросите меня о статьях
help = { $articles ->
    [one] Я знаю { $articles } статью и отвечаю дословными цитатами. Упомяните меня с вопросом, нажмите «{ follow-up }» под ответом или напишите мне личное сообщение.
    [few] Я знаю { $articles } статьи и отвечаю дословными цитатами. Упомяните меня с вопросом, нажмите «{ follow-up }» под ответом или напишите мне личное сообщение.
   *[other] Я знаю { $articles } статей и отвечаю дословными цитатами. Упомяните меня с вопросом, нажмите «{ follow-up }» под ответом или напишите мне личное сообщение.
}
help-example = Например:
help-message-command = Чтобы найти текст сообщения, щёлкните по нему правой кнопкой (на телефоне — удерживайте) и выберите Приложения › { command-find }.
example-question = Что известно про { $topic }?
about = Я отвечаю на вопросы дословными цитатами из статей. Я ничего не выдумываю и не отправляю ваши вопросы другим сервисам.
about-version = Версия
about-articles = Статьи
about-passages = Отрывки
about-uptime = Время работы
about-latency = Задержка
about-source-code = Исходный код
uptime-minutes = { $large } мин { $small } с
uptime-hours = { $large } ч { $small } мин
uptime-days = { $large } д { $small } ч

# Reloading.

reload-done = Статьи загружены заново.
reload-unchanged = Статьи загружены заново. Ничего не изменилось.
reload-failed = Не удалось загрузить статьи заново. Остаются прежние.
reload-added = Добавлены
reload-changed = Изменены
reload-removed = Удалены
reload-rejected = Непригодны

# Refusals and errors.

refused-too-long = Вопрос слишком длинный. Не больше 1000 символов, пожалуйста.
refused-article-changed = С тех пор статья изменилась. Спросите ещё раз.
refused-question-gone = Я больше не вижу вопроса. Спросите ещё раз.
refused-no-text = В этом сообщении нет текста, который я могу искать.
refused-unknown-component = Эта кнопка от другой моей версии. Спросите ещё раз.
refused-unknown-command = Я не знаю этой команды. Возможно, Discord ещё не показывает мои нынешние команды.
refused-not-operator = Эта команда доступна только владельцу бота.
refused-not-asker = Удалить это могут только автор вопроса и модераторы.
rate-limited = Вы спрашиваете слишком быстро. Попробуйте снова через { $seconds } с.
failed = Что-то пошло не так. Сообщите владельцу бота этот код: { $id }
missing-permission = Чтобы показать это как следует, мне нужно право «{ $permission }» в этом канале.
permission-embed = Встраивать ссылки
permission-embed-or-attach = Встраивать ссылки» или «Прикреплять файлы

# The languages of articles.

language-ar = арабский
language-be = белорусский
language-bg = болгарский
language-bn = бенгальский
language-ca = каталанский
language-cs = чешский
language-da = датский
language-de = немецкий
language-el = греческий
language-en = английский
language-eo = эсперанто
language-es = испанский
language-et = эстонский
language-fa = персидский
language-fi = финский
language-fr = французский
language-he = иврит
language-hi = хинди
language-hr = хорватский
language-hu = венгерский
language-hy = армянский
language-id = индонезийский
language-it = итальянский
language-ja = японский
language-ka = грузинский
language-ko = корейский
language-lt = литовский
language-lv = латышский
language-nb = норвежский
language-ne = непальский
language-nl = нидерландский
language-pl = польский
language-pt = португальский
language-ro = румынский
language-ru = русский
language-sk = словацкий
language-sl = словенский
language-sr = сербский
language-sv = шведский
language-ta = тамильский
language-th = тайский
language-tr = турецкий
language-uk = украинский
language-vi = вьетнамский
language-zh = китайский

# Ответы без вопроса к боту и публикации на форумах.

solved = ✅ Решено
wrong = 👎 Неверно
solved-tagged = Рад помочь! Публикация отмечена как решённая.
solved-not-permitted = Рад помочь! Чтобы отмечать публикации как решённые, мне нужно право «{ $permission }» на этом форуме.
solved-failed = Рад помочь! Не удалось отметить публикацию как решённую. Пожалуйста, добавьте тег сами.
permission-manage-threads = Управлять ветками
refused-not-author = Отметить публикацию как решённую могут только её автор и модераторы.

# Статьи сервера, которые его участники пишут в Discord.

permission-manage-server = Управлять сервером
write-article = Написать статью
edit-article = Изменить статью
article-title = Заголовок
article-title-hint = Лучше всего вопрос, как его задают участники
article-text = Текст
article-text-hint = Участники видят его слово в слово. Markdown работает.
add-articles = Добавить статьи
add-files = Файлы
add-files-hint = До пяти: тексты, страницы, PDF, документы или .zip с ними
add-address = Адрес страницы
add-address-hint = Вместо файлов: https://… Карту сайта, ленту и репозиторий Git я смотрю каждый день
draft-title = Добавить в статьи этого сервера?
draft-nothing = Ничего из этого не может быть статьёй.
draft-passages = Фрагментов: { $passages }
draft-replaces = Заменяет статью, добавленную { $age } назад. Новых фрагментов: { $new }, исчезнет: { $gone }
draft-dropped = Пропущенных частей, например навигации: { $parts }
draft-more = И ещё { $more }
draft-left-out = Не добавлено:
draft-add = Добавить
draft-replace = Заменить
cancel = Отмена
draft-added = Добавлено. Теперь я цитирую это на этом сервере.
draft-discarded = Ничего не добавлено.
draft-changed = Статьи этого сервера тем временем изменились. Посмотрите ещё раз.
file-too-large = больше { $limit } МБ, больше я не храню
file-format = не тот формат, который я читаю
file-damaged = повреждён или защищён паролем
file-too-much = в архиве слишком много
file-gone = У Discord больше нет этого файла. Загрузите его ещё раз
file-unreachable = сейчас не скачивается. Попробуйте через минуту
file-address = не тот адрес, который я могу прочитать. Нужна общедоступная страница, адрес которой начинается с https://
refused-files-or-address = Загрузите файлы или введите адрес: что-то одно.
refused-draft-gone = Это уже добавлено или отменено, или прошло больше часа. Начните заново.
article-sample = На «{ $title }» я бы ответил:
article-no-sample = На «{ $title }» у меня нет уверенного ответа. Помогает, если в тексте есть слова вопроса.
own-articles = Статьи этого сервера
no-own-articles = У этого сервера ещё нет своих статей. /{ command-knowledge } { command-knowledge.write } добавляет статью.
own-articles-count = Статей: { $articles } из { $limit } возможных.
edit = Изменить
remove = Удалить
undo = Отменить
article-removed = Удалено. Я больше не цитирую эту статью. В течение десяти минут это можно отменить.
article-restored = Статья снова на месте.
teaching-too-many = На этом сервере { $limit } статей, больше я не храню. Сначала удалите одну из них.
teaching-too-large = Статья больше { $limit } МБ, больше я не храню.
teaching-server-full = Статьи этого сервера заняли бы больше { $limit } МБ, больше я не храню. Сначала удалите одну из них.
teaching-unavailable = Сейчас у меня нет доступа к тому, что я храню, поэтому ничего не изменилось. На вопросы я по-прежнему отвечаю. Владелец бота найдёт причину в журнале.
teaching-disk-full = Диск, на котором я храню статьи, заполнен, поэтому ничего не изменилось. На вопросы я по-прежнему отвечаю. Владелец бота должен освободить на нём место.
refused-not-manager = Видеть и изменять статьи и настройки сервера могут только те, у кого есть право «{ permission-manage-server }», и только на этом сервере.
refused-nothing-entered = Статье нужен заголовок не длиннее 100 знаков и текст не длиннее 4000.
refused-own-article-gone = Этой статьи больше нет, или она изменилась. Откройте список заново.
refused-too-late-to-undo = Отменять уже поздно.
gate = Кто может её видеть
gate-roles = Роли
gate-roles-hint = Участники с одной из них. Пусто: любая роль.
gate-channels = Каналы и форумы
gate-channels-hint = Где её цитировать, включая ветки. Пусто: везде.
gate-open = Её видят все на этом сервере.
tried = Так это видят участники
tried-role = Роль
tried-no-role = нет роли
tried-channel = Канал
tried-why = Почему
tried-words-alike = Похожие слова
teaching-too-many-gates = На этом сервере уже { $limit } разных ответа на вопрос, кто может видеть статью, больше я не храню. Выберите один из них.
sources = Источники, которые я перечитываю сам:
source = Источник этого сервера
open-source = Открыть источник
source-kind-page = Страница
source-kind-sitemap = Карта сайта
source-kind-feed = Лента
source-kind-repository = Репозиторий Git
source-kind-forum = Форум
source-daily = Я смотрю его каждый день: что там изменится, то я и буду цитировать.
source-forum-note = Этот форум видят все, поэтому я цитирую ответы всем. Если скрыть форум, я это учту. «Кто может её видеть» в списке статей важнее. Имён я не храню.
source-forum-private = Этот форум видят не все, поэтому я цитирую ответы только тем, кто его видит. Если его права изменятся, я это учту. «Кто может её видеть» в списке статей важнее. Имён я не храню.
source-forum-follows = Как на форуме: это зависит от его прав доступа.
source-forum-chosen = Выбрано здесь, какими бы ни были права форума. Чтобы следовать им, оставьте оба поля пустыми; чтобы цитировать ответы всем, выберите @everyone.
source-later = Ещё не прочитано: { $pages }. Прочитаю, как только вы добавите источник.
source-partly = Прочитано страниц: { $pages } из { $all }. Я читаю не больше одной в секунду и начну цитировать остальные, когда прочитаю все.
source-added-partly = Осталось прочитать: { $pages }. Это займёт примерно { $time }; карточка источника показывает, сколько уже прочитано.
source-pages = Страниц: { $pages }
source-pages-of = Страницы: { $pages } из { $all }
source-changes = В прошлый раз: новых или изменённых { $taken }, без изменений { $unchanged }, пропущено { $skipped }, исчезло { $gone }.
source-looked = Прочитано { $age } назад, снова через { $next }.
source-never = Я его ещё не смотрел.
source-syncing = Я его сейчас читаю. Откройте снова чуть позже.
source-failed = В прошлый раз прочитать не удалось: { $reason }
source-skipped = Пропущено:
source-sync = Прочитать сейчас
too-many-sources = У этого сервера уже { $limit } источников — больше я не храню. Сначала удалите один.
source-is-there = Это уже источник этого сервера: он есть в списке статей.
forum-no-content = Чтобы читать форум, мне нужен Message Content Intent. Его включает владелец бота вместе с AUTO_ANSWER_CHANNELS.
forum-hidden = Я не могу прочитать этот форум. Мне нужны права видеть его и читать историю сообщений.

# Вопросы без ответа.

questions = Вопросы без ответа
no-questions = Здесь пусто: я ответил на все вопросы, или их ещё не было.
questions-asked = Вопросы за последние дни ({ $days }): { $count }
questions-answered = С ответом: { $count }
questions-unanswered = Без ответа: { $count }
questions-picture = Столбчатая диаграмма вопросов по дням, с { $first } по { $last }: задано: { $asked }, с ответом: { $answered }. Больше всего за день: { $most }.
question-details = Задан { $count }×, последний раз { $date }
open-question = Открыть вопрос
question-wordings = Спрашивали и так:
question-nearest = Ближайший отрывок:
question-answered-now = Теперь я отвечаю так:
write-answer = Написать ответ
not-for-us = Вопрос не к нам
question-dismissed = Скрыто. Я больше не считаю этот вопрос.
question-reopened = Вопрос снова в списке.
misleading = Отрывки, которые сбивают с толку
no-misleading = Никто не отметил ответ как бесполезный.
most-quoted = Чаще всего цитируются
not-quoted = Не цитировались
quotes-summary = Процитировано статей за последние { $days } дн.: { $quoted } из { $articles }
quotes-since = Подсчёт ведётся с { $date }.
no-quotes = За это время я не процитировал ни одной статьи.
all-quoted = За это время я процитировал все статьи.
no-quotes-counted = Ответы ещё не подсчитаны.
article-shared = общая для всех серверов
answer-chosen-here = Выбрано командой этого сервера
choose-answer = Всегда отвечать этим…
answer-chosen = На этот вопрос я отвечаю так:
answer-unchosen = Я снова сам ищу ответ на этот вопрос.
unchoose-answer = Не отвечать этим
chosen-answers = Выбранные ответы
no-chosen-answers = Пока никто не выбрал ответ. Откройте вопрос без ответа или нажмите «{ other-passages }» под ответом.
chosen-answer-gone = Выбранный отрывок изменился или исчез: я ищу ответ сам.
too-many-chosen = На этом сервере выбрано { $limit } ответов, больше я не храню. Сначала откажитесь от одного из них.
export = Экспорт
questions-file = Вот вопросы в файле.
refused-unanswered-gone = Этого вопроса больше нет в списке. Откройте список заново.

# Настройки сервера.

settings-title = Настройки этого сервера
settings-hint = Каждый выбор сохраняется сразу. То, что не выбрано, зависит от владельца бота.
setting-none = нет
setting-not-chosen = здесь не выбрано
setting-private = Ответы на команды
setting-private-yes = их видит только тот, кто спросил
setting-private-no = их видят все
setting-shared = Общие статьи всех серверов
setting-shared-yes = цитирую их
setting-shared-no = не цитирую их
setting-threads = Ответы в отдельных ветках
setting-threads-yes = да
setting-threads-no = нет
setting-unasked = Отвечаю без вопроса ко мне в
setting-unasked-off = Я не получаю сообщений, адресованных не мне. Владелец бота может изменить это в AUTO_ANSWER_CHANNELS
setting-sure = Насколько я должен быть уверен
setting-sure-from = { $percent } % или больше
setting-language = Язык
setting-language-automatic = язык сервера в Discord
setting-helpers = Канал помощников
setting-digest = Еженедельная сводка
setting-digest-refused = не удалось туда написать. Выберите канал ещё раз
weekly-most-asked = Самый частый вопрос без ответа
setting-kept = Вопросы без ответа, которые я храню
setting-kept-all = все, и личные тоже
setting-kept-public = те, которые могли видеть все
setting-kept-none = никакие
setting-days = Хранятся
setting-several = Вопросы без ответа, которые я показываю
setting-several-yes = те, что задали два человека за один день
setting-several-no = все
set-several-yes = Показывать только заданное двумя людьми
set-several-no = Показывать все вопросы
questions-of-one = Вопросы, которые я не показываю, потому что их не задали два человека за один день: { $count }
set-private-yes = Отвечать лично
set-private-no = Отвечать для всех
set-shared-yes = Цитировать общие статьи
set-shared-no = Не цитировать общие статьи
set-threads-yes = Отвечать в ветках
set-threads-no = Отвечать без веток
pick-unasked = Каналы, где я отвечаю без вопроса ко мне
settings-answers = Как я отвечаю
settings-questions = Помощники и вопросы
settings-reset = Как у владельца бота
setting-days-count = { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}
