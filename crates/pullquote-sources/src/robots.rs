//! What a site does not want to be read by programs: `robots.txt`, as RFC 9309 describes it.

/// The rules of a site for one program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Robots {
    /// Whether a pattern allows what it matches, and the pattern.
    rules: Vec<(bool, String)>,
}

impl Robots {
    /// Reads the rules for the program `agent`: those that name it, else those for all.
    ///
    /// ```
    /// use pullquote_sources::Robots;
    ///
    /// let robots = Robots::read("User-agent: *\nDisallow: /drafts/\nAllow: /drafts/public", "pullquote");
    /// assert!(robots.allow("/guide"));
    /// assert!(!robots.allow("/drafts/a"));
    /// assert!(robots.allow("/drafts/public/b"));
    /// ```
    pub fn read(text: &str, agent: &str) -> Self {
        let (mut own, mut of_all) = (None::<Self>, Self::default());
        // Whom the group of rules is for. Lines of agents that follow each other begin one group.
        let (mut is_own, mut is_of_all, mut in_rules) = (false, false, false);
        for line in text.trim_start_matches('\u{feff}').lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let value = value.trim();
            let allowed = match key.trim().to_ascii_lowercase().as_str() {
                "user-agent" => {
                    if in_rules {
                        (is_own, is_of_all, in_rules) = (false, false, false);
                    }
                    let name = value.split(['/', ' ']).next().unwrap_or_default();
                    is_own |= name.eq_ignore_ascii_case(agent);
                    is_of_all |= name == "*";
                    if is_own {
                        own.get_or_insert_default();
                    }
                    continue;
                }
                "allow" => true,
                "disallow" => false,
                _ => continue,
            };
            in_rules = true;
            if value.is_empty() {
                continue;
            }
            let rule = (allowed, value.to_owned());
            if is_of_all {
                of_all.rules.push(rule.clone());
            }
            if let Some(own) = own.as_mut().filter(|_| is_own) {
                own.rules.push(rule);
            }
        }
        own.unwrap_or(of_all)
    }

    /// Whether a page may be read, by its path with what follows a `?`. The longest pattern that matches decides.
    pub fn allow(&self, path: &str) -> bool {
        let matching = self.rules.iter().filter(|(_, rule)| matches(rule, path));
        let longest = matching.max_by_key(|(allowed, rule)| (rule.len(), *allowed));
        longest.is_none_or(|(allowed, _)| *allowed)
    }
}

/// Whether a path begins with a pattern, in which `*` stands for anything, and `$` at its end for the end of the path.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !to_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if to_end && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some((_, after)) = rest.split_once(part).filter(|_| !part.is_empty()) else {
            if part.is_empty() {
                continue;
            }
            return false;
        };
        rest = after;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{Robots, matches};

    #[test]
    fn patterns() {
        for (pattern, path, expected) in [
            ("/", "/a", true),
            ("/a", "/ab", true),
            ("/a", "/b", false),
            ("/a$", "/ab", false),
            ("/a$", "/a", true),
            ("/*.pdf$", "/a/b.pdf", true),
            ("/*.pdf$", "/a/b.pdf?x", false),
            ("/a*c", "/abbcd", true),
            ("/a*c", "/abb", false),
            ("*", "/a", true),
            ("/a*", "/a", true),
            ("/*?sort=", "/list?sort=up", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn the_group_that_names_the_program_wins() {
        let text = "\u{feff}User-agent: other\nUser-agent: Pullquote/1.0\nDisallow: /a # old\n\nuser-agent: *\nDisallow: /\n\n\
            User-agent: pullquote\nDisallow: /c\n";
        let robots = Robots::read(text, "pullquote");
        assert!(!robots.allow("/a") && robots.allow("/b") && !robots.allow("/c"));
        let others = Robots::read(text, "someone");
        assert!(!others.allow("/b"));
        // A group without rules allows everything.
        let free = Robots::read(
            "User-agent: pullquote\nDisallow:\nUser-agent: *\nDisallow: /",
            "pullquote",
        );
        assert!(free.allow("/a"));
        assert!(Robots::read("<html>not found", "pullquote").allow("/a"));
    }

    #[test]
    fn of_two_patterns_of_a_length_the_one_that_allows_wins() {
        let robots = Robots::read("User-agent: *\nDisallow: /page\nAllow: /page", "pullquote");
        assert!(robots.allow("/page"));
    }
}
