//! Digits as strokes of a pen: a picture that every language can read needs no font.

use tiny_skia::{Path, PathBuilder, Rect, Transform};

/// Height of a digit, in units of its own. Its width is 6.
const HEIGHT: f32 = 10.0;
/// From one sign to the next.
const ADVANCE: f32 = 8.5;

/// A part of a digit.
enum Stroke {
    /// Straight lines between points.
    Lines(&'static [(f32, f32)]),
    /// A point, and cubic Bézier curves from there: two control points and the end of each.
    Curves((f32, f32), &'static [[(f32, f32); 3]]),
    /// An ellipse: left, top, width, height.
    Oval(f32, f32, f32, f32),
}
use Stroke::{Curves, Lines, Oval};

/// The strokes of a digit or a hyphen; none for other signs.
fn strokes(sign: char) -> &'static [Stroke] {
    match sign {
        '0' => &[Oval(0.0, 0.0, 6.0, 10.0)],
        '1' => &[Lines(&[(1.0, 2.0), (3.6, 0.0), (3.6, 10.0)])],
        '2' => &[
            Curves(
                (0.4, 2.8),
                &[
                    [(0.6, -0.9), (5.7, -0.9), (5.7, 2.8)],
                    [(5.7, 4.8), (3.6, 6.2), (0.2, 10.0)],
                ],
            ),
            Lines(&[(0.2, 10.0), (6.0, 10.0)]),
        ],
        '3' => &[Curves(
            (0.5, 1.9),
            &[
                [(1.4, -0.7), (5.6, -0.7), (5.6, 2.4)],
                [(5.6, 3.9), (4.4, 4.7), (2.6, 4.7)],
                [(4.6, 4.7), (6.0, 5.6), (6.0, 7.3)],
                [(6.0, 10.9), (0.8, 10.9), (0.1, 8.0)],
            ],
        )],
        '4' => &[Lines(&[(4.6, 10.0), (4.6, 0.0), (0.0, 7.0), (6.2, 7.0)])],
        '5' => &[
            Lines(&[(5.5, 0.0), (1.2, 0.0), (0.7, 4.5)]),
            Curves(
                (0.7, 4.5),
                &[
                    [(2.6, 2.9), (6.0, 3.7), (6.0, 6.7)],
                    [(6.0, 10.8), (0.8, 11.0), (0.1, 8.1)],
                ],
            ),
        ],
        '6' => &[
            Curves((4.6, 0.0), &[[(2.2, 1.6), (0.0, 4.0), (0.0, 6.8)]]),
            Oval(0.0, 3.8, 6.0, 6.2),
        ],
        '7' => &[Lines(&[(0.0, 0.0), (6.0, 0.0), (2.0, 10.0)])],
        '8' => &[Oval(0.5, 0.0, 5.0, 4.6), Oval(0.0, 4.6, 6.0, 5.4)],
        '9' => &[
            Oval(0.0, 0.0, 6.0, 6.2),
            Curves((6.0, 3.2), &[[(6.0, 6.0), (3.8, 8.4), (1.4, 10.0)]]),
        ],
        '-' => &[Lines(&[(1.0, 5.6), (5.0, 5.6)])],
        _ => &[],
    }
}

/// Width of a text, in units of the picture.
pub(crate) fn width(text: &str, height: f32) -> f32 {
    let scale = height / HEIGHT;
    (text.chars().count() as f32 * ADVANCE - (ADVANCE - 6.0)) * scale
}

/// The lines of a text of digits and hyphens, of this height, whose upper left corner is at `x` and `y`. `None` if the text has
/// no such sign.
pub(crate) fn lines(text: &str, height: f32, x: f32, y: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (at, sign) in text.chars().enumerate() {
        let left = at as f32 * ADVANCE;
        for stroke in strokes(sign) {
            match stroke {
                Lines(points) => {
                    for (at, (x, y)) in points.iter().enumerate() {
                        if at == 0 {
                            path.move_to(left + x, *y);
                        } else {
                            path.line_to(left + x, *y);
                        }
                    }
                }
                Curves((x, y), curves) => {
                    path.move_to(left + x, *y);
                    for [(ax, ay), (bx, by), (x, y)] in *curves {
                        path.cubic_to(left + ax, *ay, left + bx, *by, left + x, *y);
                    }
                }
                Oval(x, y, width, height) => {
                    path.push_oval(Rect::from_xywh(left + x, *y, *width, *height)?);
                }
            }
        }
    }
    let scale = height / HEIGHT;
    let at = Transform::from_translate(x, y).pre_scale(scale, scale);
    path.finish()?.transform(at)
}
