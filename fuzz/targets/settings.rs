//! Any text can be a `.env`. What is wrong in it is reported without the token, which the settings never show either.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pullquote::config::{Config, ConfigError, misspelt};
use std::collections::HashMap;

const TOKEN: &str = "bm90.YQ.dG9rZW4";

fn read(settings: &HashMap<String, String>) -> Result<Config, ConfigError> {
    Config::read(&|name| settings.get(name).cloned(), None)
}

fuzz_target!(|text: &str| {
    let lines = dotenvy::from_read_iter(text.as_bytes()).flatten();
    let mut settings: HashMap<String, String> = lines.collect();
    // A file of this machine is not part of the input.
    settings.remove("DISCORD_TOKEN_FILE");
    let _ = misspelt(settings.keys().cloned());
    let _ = read(&settings);
    if settings.values().any(|value| value.contains(TOKEN)) {
        return;
    }
    settings.insert("DISCORD_TOKEN".to_owned(), TOKEN.to_owned());
    let shown = match read(&settings) {
        Ok(config) => format!("{config:?}"),
        Err(error) => error.to_string(),
    };
    assert!(!shown.contains(TOKEN));
});
