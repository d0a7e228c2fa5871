# The bot's own words in English. The other files have the same messages and variables.

# Commands. Names have 1 to 32 lower-case letters, descriptions 1 to 100 characters.

command-ask = ask
    .description = Ask a question and get an answer quoted from the articles
    .question = question
    .question-description = Your question
    .article = article
    .article-description = Search only this article (leave empty for all)
    .private = private
    .private-description = Only you will see the answer
command-search = search
    .description = Find passages containing certain words
    .keywords = keywords
    .keywords-description = Words to find; "quotes" for an exact phrase, -word to exclude
    .article = article
    .article-description = Search only this article (leave empty for all)
command-summary = summary
    .description = Summarise an article in its own sentences
    .article = article
    .article-description = Which article (leave empty for all)
    .length = length
    .length-description = Length of the summary
    .length-short = Short: about 3 sentences
    .length-medium = Medium: about 6 sentences
    .length-long = Long: about 12 sentences, or a fifth of a long article
    .focus = focus
    .focus-description = Only sentences about this topic
    .private = private
    .private-description = Only you will see the summary
command-articles = articles
    .description = List all articles
command-article = article
    .description = See what an article is about, and read it
    .name = name
    .name-description = Title of the article
command-help = help
    .description = How to ask me questions, with an example
command-about = about
    .description = About this bot: version, articles and uptime
command-reload = reload
    .description = Reload the articles (bot operator only)
command-find = Find in articles
command-knowledge = knowledge
    .description = Articles of this server (for people who manage it)
    .add = add
    .add-description = Add files, or a page by its address, that I can quote in this server
    .write = write
    .write-description = Write an article that I can quote in this server
    .write-title = title
    .write-title-description = Its title: best a question, as members ask it
    .forum = forum
    .forum-description = Quote the answers in a forum of this server
    .forum-channel = channel
    .forum-channel-description = The forum
    .forum-role = role
    .forum-role-description = Whose answers count, besides pinned ones (leave empty for pinned and solved ones only)
    .list = list
    .list-description = See, edit and remove the articles of this server
    .try = try
    .try-description = Ask a question as members would, and see why the answer is what it is
    .try-question = question
    .try-question-description = What to ask
    .try-role = role
    .try-role-description = As members with this role (leave empty for members without roles)
    .try-channel = channel
    .try-channel-description = As if asked in this channel (leave empty for this one)
command-teach = Add to articles
command-insights = insights
    .description = Questions that I couldn't answer (for people who manage the server)
command-settings = settings
    .description = How I work in this server (for people who manage it)

# Answers.

certainty-very-likely = Very likely
certainty-likely = Likely
certainty-possibly = Possibly
corrected = Read “{ $typed }” as “{ $read }”
or-this = Or this:
also-in = Also in { $titles }
other-language = The article is in { $language }
place-paragraphs = { $path }, { $count ->
    [one] paragraph { $numbers }
   *[other] paragraphs { $numbers }
}
place-rows = { $path }, { $count ->
    [one] row { $numbers }
   *[other] rows { $numbers }
}
on-pages = { $count ->
    [one] page { $numbers }
   *[other] pages { $numbers }
}
place-pages = { $path }, { on-pages }
did-you-mean = I'm not sure. Did you mean one of these?
no-answer = { $articles ->
    [one] I searched one article but found no answer.
   *[other] I searched { $articles } articles but found no answer.
}
no-answer-in-article = I searched “{ $title }” but found no answer.
no-articles = There are no articles yet.
purpose = Ask me a question about the articles. /{ command-help } shows how.
rephrase = Try rephrasing, or name the person or thing you mean.
nearest-passages = Closest passages
show-passage = Show the full passage
no-other-passages = There are no other passages on this.

# Buttons and feedback.

sections = Sections:
read-on = Read on
other-passages = Other passages
share = Share in channel
shared-by = Shared by
follow-up = Ask a follow-up
reply-withheld = I can't read this reply: Discord doesn't send me replies to the answers of commands. Press “{ follow-up }”, or mention me in your message.
helpful = 👍 Helpful
not-helpful = 👎 Not helpful
delete = Delete
summary = Summary
longer = Longer
shorter = Shorter
ask-about-this = Ask about this
read-in-article = Read in article
page-previous = Back
page-next = Next
page-number = Page { $page } of { $pages }
feedback-helpful = Thanks for the feedback!
feedback-not-helpful = Thanks for the feedback! Try rephrasing, or use /{ command-search } to find every passage containing a word.

# Asking the helpers.

helpers = The helpers may know:
ask-helpers = Ask the helpers
helpers-asked = I passed the question on to the helpers:
helpers-question = I found no answer to this question. It was asked by
helpers-refused = I may not write in the helpers' channel. Please ask there yourself:
go-to-question = Go to the question

