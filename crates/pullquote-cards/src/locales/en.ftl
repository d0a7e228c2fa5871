# What the bot itself says, in English. Every other file has the same messages and variables.

# Commands. Names: 1 to 32 lower-case letters; descriptions: 1 to 100 characters.

command-ask = ask
    .description = Ask the articles a question and get the sentences that answer it
    .question = question
    .question-description = What you want to know
    .article = article
    .article-description = Look in this article only
    .private = private
    .private-description = Show the answer to you alone
command-search = search
    .description = Find passages that hold certain words
    .keywords = keywords
    .keywords-description = Words to look for; "in quotes" they stand together, with -minus they must not stand there
    .article = article
    .article-description = Look in this article only
command-summary = summary
    .description = Read the gist of an article in its own sentences
    .article = article
    .article-description = Which article; all of them without
    .length = length
    .length-description = How long
    .length-short = Short: about three sentences
    .length-medium = Medium: about six sentences
    .length-long = Long: about twelve sentences, a fifth of a long article
    .focus = focus
    .focus-description = Only what is said on this
    .private = private
    .private-description = Show the summary to you alone
command-articles = articles
    .description = See which articles there are
command-article = article
    .description = Open an article: what it is about, and its text to read
    .name = name
    .name-description = Which article
command-help = help
    .description = What you can ask, with an example
command-about = about
    .description = What this bot is and how it is doing
command-reload = reload
    .description = Read the articles again (for whoever runs the bot)
command-find = Find in articles

# Answers.

very-likely = Very likely
likely = Likely
possibly = Possibly
read-as = read “{ $typed }” as “{ $read }”
did-you-mean = I am not sure. Did you mean one of these?
unknown = { $articles ->
    [one] I looked through the one article I have, and it does not tell.
   *[other] I looked through { $articles } articles, and they do not tell.
}
unknown-in-article = I looked through “{ $title }”, and it does not tell.
no-articles = There are no articles yet.
small-talk = I am here for questions about the articles: /{ command-help } shows what you can ask.
rephrase = Try other words, or name who or what it is about.
nearest = The nearest I found
show-passage = Show a passage in full
nothing-else = There are no other passages on this.

# Buttons.

more-context = More context
other-passages = Other passages
share = Share in channel
shared-by = shared by
helps = Yes, that helps
helps-not = No
summary = Summary
longer = Longer
shorter = Shorter
ask-about = Ask about this
read-on = Read on in the article
page-before = Back
page-after = Next
page-number = Page { $page } of { $pages }
thanks = Thank you, good to know!
sorry = Sorry about that. Other words often find more; /{ command-search } shows every passage with a word.

# Articles.

search-nothing = { $articles ->
    [one] The article holds no passage with these words.
   *[other] None of the { $articles } articles holds a passage with these words.
}
articles-title = Articles
articles-count = { $articles ->
    [one] One article with { $passages ->
        [one] one passage
       *[other] { $passages } passages
    }. Ask me about it!
   *[other] { $articles } articles with { $passages } passages. Ask me about them!
}
open-article = Open an article
no-such-article = I have no article called “{ $name }”. Is it one of these?
more-headings = and { $more } more
article-length = { $words ->
    [one] One word
   *[other] { $words } words
} · { $minutes ->
    [one] a minute to read
   *[other] { $minutes } minutes to read
}
read = Read
as-file = As a file
original = Original
file = Here is the text of “{ $title }”.
file-too-large = “{ $title }” is too large for Discord. “{ read }” shows it page by page.

# Summaries.

summary-how = Chosen sentences, word for word.
summary-whole = The article is short: this is all that it says.
summary-nothing = “{ $title }” says nothing on this.
summary-none = “{ $title }” has no sentences that could stand for it. /{ command-article } opens it.
digest-nothing = { $articles ->
    [one] The article says nothing on this.
   *[other] None of the { $articles } articles says anything on this.
}
overview-title = The articles, a sentence of each
key-phrases = About { $phrases }
ask-about-how = Ask about “{ $title }” with /{ command-ask }, or choose one of these.
pick-question = Choose a question or a subject

# Help and about.

help-title = Ask me anything about the articles
help = { $articles ->
    [one] I know one article and answer in its own words. Mention me with a question, reply to me, or write to me directly.
   *[other] I know { $articles } articles and answer in their own words. Mention me with a question, reply to me, or write to me directly.
}
help-example = For example:
help-message-command = On a message: right-click or hold it, then Apps › { command-find }.
example-question = What is said about { $subject }?
about = I answer questions from articles, word for word. Nothing is made up, and nothing leaves the machine I run on.
about-version = Version
about-articles = Articles
about-passages = Passages
about-uptime = Running for
about-latency = Latency
about-source-code = Source code
reload-done = I have read the articles again.
reload-same = I have read the articles again: nothing has changed.
reload-kept = The articles could not be read again; those from before go on answering.
reload-added = Added
reload-changed = Changed
reload-removed = Removed
reload-failed = Could not be used
uptime-minutes = { $large } min { $small } s
uptime-hours = { $large } h { $small } min
uptime-days = { $large } d { $small } h

# What cannot be done.

refused-too-long = That is a long question! Please ask in at most 1,000 characters.
refused-changed = The articles have changed since. Please ask again.
refused-question-lost = I cannot see the question any more. Please ask again.
refused-no-text = There is no text in this message that I could look for.
refused-control = This button is from another version of me. Please ask again.
refused-command = I do not know this command any more. It may take a moment until Discord shows my current ones.
refused-not-owner = Only whoever runs me can do that. I notice changed articles by myself.
too-fast = That is more than I can read at once. Please wait { $seconds } s and ask again.

# What goes wrong.

failed = Sorry, something went wrong on my side. Whoever runs me finds the reason in my log under { $id }.
missing-permission = I need the permission “{ $permission }” here to show this as I should.
permission-embed = Embed Links
