//! `cards`: what managers see while they teach the bot, as pictures for the documentation. The bot's own code makes the cards and
//! forms, from made-up articles of a rowing club.

use crate::cards_data::{Shown, pictures};
use anyhow::{Context, Result, ensure};
use clap::Args;
use pullquote_page::PICTURE_STYLE;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::{env, fs};

#[derive(Debug, Args)]
pub(crate) struct Cards {
    /// Exit with 1 if the pictures are not what the bot shows today, and leave them as they are
    #[arg(long)]
    check: bool,
    /// Write a page with all of them, to look at, instead of the pictures
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    page: Option<PathBuf>,
}

const FOLDER: &str = "docs/src/cards";
/// Width of the pictures: little more than a phone's, so that they can be read there.
const WIDTH: u32 = 440;
/// Other fonts than those of the machine that has measured the height may need a little more.
const SPARE: u32 = 16;
/// What other machines may draw a little differently: pixels.
const PIXELS: &str = "data:image/png;base64,";

impl Cards {
    pub(crate) fn run(&self) -> Result<ExitCode> {
        let shown = pictures();
        if let Some(path) = &self.page {
            let html = page(&shown);
            fs::write(path, html).with_context(|| format!("cannot write {}", path.display()))?;
            return Ok(ExitCode::SUCCESS);
        }
        if self.check {
            return Ok(check(&shown));
        }
        fs::create_dir_all(FOLDER)?;
        for (shown, height) in shown.iter().zip(heights(&shown)?) {
            fs::write(path(shown), svg(shown, height + SPARE))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Whether every picture is as it would be drawn, as high as it is, and no other is there.
fn check(shown: &[Shown]) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for shown in shown {
        let path = path(shown);
        let old = fs::read_to_string(&path).unwrap_or_default();
        let new = svg(shown, height(&old).unwrap_or_default());
        if without_pixels(&old) != without_pixels(&new) {
            anstream::eprintln!(
                "{path} is not what the bot shows today: draw it again with `cargo run -p xtask -- cards`"
            );
            code = ExitCode::FAILURE;
        }
    }
    let files = fs::read_dir(FOLDER).into_iter().flatten().flatten();
    for file in files {
        let name = file.file_name().to_string_lossy().into_owned();
        if !shown
            .iter()
            .any(|shown| name == format!("{}.svg", shown.name))
        {
            anstream::eprintln!("{FOLDER}/{name} is no picture of a card");
            code = ExitCode::FAILURE;
        }
    }
    code
}

fn path(shown: &Shown) -> String {
    format!("{FOLDER}/{}.svg", shown.name)
}

/// HTML in an SVG: crisp at any size, and text to a diff.
fn svg(shown: &Shown, height: u32) -> String {
    let html = &shown.html;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\">\n\
         <style>\n{PICTURE_STYLE}.discord {{ box-sizing: border-box; height: {height}px; }}\n</style>\n\
         <foreignObject width=\"{WIDTH}\" height=\"{height}\">\n\
         <div xmlns=\"http://www.w3.org/1999/xhtml\" class=\"discord\">{html}</div>\n</foreignObject>\n</svg>\n"
    )
}

/// The height of a picture.
fn height(svg: &str) -> Option<u32> {
    let (_, rest) = svg.split_once(" height=\"")?;
    rest.split_once('"')?.0.parse().ok()
}

fn without_pixels(svg: &str) -> String {
    let mut parts = svg.split(PIXELS);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| {
        out + part.split_once('"').map_or("", |(_, rest)| rest)
    })
}

fn page(shown: &[Shown]) -> String {
    let part = |shown: &Shown| format!("<div class=\"discord\">{}</div>\n", shown.html);
    let parts: String = shown.iter().map(part).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>Cards</title>\n<style>\nbody {{ margin: 0; }}\n.discord {{ box-sizing: border-box; margin-bottom: 8px; }}\n\
         {PICTURE_STYLE}</style>\n{parts}"
    )
}

/// How high the pictures are, in Chromium (`CHROMIUM`, or `chromium` on the path).
fn heights(shown: &[Shown]) -> Result<Vec<u32>> {
    let script = format!(
        "<style>.discord {{ width: {WIDTH}px; }}</style><script>document.title = \
         [...document.querySelectorAll('.discord')].map(it => Math.ceil(it.offsetHeight)).join(' ');</script>"
    );
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("cards.html");
    fs::write(&path, page(shown) + &script)?;
    let program = env::var_os("CHROMIUM").unwrap_or_else(|| "chromium".into());
    let output = Command::new(program)
        .args(["--headless", "--no-sandbox", "--disable-gpu"])
        .args(["--disable-background-networking", "--dump-dom"])
        .arg(format!("file://{}", path.display()))
        .output()
        .context("cannot run Chromium, which measures how high the pictures are")?;
    let dom = String::from_utf8_lossy(&output.stdout);
    let title = dom
        .split_once("<title>")
        .and_then(|(_, rest)| rest.split_once("</title>"));
    let found: Vec<u32> = title
        .map_or("", |(title, _)| title)
        .split_whitespace()
        .filter_map(|height| height.parse().ok())
        .collect();
    ensure!(
        found.len() == shown.len(),
        "Chromium has not measured the pictures: {dom}"
    );
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{height, without_pixels};

    #[test]
    fn a_picture_is_compared_without_its_pixels() {
        let svg = "<svg width=\"440\" height=\"96\"><image href=\"data:image/png;base64,AA==\" x=\"1\"/></svg>";
        assert_eq!(height(svg), Some(96));
        assert_eq!(
            without_pixels(svg),
            "<svg width=\"440\" height=\"96\"><image href=\" x=\"1\"/></svg>"
        );
        assert_eq!(without_pixels("<svg/>"), "<svg/>");
    }
}
