//! Tags of template languages: `{% hint %}` of Jekyll, `GitBook` and Nunjucks, `{{< tab >}}` and `{{% notice %}}` of
//! Hugo, `{{#include}}` of mdBook.

use super::tags::attribute;
use std::collections::HashSet;

/// A tag of a template language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TemplateTag<'a> {
    /// Name without `end` or the slash of an end tag.
    pub(super) name: &'a str,
    pub(super) closes: bool,
    pub(super) arguments: &'a str,
    /// Length of the tag in bytes.
    pub(super) length: usize,
}

/// What tags begin and end with.
const PAIRS: &[(&str, &str)] = &[("{%", "%}"), ("{{<", ">}}"), ("{{%", "%}}"), ("{{#", "}}")];

/// Whether a text begins like a tag.
pub(super) fn opens(text: &str) -> bool {
    PAIRS.iter().any(|(open, _)| text.starts_with(open))
}

/// The tag with which a text begins, if it is not long.
pub(super) fn parse(text: &str) -> Option<TemplateTag<'_>> {
    parse_long(super::start(text))
}

/// The tag with which a text begins, however long it is.
pub(super) fn parse_long(text: &str) -> Option<TemplateTag<'_>> {
    let (inner, close) = PAIRS
        .iter()
        .filter_map(|(open, close)| Some((text.strip_prefix(open)?, *close)))
        .next_back()?;
    let end = inner.find(close)?;
    let body = inner.get(..end)?.trim_matches('-').trim();
    let length = text.len() - inner.len() + end + close.len();
    let closes = body.starts_with('/');
    let body = body.trim_start_matches('/').trim_start();
    let (name, arguments) = body.split_at(body.find(char::is_whitespace).unwrap_or(body.len()));
    if !name.starts_with(|letter: char| letter.is_alphabetic()) {
        return None;
    }
    let end_name = name.strip_prefix("end").filter(|_| close == "%}");
    let end_name = end_name.map(|name| name.trim_start_matches(['-', '_']));
    let end_name = end_name.filter(|name| !name.is_empty());
    Some(TemplateTag {
        name: end_name.unwrap_or(name),
        closes: closes || end_name.is_some(),
        arguments,
        length,
    })
}

/// The output with which a text begins, such as `{{ "fares.html" | relative_url }}` or `{{ site.url }}`: its length, and what it
/// will be; `None` if only the tool knows. A site is taken to be at the top of its host.
pub(super) fn output(text: &str) -> Option<(usize, Option<&str>)> {
    const SITE: &[&str] = &[
        "site.url",
        "site.baseurl",
        "baseurl",
        "base_url",
        "pathPrefix",
    ];
    let inner = super::start(text.strip_prefix("{{")?);
    let inner = inner.get(..inner.find("}}")?)?;
    let length = inner.len() + "{{}}".len();
    let value = inner.trim_matches('-').split('|').next()?.trim();
    let literal = ['"', '\''].iter().find_map(|quote| {
        let literal = value.strip_prefix(*quote)?.strip_suffix(*quote)?;
        (!literal.contains(*quote)).then_some(literal)
    });
    let site = || SITE.contains(&value).then_some("");
    Some((length, literal.or_else(site)))
}

/// Whether a text is nothing but output that only the tool knows: `{{ page.title }}` of Jekyll, `<%= title %>` of Middleman.
pub(super) fn is_output(text: &str) -> bool {
    let ruby = text
        .strip_prefix("<%=")
        .and_then(|rest| rest.strip_suffix("%>"));
    ruby.is_some_and(|inner| !inner.contains("%>"))
        || output(text).is_some_and(|(length, known)| length == text.len() && known.is_none())
}

impl TemplateTag<'_> {
    /// The title of the box, tab or section that the tag begins.
    pub(super) fn title(&self) -> Option<&str> {
        let keys = ["title", "name", "header", "summary", "label", "heading"];
        let named = keys.iter().find_map(|name| attribute(self.arguments, name));
        let arguments = self.arguments.trim();
        let quoted = arguments
            .strip_prefix('"')
            .and_then(|it| it.split('"').next());
        named.or(quoted).filter(|title| !title.trim().is_empty())
    }

    /// What kind of box the tag begins: `warning` of `{% hint style="warning" %}`, `{{% notice warning %}}` or
    /// `{% warning %}`.
    pub(super) fn kind(&self) -> Option<&str> {
        let keys = ["style", "type"];
        let named = keys.iter().find_map(|name| attribute(self.arguments, name));
        let arguments = self.arguments.trim().trim_matches('"');
        named
            .or(Some(arguments).filter(|it| !it.is_empty()))
            .or(Some(self.name))
    }

    /// The name of the file that an include puts here, without its ending: `note` of `{% include boxes/note.html %}`.
    pub(super) fn included(&self) -> Option<&str> {
        let path = self.arguments.split_whitespace().next()?;
        let file = path.rsplit('/').next()?;
        file.split('.').next()
    }

    /// The text that an include puts into a box of a theme: `{% include note.html content="..." %}`.
    pub(super) fn content(&self) -> Option<&str> {
        ["content", "text"]
            .iter()
            .find_map(|name| attribute(self.arguments, name))
    }
}

/// Names of the tags that have an end tag in a file.
pub(super) fn closed(text: &str) -> HashSet<&str> {
    let mut rest = text;
    let mut names = HashSet::new();
    while let Some(at) = rest.find('{') {
        rest = rest.get(at..).unwrap_or_default();
        // A tag does not continue on another line.
        let line = super::start(rest).lines().next();
        let tag = parse(line.unwrap_or_default());
        names.extend(tag.filter(|tag| tag.closes).map(|tag| tag.name));
        rest = rest
            .get(tag.map_or(1, |tag| tag.length)..)
            .unwrap_or_default();
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_template_languages() {
        let check = |text: &str, expected: Option<(&str, bool, usize)>| {
            let found = parse(text).map(|tag| (tag.name, tag.closes, tag.length));
            assert_eq!(found, expected, "{text}");
        };
        check("{% hint style=\"info\" %} x", Some(("hint", false, 23)));
        check("{%- endhint -%}", Some(("hint", true, 15)));
        check("{% end %}", Some(("end", false, 9)));
        check("{{< tab \"Linux\" >}}", Some(("tab", false, 19)));
        check("{{% /notice %}}", Some(("notice", true, 15)));
        check("{{#include a.rs:2:5}}", Some(("include", false, 21)));
        check("{{ page.title }}", None);
        for (text, expected) in [
            ("{{ page.title }}", true),
            ("<%= current_page.data.title %>", true),
            ("{{ page.title }}: {{ page.part }}", false),
            ("<%= a %> and <%= b %>", false),
            ("{{ \"Fares\" }}", false),
            ("Fares", false),
        ] {
            assert_eq!(is_output(text), expected, "{text}");
        }
        check("{% open", None);
        check("{", None);
        let title = |text| parse(text).unwrap().title().map(str::to_owned);
        assert_eq!(
            title("{% tab title=\"On Linux\" %}").as_deref(),
            Some("On Linux")
        );
        assert_eq!(title("{{< tab \"Linux\" >}}").as_deref(), Some("Linux"));
        assert_eq!(title("{% hint style=\"info\" %}"), None);
        let include = parse("{% include note.html content=\"Wear boots.\" %}").unwrap();
        assert_eq!(include.content(), Some("Wear boots."));
        let names = closed("{% tab %}\n{% endtab %} {{< /x >}} {");
        assert_eq!(names, HashSet::from(["tab", "x"]));
    }
}
