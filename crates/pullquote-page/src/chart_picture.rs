//! Questions by day, as a PNG for Discord: the same columns as on the page. It has its own background, so it looks alike in every
//! theme, and digits only, so that every language can read it; the words are in the message.

use crate::chart::{columns, most};
use crate::digits;
use pullquote_insights::Day;
use tiny_skia::{
    Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, Transform,
};

/// Two pixels for each that Discord shows on a computer.
const WIDTH: u32 = 1_200;
const HEIGHT: u32 = 360;
/// Height of digits: about 8 pixels where a phone shows the picture 330 pixels wide.
const DIGITS: f32 = 30.0;
/// Width of their strokes.
const PEN: f32 = 4.5;
/// Around everything.
const MARGIN: f32 = 32.0;
/// Between digits and columns.
const SPACE: f32 = 18.0;
/// Between the parts of a column, so that they can be told apart without their colours.
const GAP: f32 = 4.0;

/// As Discord's dark theme.
const BACKGROUND: [u8; 3] = [0x1e, 0x1f, 0x22];
const DIGIT: [u8; 3] = [0xdb, 0xde, 0xe1];
const LINE: [u8; 3] = [0x4e, 0x50, 0x58];
/// Like 🟦 and 🟨, which say in the message what they mean. Colour-blind people can tell them apart: red-green
/// blindness leaves blue and yellow, and one is lighter.
const ANSWERED: [u8; 3] = [0x55, 0xac, 0xee];
const OPEN: [u8; 3] = [0xfd, 0xcb, 0x58];

/// A column for each day: the answered part below, the rest above. The first and the last day stand below them, and the most
/// questions of a day above. `None` if nothing was asked.
///
/// ```
/// use pullquote_insights::last_days;
/// use pullquote_page::chart_picture;
///
/// let picture = chart_picture(&last_days(20_000, [(19_999, 0, 3), (20_000, 2, 1)])).unwrap();
/// assert!(picture.starts_with(b"\x89PNG") && picture.len() < 16 * 1024);
/// assert_eq!(chart_picture(&last_days(20_000, [])), None);
/// ```
pub fn chart_picture(days: &[Day]) -> Option<Vec<u8>> {
    let most = most(days);
    let (first, last) = (&days.first()?.date, &days.last()?.date);
    if most == 0 {
        return None;
    }
    let mut picture = Picture(Pixmap::new(WIDTH, HEIGHT)?);
    picture.0.fill(colour(BACKGROUND));
    let (left, right) = (MARGIN, WIDTH as f32 - MARGIN);
    let (top, bottom) = (
        MARGIN + DIGITS + SPACE,
        HEIGHT as f32 - MARGIN - DIGITS - SPACE,
    );
    picture.fill(LINE, rectangle(left, top - 2.0, right - left, 2.0));
    for column in columns(days, right - left, bottom - top) {
        let x = left + column.x;
        let (asked, answered) = (column.asked, column.answered);
        picture.fill(
            ANSWERED,
            rectangle(x, bottom - answered, column.width, answered),
        );
        let open = asked - answered;
        let gap = if answered > 0.0 {
            GAP.min(open / 2.0)
        } else {
            0.0
        };
        picture.fill(OPEN, rectangle(x, bottom - asked, column.width, open - gap));
    }
    picture.fill(LINE, rectangle(left, bottom + 2.0, right - left, 2.0));
    picture.write(&most.to_string(), left, MARGIN);
    let below = bottom + SPACE;
    picture.write(first, left, below);
    picture.write(last, right - digits::width(last, DIGITS), below);
    picture.0.encode_png().ok()
}

struct Picture(Pixmap);

impl Picture {
    fn fill(&mut self, with: [u8; 3], path: Option<Path>) {
        if let Some(path) = path {
            let at = Transform::identity();
            self.0
                .fill_path(&path, &paint(with), FillRule::Winding, at, None);
        }
    }