# Articles.

search-no-results = No passage contains these words.
articles-title = Articles
articles-count = { $articles ->
    [one] One article with { $passages ->
        [one] one passage
       *[other] { $passages } passages
    }. Ask me about it!
   *[other] { $articles } articles with { $passages } passages. Ask me about them!
}
open-article = Open an article
no-such-article = There's no article called “{ $name }”. Did you mean one of these?
no-article-called = There's no article called “{ $name }”. /{ command-articles } lists all.
more-headings = and { $more } more
article-does-not-say = “{ $title }” does not say.
article-length = { $words ->
    [one] { $words } word
   *[other] { $words } words
} · { $minutes } min read
read = Read
download = Download text
original = Original
file = Here's the text of “{ $title }”.
file-too-large = “{ $title }” is too large for Discord. Press “{ read }” to read it page by page.

# Summaries.

summary-verbatim = Sentences quoted word for word.
summary-complete = Short article: this is the complete text.
summary-off-topic = “{ $title }” says nothing about this topic.
summary-impossible = “{ $title }” can't be summarised. Use /{ command-article } to read it.
digest-off-topic = { $articles ->
    [one] The article says nothing about this topic.
   *[other] None of the { $articles } articles says anything about this topic.
}
overview-title = One sentence from each article
key-phrases = Topics: { $phrases }
ask-about-article = Use /{ command-ask } to ask about “{ $title }”, or pick a question below.
pick-question = Pick a question or topic

# Help and about.

help-title = Ask me about the articles
help = { $articles ->
    [one] I know one article and answer by quoting it word for word. Mention me with a question, press “{ follow-up }” below an answer, or send me a direct message.
   *[other] I know { $articles } articles and answer by quoting them word for word. Mention me with a question, press “{ follow-up }” below an answer, or send me a direct message.
}
help-example = For example:
help-message-command = To search for the text of a message, right-click it (or hold it on mobile) and choose Apps › { command-find }.
example-question = What is known about { $topic }?
about = I answer questions by quoting articles word for word. I don't make anything up, and I don't send your questions to any other service.
about-version = Version
about-articles = Articles
about-passages = Passages
about-uptime = Uptime
about-latency = Latency
about-source-code = Source code
uptime-minutes = { $large } min { $small } s
uptime-hours = { $large } h { $small } min
uptime-days = { $large } d { $small } h

# Reloading.

reload-done = Articles reloaded.
reload-unchanged = Articles reloaded. Nothing has changed.
reload-failed = Couldn't reload the articles. The previous ones stay in use.
reload-added = Added
reload-changed = Changed
reload-removed = Removed
reload-rejected = Can't be used

# Refusals and errors.

refused-too-long = That question is too long. Please use at most 1,000 characters.
refused-article-changed = The article has changed since then. Please ask again.
refused-question-gone = I can't see the question any more. Please ask again.
refused-no-text = This message has no text I can search for.
refused-unknown-component = This button is from another version of me. Please ask again.
refused-unknown-command = I don't know this command. It may take Discord a moment to show my current commands.
refused-not-operator = Only the bot's operator can use this command.
refused-not-asker = Only the person who asked and moderators can delete this.
rate-limited = You're asking too fast. Try again in { $seconds } s.
failed = Something went wrong. Give the bot's operator this code: { $id }
missing-permission = I need the permission “{ $permission }” in this channel to show this properly.
permission-embed = Embed Links
permission-embed-or-attach = Embed Links” or “Attach Files

# The languages of articles.

language-ar = Arabic
language-be = Belarusian
language-bg = Bulgarian
language-bn = Bengali
language-ca = Catalan
language-cs = Czech
language-da = Danish
language-de = German
language-el = Greek
language-en = English
language-eo = Esperanto
language-es = Spanish
language-et = Estonian
language-fa = Persian
language-fi = Finnish
language-fr = French
language-he = Hebrew
language-hi = Hindi
language-hr = Croatian
language-hu = Hungarian
language-hy = Armenian
language-id = Indonesian
language-it = Italian
language-ja = Japanese
language-ka = Georgian
language-ko = Korean
language-lt = Lithuanian
language-lv = Latvian
language-nb = Norwegian
language-ne = Nepali
language-nl = Dutch
language-pl = Polish
language-pt = Portuguese
language-ro = Romanian
language-ru = Russian
language-sk = Slovak
language-sl = Slovenian
language-sr = Serbian
language-sv = Swedish
language-ta = Tamil
language-th = Thai
language-tr = Turkish
language-uk = Ukrainian
language-vi = Vietnamese
language-zh = Chinese

# Answers that nobody asked for, and forum posts.

