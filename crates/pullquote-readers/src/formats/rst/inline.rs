//! Marks inside a line of reStructuredText, rewritten to Markdown.

use std::collections::HashMap;

/// Addresses of links by their names: `.. _name: address`.
#[derive(Debug, Default)]
pub(super) struct Targets(HashMap<String, String>);

impl Targets {
    pub(super) fn of(lines: &[&str]) -> Self {
        let target = |line: &&str| {
            let (name, address) = line.trim_start().strip_prefix(".. _")?.split_once(": ")?;
            let name = name.trim_matches('`').to_lowercase();
            is_address(address.trim()).then(|| (name, address.trim().to_owned()))
        };
        Self(lines.iter().filter_map(target).collect())
    }

    /// The address that a link leads to: it is given itself, or by its name.
    fn address<'a>(&'a self, target: &'a str) -> Option<&'a str> {
        if is_address(target) {
            return Some(target);
        }
        let name = target.trim_end_matches('_').to_lowercase();
        self.0.get(&name).map(String::as_str)
    }
}

fn is_address(target: &str) -> bool {
    let has_scheme = target.contains("://") || target.starts_with("mailto:");
    has_scheme && !target.contains(char::is_whitespace)
}

/// Rewrites ``` ``code`` ```, `` :role:`text <target>` `` and `` `text <target>`_ ``.
pub(super) fn inline(line: &str, targets: &Targets) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        let (before, marked) = rest.split_at(at);
        let fence = if marked.starts_with("``") { "``" } else { "`" };
        let inner = marked.get(fence.len()..).unwrap_or_default();
        let Some(end) = inner.find(fence) else { break };
        let text = inner.get(..end).unwrap_or_default();
        let after = inner.get(end + fence.len()..).unwrap_or_default();
        if fence == "``" {
            kept.push_str(before);
            kept.extend(["`", text, "`"]);
            rest = after;
            continue;
        }
        // The role in front of it.
        let role = before
            .strip_suffix(':')
            .and_then(|it| Some(it.get(..it.rfind(':')?)?.trim_end_matches(' ')));
        let has_role = before.ends_with(':') && role.is_some();
        let bare = role.filter(|_| has_role).unwrap_or(before);
        kept.push_str(bare);
        if has_role && !bare.is_empty() {
            kept.push(' ');
        }
        if has_role && before.ends_with(":math:") {
            kept.extend(["$", text, "$"]);
            rest = after;
            continue;
        }
        let (shown, target) = text.split_once(" <").unwrap_or((text, text));
        let shown = shown.trim_start_matches(['~', '!']);
        let is_link = !has_role && after.starts_with('_');
        let address = targets.address(target.trim_end_matches('>'));
        match address.filter(|_| is_link) {
            Some(address) => kept.extend(["[", shown, "](<", address, ">)"]),
            None => kept.push_str(shown),
        }
        rest = after.trim_start_matches('_');
    }
    kept.push_str(rest);
    kept
}