    /// Writes digits and hyphens, from their upper left corner.
    fn write(&mut self, text: &str, x: f32, y: f32) {
        let pen = Stroke {
            width: PEN,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        if let Some(lines) = digits::lines(text, DIGITS, x, y) {
            let at = Transform::identity();
            self.0.stroke_path(&lines, &paint(DIGIT), &pen, at, None);
        }
    }
}

/// `None` if it is empty.
fn rectangle(x: f32, y: f32, width: f32, height: f32) -> Option<Path> {
    let rectangle = Rect::from_xywh(x, y, width, height)?;
    (width > 0.0 && height > 0.0).then(|| PathBuilder::from_rect(rectangle))
}

fn paint(with: [u8; 3]) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(colour(with));
    paint
}

fn colour([red, green, blue]: [u8; 3]) -> Color {
    Color::from_rgba8(red, green, blue, u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::{ANSWERED, BACKGROUND, DIGIT, MARGIN, OPEN, WIDTH, chart_picture};
    use crate::STYLE;
    use pullquote_insights::last_days;
    use tiny_skia::Pixmap;

    /// How many pixels of the column of a day have a colour.
    fn pixels(picture: &Pixmap, day: usize, [red, green, blue]: [u8; 3]) -> usize {
        let step = (WIDTH as f32 - 2.0 * MARGIN) / 30.0;
        let x = (MARGIN + step * (day as f32 + 0.5)) as u32;
        let column = (0..picture.height()).filter_map(|y| picture.pixel(x, y));
        let is_it = |pixel: &tiny_skia::PremultipliedColorU8| {
            (pixel.red(), pixel.green(), pixel.blue()) == (red, green, blue)
        };
        column.filter(is_it).count()
    }

    #[test]
    fn columns_are_as_high_as_their_numbers() {
        let counts = [
            (19_980, 0, 10),
            (19_981, 0, 30),
            (19_981, 1, 6),
            (19_981, 2, 4),
            (19_982, 2, 20),
            (19_983, 0, 1),
        ];
        let picture = chart_picture(&last_days(20_000, counts)).unwrap();
        let picture = Pixmap::decode_png(&picture).unwrap();
        let parts = |day| [ANSWERED, OPEN].map(|colour| pixels(&picture, day, colour));
        let [[ten, none], [thirty, rest], [nothing, twenty], [one, _]] = [9, 10, 11, 12].map(parts);
        assert_eq!((none, nothing, parts(13)), (0, 0, [0, 0]));
        assert_eq!((ten * 3, ten * 2), (thirty, twenty));
        // Between the parts of a column is a gap.
        assert!(rest < ten && rest + 8 > ten, "{rest} {ten}");
        assert!((3..6).contains(&one), "{one}");
    }

    #[test]
    fn a_number_that_is_small_beside_the_others_is_seen() {
        let counts = [(19_990, 0, u64::MAX / 4), (19_990, 2, 1), (19_991, 2, 1)];
        let picture = chart_picture(&last_days(20_000, counts)).unwrap();
        let picture = Pixmap::decode_png(&picture).unwrap();
        assert!(pixels(&picture, 19, OPEN) > 0 && pixels(&picture, 20, OPEN) > 0);
    }

    /// Contrast of two colours (WCAG 2.2).
    fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
        let luminance = |colour: [u8; 3]| {
            let [red, green, blue] = colour.map(|part| {
                let part = f64::from(part) / 255.0;
                if part <= 0.04045 {
                    part / 12.92
                } else {
                    ((part + 0.055) / 1.055).powf(2.4)
                }
            });
            0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
        };
        let (one, other) = (luminance(one), luminance(other));
        one.max(other) / one.min(other)
    }

    #[test]
    fn everything_can_be_seen() {
        assert!(contrast(DIGIT, BACKGROUND) > 7.0);
        assert!(contrast(ANSWERED, BACKGROUND) > 4.5 && contrast(OPEN, BACKGROUND) > 4.5);
        assert!(contrast(ANSWERED, OPEN) > 1.5);
    }

    #[test]
    fn the_page_has_the_same_colours() {
        let [answered, open] = [ANSWERED, OPEN].map(|[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}"));
        assert!(STYLE.contains(&format!("--answered: {answered}; --open: {open};")));
    }
}