solved = ✅ Solved
wrong = 👎 Wrong
solved-tagged = Glad it helped! I've marked this post as solved.
solved-not-permitted = Glad it helped! To mark posts as solved, I need the permission “{ $permission }” in this forum.
solved-failed = Glad it helped! I couldn't mark this post as solved, so please set the tag yourself.
permission-manage-threads = Manage Threads
refused-not-author = Only the author of the post and moderators can mark it as solved.

# Articles of a server, which its people write on Discord.

permission-manage-server = Manage Server
write-article = Write an article
edit-article = Edit the article
article-title = Title
article-title-hint = Best a question, as members ask it
article-text = Text
article-text-hint = Members see it word for word. Markdown works.
add-articles = Add articles
add-files = Files
add-files-hint = Up to five: texts, pages, PDFs, office files or a .zip of them
add-address = Address of a page
add-address-hint = Instead of files: https://… I look at a sitemap, feed or Git repository again every day
draft-title = Add to the articles of this server?
draft-nothing = Nothing of this can be an article.
draft-passages = Passages: { $passages }
draft-replaces = Replaces the article that was added { $age } ago. Passages new: { $new }, gone: { $gone }
draft-dropped = Parts left out, such as navigation: { $parts }
draft-more = And { $more } more
draft-left-out = Not added:
draft-add = Add
draft-replace = Replace
cancel = Cancel
draft-added = Added. I now quote it in this server.
draft-discarded = Nothing was added.
draft-changed = The articles of this server have changed in the meantime. Please look again.
file-too-large = larger than { $limit } MB, the most that I keep
file-format = not a format that I read
file-damaged = damaged, or protected by a password
file-too-much = the archive contains too much
file-gone = Discord no longer has the file. Upload it again
file-unreachable = cannot be downloaded at the moment. Try again in a minute
file-address = not an address that I can read. It has to be a public page that begins with https://
refused-files-or-address = Upload files, or enter an address: one of the two.
refused-draft-gone = This was added or cancelled before, or it is more than an hour old. Please start again.
article-sample = Asked “{ $title }”, I would answer:
article-no-sample = Asked “{ $title }”, I have no sure answer. It helps if the text uses the words of the question.
own-articles = Articles of this server
no-own-articles = This server has no articles of its own yet. /{ command-knowledge } { command-knowledge.write } adds one.
own-articles-count = { $articles } of at most { $limit } articles.
edit = Edit
remove = Remove
undo = Undo
article-removed = Removed. I no longer quote it. For ten minutes, you can undo this.
article-restored = It's back.
teaching-too-many = This server has { $limit } articles, the most that I keep. Remove one first.
teaching-too-large = The article is larger than { $limit } MB, the most that I keep.
teaching-server-full = The articles of this server would be larger than { $limit } MB, the most that I keep. Remove one first.
teaching-unavailable = I can't reach what I keep at the moment, so nothing has changed. Questions are still answered. The bot's operator finds the reason in the log.
teaching-disk-full = The disk that I keep the articles on is full, so nothing has changed. Questions are still answered. Ask the bot's operator to free some space on it.
refused-not-manager = Only people with the permission “{ permission-manage-server }” can see and change the articles and settings of a server, and only in that server.
refused-nothing-entered = The article needs a title of at most 100 characters and a text of at most 4,000.
refused-own-article-gone = This article is not there any more, or it has changed. Open the list again.
refused-too-late-to-undo = It's too late to undo this.
gate = Who may see it
gate-roles = Roles
gate-roles-hint = Members with one of them. Empty: every role.
gate-channels = Channels and forums
gate-channels-hint = Where it is quoted, threads included. Empty: everywhere.
gate-open = Everyone in this server may see it.
tried = As members get it
tried-role = Role
tried-no-role = no role
tried-channel = Channel
tried-why = Why
tried-words-alike = Words that are alike
teaching-too-many-gates = This server has { $limit } different answers to who may see an article, the most that I keep. Choose one of them.
sources = Sources, which I look at again by myself:
source = A source of this server
open-source = Open a source
source-kind-page = Page
source-kind-sitemap = Sitemap
source-kind-feed = Feed
source-kind-repository = Git repository
source-kind-forum = Forum
source-daily = I look at it again every day: what changes there, I quote as it is then.
source-forum-note = Everyone can see this forum, so I quote its answers to everyone. If you hide it, I follow. “Who may see it” in the list of articles overrides that. I keep no names.
source-forum-private = Not everyone can see this forum, so I quote its answers only to those who can. If its permissions change, I follow. “Who may see it” in the list of articles overrides that. I keep no names.
source-forum-follows = As in the forum: this follows its permissions.
source-forum-chosen = Chosen here, whatever the forum's permissions are. To follow those, leave both fields empty; to quote the answers to everyone, choose @everyone.
source-later = Not read yet: { $pages }. I read them as soon as you add it.
source-partly = Read so far: { $pages } of { $all } pages. I read at most one a second, and quote the others once I have them all.
source-added-partly = Still to be read: { $pages }. That takes about { $time }; the card of the source shows how far I am.
source-pages = Pages: { $pages }
source-pages-of = Pages: { $pages } of { $all }
source-changes = At the last look: { $taken } new or changed, { $unchanged } unchanged, { $skipped } skipped, { $gone } gone.
source-looked = I looked at it { $age } ago, and will look again in { $next }.
source-never = I haven't looked at it yet.
source-syncing = I'm looking at it. Open it again in a while.
source-failed = I couldn't read it the last time: { $reason }
source-skipped = Skipped:
source-sync = Look at it now
too-many-sources = This server has { $limit } sources, the most that I keep. Remove one first.
source-is-there = This is a source of this server already: it's in the list of articles.
forum-no-content = To read a forum, I need the Message Content Intent, which the bot's operator turns on together with AUTO_ANSWER_CHANNELS.
forum-hidden = I can't read that forum. I need the permissions to view it and to read its message history.

