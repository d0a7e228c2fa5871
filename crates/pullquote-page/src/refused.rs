//! What visitors get who may not see the page: why, and the way out.

use crate::guard::{Refusal, SIGN_IN};
use crate::layout::page;
use maud::html;

/// The page for a refused request.
pub fn refused(refusal: Refusal) -> String {
    let content = html! {
        @match refusal {
            Refusal::NoKeySet => {
                p {
                    "Other machines can reach this address, so the page stays closed until it has a key. On the machine that runs "
                    "the bot, make one and add it to " code { ".env" } " with this command, then restart the bot:"
                }
                pre tabindex="0" { "echo \"HTTP_KEY=$(openssl rand -hex 32)\" >> .env" }
                p { "Or let " code { "HTTP_ADDRESS" } " be an address that only this machine can reach, such as " code { "127.0.0.1:9090" } "." }
            }
            Refusal::KeyNeeded | Refusal::WrongKey | Refusal::TooManyTries => {
                @match refusal {
                    Refusal::WrongKey => p.verdict.error role="alert" { "That is not the key." },
                    Refusal::TooManyTries => p.verdict.error role="alert" { "Too many tries. Wait a minute." },
                    _ => p { "This page is for the person who hosts the bot. The key is in the setting " code { "HTTP_KEY" } "." },
                }
                form method="post" action=(SIGN_IN) {
                    label for="key" { "Key" }
                    input #key name="key" type="password" required autocomplete="current-password";
                    button type="submit" { "Open" }
                }
            }
            Refusal::ForeignForm => p {
                "This form was sent by another page, or by a browser that does not say which. Nothing was changed. "
                a href="/" { "Open the page itself" } "."
            },
            Refusal::UnknownHost => p { "unknown host name: add it to HTTP_HOSTS" },
            Refusal::Method => p { "The page has no such method." },
        }
    };
    let title = match refusal {
        Refusal::NoKeySet => "This page needs a key",
        Refusal::KeyNeeded | Refusal::WrongKey | Refusal::TooManyTries => "Enter the key",
        Refusal::ForeignForm | Refusal::UnknownHost | Refusal::Method => "Refused",
    };
    page(title, "", &content)
}
