//! What is quoted arrives as it was written, from Markdown and from HTML: formats, links, lists, tables, code.

use pullquote_cards::{
    Action, Arguments, ChannelKind, Context, Locale, Request, Status, markdown, respond,
};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;

const MARKDOWN: &str = "---\nsource: https://ferry.example/docs/fares\n---\n# Fares\n\n## How do I book a cabin?\n\n\
    Book a cabin **early**, *never* later than `noon`, on [the booking page](../book) or at https://ferry.example/b_c:\n\n\
    1. Choose a date\n2. Choose a cabin:\n   - *inside*\n   - outside\n3. Pay\n\n\
    | Cabin | Price |\n|---|---|\n| Inside | **40** |\n\n\
    ```sh\nferry book --cabin=2\n```\n\n> Dogs sleep in the kennel.\n\n![Plan of deck 2](deck.png)\n";

const HTML: &str = "<html lang=en><head><title>Fares</title>\
    <link rel=canonical href='https://ferry.example/docs/fares'></head><body><article>\n\
    <h1>Fares</h1>\n<h2>How do I book a cabin?</h2>\n\
    <p>Book a cabin <b>early</b>, <em>never</em> later than <kbd>noon</kbd>, on <a href='../book'>the booking page</a> \
    or at https://ferry.example/b_c:</p>\n\
    <ol><li>Choose a date</li><li>Choose a cabin:<ul><li><i>inside</i></li><li>outside</li></ul></li><li>Pay</li></ol>\n\
    <table><tr><th>Cabin</th><th>Price</th></tr><tr><td>Inside</td><td><b>40</b></td></tr></table>\n\
    <pre><code class='language-sh'>ferry book --cabin=2\n</code></pre>\n\
    <blockquote><p>Dogs sleep in the kennel.</p></blockquote>\n<p><img src=deck.png alt='Plan of deck 2'></p>\n\
    </article></body></html>";

/// The body of the card that answers a question about one file, in Discord's Markdown.
fn body(path: &str, text: &str, question: &str) -> String {
    let document = pullquote_readers::read(path, text.as_bytes());
    let engine = Engine::build(Article::new(path, document).into_iter().collect());
    let request = Request {
        action: Action::Command {
            name: "ask".to_owned(),
            arguments: Arguments::default().with_text("question", question),
        },
        locale: Locale::English,
        channel: ChannelKind::Server,
        member: 42,
        context: Context::default(),
        status: Status {
            uptime: 0,
            latency: None,
        },
    };
    let response = respond(&engine, &request);
    markdown::blocks(response.card().expect("a card").blocks())
}

#[test]
fn a_section_keeps_its_formats() {
    let expected = "> Book a cabin early, _never_ later than `noon`, on [the booking page](https://ferry.example/book) \
        or at <https://ferry.example/b_c>:\n> \n\
        > 1\\. Choose a date\n> 2\\. Choose a cabin:\n>   \\- _inside_\n>   \\- outside\n> 3\\. Pay\n> \n\
        > Cabin \\| Price\n> Inside \\| 40\n> \n\
        > ```sh\n> ferry book --cabin=2\n> ```\n> \n\
        > Dogs sleep in the kennel.\n> \n> Plan of deck 2\n— ";
    for (path, text) in [("fares.md", MARKDOWN), ("fares.html", HTML)] {
        let body = body(path, text, "How do I book a cabin?");
        // Which sentence answers best is in bold too, and not the point.
        let plain = body.replace("**", "");
        assert!(plain.starts_with(expected), "{path}: {body}");
        assert!(body.contains("**Cabin \\| Price**"), "{path}: {body}");
        assert!(body.contains("**40**"), "{path}: {body}");
    }
}

#[test]
fn suggestions_keep_their_formats() {
    let text = "# Tea\n\nGreen tea is steeped for two minutes in hot water.\n\n# Bread\n\n\
        Bread rises for *two* hours in a [warm kitchen](https://a.example/k), says `rise`.\n";
    let body = body("food.md", text, "what colour is the warm kitchen");
    let suggestion = "- **1 Tea › Bread**: Bread rises for _two_ hours in a [warm kitchen](https://a.example/k), says `rise`.";
    assert!(body.contains(suggestion), "{body}");
}