# Questions without an answer.

questions = Questions without an answer
no-questions = Nothing here: I've answered every question, or none was asked yet.
questions-asked = Questions in the last { $days } days: { $count }
questions-answered = Answered: { $count }
questions-unanswered = Not answered: { $count }
questions-picture = Column chart of questions by day, { $first } to { $last }: { $asked } asked, { $answered } of them answered. The most on one day: { $most }.
question-details = Asked { $count }×, last on { $date }
open-question = Open a question
question-wordings = Also asked as:
question-nearest = Closest passage:
question-answered-now = I now answer this with:
write-answer = Write the answer
not-for-us = Not a question for us
question-dismissed = Hidden. I won't count this question any more.
question-reopened = It's back in the list.
misleading = Misleading passages
no-misleading = Nobody has rated an answer as not helpful.
most-quoted = Most quoted
not-quoted = Not quoted
quotes-summary = Articles quoted in the last { $days } days: { $quoted } of { $articles }
quotes-since = Counted since { $date }.
no-quotes = I haven't quoted any article in this time.
all-quoted = I've quoted every article in this time.
no-quotes-counted = No answers have been counted yet.
article-shared = shared by all servers
answer-chosen-here = Chosen by this server's team
choose-answer = Always answer with…
answer-chosen = I answer this question with:
answer-unchosen = I look for the answer to this question myself again.
unchoose-answer = Don't answer with this
chosen-answers = Chosen answers
no-chosen-answers = Nobody has chosen an answer yet. Open a question without an answer, or press “{ other-passages }” below an answer.
chosen-answer-gone = The chosen passage has changed or is gone: I look for the answer myself.
too-many-chosen = This server has chosen { $limit } answers, the most that I keep. Give one up first.
export = Export
questions-file = Here are the questions as a file.
refused-unanswered-gone = This question is not in the list any more. Open the list again.

# Settings of a server.

settings-title = Settings of this server
settings-hint = Each choice is saved at once. What is not chosen follows the bot's operator.
setting-none = none
setting-not-chosen = not chosen here
setting-private = Answers to commands
setting-private-yes = only the person who asked sees them
setting-private-no = everyone sees them
setting-shared = Articles that all servers share
setting-shared-yes = I quote them
setting-shared-no = I don't quote them
setting-threads = Answers in threads of their own
setting-threads-yes = yes
setting-threads-no = no
setting-unasked = I answer without being asked in
setting-unasked-off = I don't receive messages that are not meant for me. The bot's operator can change that with AUTO_ANSWER_CHANNELS
setting-sure = How sure I must be for that
setting-sure-from = { $percent } % or more
setting-language = Language
setting-language-automatic = that of the server on Discord
setting-helpers = Helpers' channel
setting-digest = Weekly digest
setting-digest-refused = I couldn't write there. Choose the channel again
weekly-most-asked = Most asked without an answer
setting-kept = Questions without an answer that I keep
setting-kept-all = all, private ones too
setting-kept-public = those that everyone could see
setting-kept-none = none
setting-days = Kept for
setting-several = Questions without an answer that I show
setting-several-yes = those that two people asked on one day
setting-several-no = all
set-several-yes = Only show what two people asked
set-several-no = Show all questions
questions-of-one = Questions that I don't show, because fewer than two people asked them on one day: { $count }
set-private-yes = Answer privately
set-private-no = Answer for everyone
set-shared-yes = Quote shared articles
set-shared-no = Don't quote shared articles
set-threads-yes = Answer in threads
set-threads-no = Answer without threads
pick-unasked = Channels where I answer without being asked
settings-answers = How I answer
settings-questions = Helpers and questions
settings-reset = Follow the bot's operator
setting-days-count = { $days ->
    [one] one day
   *[other] { $days } days
}
