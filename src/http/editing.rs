//! Changes to articles that come from the host's page.

use super::edits::MAX_TEXT;
use super::fields::{self, FormError, field};
use super::host::Host;
use super::reply::{self, Reply};
use hyper::body::Incoming;
use hyper::header::CONTENT_TYPE;
use hyper::{Request, StatusCode};
use multer::{Constraints, Multipart, SizeLimit};
use pullquote_cards::upload_path;
use pullquote_core::text::safe;
use pullquote_library::{EditError, Version, log_reload, read_upload, version_of};
use pullquote_page::{Edited, Reading, editor, not_changed, preview};
use pullquote_readers::{Format, suggested_extensions};
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// Bytes of its form, where most letters of some languages take nine.
const MAX_FORM: usize = 4 << 20;
/// Bytes of an upload's form beside the file.
const FORM_AROUND: u64 = 1 << 16;

/// The response to a form that the guard has let in.
pub(super) async fn respond(host: &Arc<Host>, request: Request<Incoming>) -> Reply {
    let path = request.uri().path().to_owned();
    if path == "/upload" {
        return upload(host, request).await;
    }
    if !["/edit", "/preview", "/undo", "/delete"].contains(&path.as_str()) {
        return reply::text(StatusCode::NOT_FOUND, "there is no such page");
    }
    let fields = match fields::fields(request, MAX_FORM).await {
        Ok(fields) => fields,
        Err(FormError::TooLarge) => return too_large(MAX_TEXT as u64),
        Err(error) => return bad(&error.to_string()),
    };
    let host = Arc::clone(host);
    let done = spawn_blocking(move || match path.as_str() {
        "/preview" => host.preview(&fields),
        "/undo" => host.undo(&field(&fields, "change")),
        "/delete" => host.delete(&fields),
        _ => host.save(&fields),
    });
    done.await.unwrap_or_else(|_| {
        reply::text(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal error: see the log",
        )
    })
}

fn too_large(bytes: u64) -> Reply {
    let reason = format!(
        "More than {} MB cannot be taken: split the text.",
        bytes >> 20
    );
    reply::html(StatusCode::PAYLOAD_TOO_LARGE, not_changed(&reason, None))
}

fn refused(error: &EditError, path: &str) -> Reply {
    let (status, path) = match error {
        EditError::Changed(_) | EditError::Exists(_) => (StatusCode::CONFLICT, Some(path)),
        EditError::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, None),
        EditError::Path(_) => (StatusCode::BAD_REQUEST, None),
        EditError::Io { .. } => (StatusCode::INTERNAL_SERVER_ERROR, None),
    };
    reply::html(status, not_changed(&error.to_string(), path))
}

fn bad(reason: &str) -> Reply {
    reply::html(StatusCode::BAD_REQUEST, not_changed(reason, None))
}

/// A version as forms have it; `None` for a new file.
fn version(text: &str) -> Version {
    u64::from_str_radix(text, 16).ok()
}

/// The path of a new file: a plain name without folders.
fn new_path(name: &str, otherwise: &str) -> String {
    let last = |name: &str| {
        name.rsplit(['/', '\\'])
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    let mut name = last(name);
    if name.is_empty() {
        let first = otherwise
            .lines()
            .map(|line| line.trim_start_matches('#').trim());
        // A full stop would begin an extension, and a slash would end a folder.
        let first: String = first.filter(|line| !line.is_empty()).take(1).collect();
        name = first.replace(['.', '/', '\\'], " ");
    }
    if !name.contains('.') || Format::of_path(&name).is_none() {
        name.push_str(".md");
    }
    upload_path(&name)
}

impl Host {
    /// Writes a file, takes it up, and shows it.
    fn put(&self, path: &str, content: &[u8], known: Version) -> Result<Reply, EditError> {
        let after = version_of(content);
        let number = match self.handle().write_file(path, content, known) {
            Ok(before) => Some(self.edits().remember(path, before, Some(after))),
            // The same form again.
            Err(EditError::Changed(_) | EditError::Exists(_))
                if self.handle().read_file(path)?.as_deref() == Some(content) =>
            {
                None
            }
            Err(error) => return Err(error),
        };
        self.reload();
        let path = fields::encoded(path);
        Ok(reply::see_other(&match number {
            Some(number) => format!("/article?path={path}&done={number}"),
            None => format!("/article?path={path}"),
        }))
    }

    fn reload(&self) {
        log_reload(&self.handle().reload());
    }

    /// Saves what is in the editor, or shows how it would be read.
    fn save(&self, fields: &[(String, String)]) -> Reply {
        // Browsers send CRLF.
        let text = field(fields, "text").replace("\r\n", "\n");
        let (path, name) = (field(fields, "path"), field(fields, "name"));
        let known = version(&field(fields, "version"));
        let edited = Edited {
            path: Some(path.as_str()).filter(|path| !path.is_empty()),
            name: &name,
            text: &text,
            version: known,
            problem: None,
        };
        let target = match edited.path {
            Some(path) => path.to_owned(),
            None => new_path(&name, &text),
        };
        if text.len() > MAX_TEXT {
            return too_large(MAX_TEXT as u64);
        }
        if field(fields, "action") == "preview" {
            return match self.read(&target, &text, |reading| editor(&edited, Some(reading))) {
                Ok(page) => reply::html(StatusCode::OK, page),
                Err(reason) => bad(&reason),
            };
        }
        let problem = if text.trim().is_empty() {
            "There is no text.".to_owned()
        } else if safe(&target) != target {
            "The name contains characters that cannot be shown.".to_owned()
        } else {
            match self.put(&target, text.as_bytes(), known) {
                Ok(reply) => return reply,
                Err(error @ (EditError::Changed(_) | EditError::Exists(_))) => {
                    let page = editor(
                        &Edited {
                            problem: Some(&error.to_string()),
                            ..edited
                        },
                        None,
                    );
                    return reply::html(StatusCode::CONFLICT, page);
                }
                Err(error) => return refused(&error, &target),
            }
        };
        let edited = Edited {
            problem: Some(&problem),
            ..edited
        };
        reply::html(StatusCode::BAD_REQUEST, editor(&edited, None))
    }

    /// How the text in the editor would be read.
    fn preview(&self, fields: &[(String, String)]) -> Reply {
        let text = field(fields, "text").replace("\r\n", "\n");
        let path = match field(fields, "path") {
            path if path.is_empty() => new_path(&field(fields, "name"), &text),
            path => path,
        };
        if text.len() > MAX_TEXT {
            return too_large(MAX_TEXT as u64);
        }
        match self.read(&path, &text, preview) {
            Ok(page) => reply::html(StatusCode::OK, page),
            Err(reason) => reply::text(StatusCode::SERVICE_UNAVAILABLE, &reason),
        }
    }

    /// Reads a text like a file of the folder.
    fn read<T>(
        &self,
        path: &str,
        text: &str,
        show: impl FnOnce(&Reading<'_>) -> T,
    ) -> Result<T, String> {
        let handle = self.handle();
        let upload = read_upload(
            path,
            text.as_bytes(),
            handle.reader().as_ref(),
            handle.limits(),
        )?;
        let report = &upload.report;
        Ok(show(&Reading {
            repeated: &[],
            quoted: None,
            article: upload.article.as_ref(),
            problems: &report.problems,
            left_out: &report.dropped,
            numbering: report.numbering,
            unused_keys: &report.unused_keys,
        }))
    }

    /// Deletes a file, if nobody has changed it since it was looked at.
    fn delete(&self, fields: &[(String, String)]) -> Reply {
        let path = field(fields, "path");
        let Some(known) = version(&field(fields, "version")) else {
            return bad("The form is damaged: try again.");
        };
        // A reload that finds no articles keeps those that it had.
        if !self
            .rows()
            .iter()
            .any(|row| row.is_used() && row.path != path)
        {
            return bad("This is the only article, and the bot needs one. Add another one first.");
        }
        match self.handle().remove_file(&path, known) {
            Ok(before) => {
                let number = self.edits().remember(&path, Some(before), None);
                self.reload();
                reply::see_other(&format!("/articles?deleted={number}"))
            }
            Err(error) => refused(&error, &path),
        }
    }

    /// Takes a change back, if nobody has changed the file since.
    fn undo(&self, number: &str) -> Reply {
        let change = number
            .parse()
            .ok()
            .and_then(|number| self.edits().take(number));
        let Some(change) = change else {
            return bad("That change cannot be undone any more.");
        };
        let (path, after) = (&change.path, change.after);
        let undone = match (&change.before, after) {
            (Some(before), after) => self.handle().write_file(path, before, after).map(drop),
            (None, Some(after)) => self.handle().remove_file(path, after).map(drop),
            (None, None) => Ok(()),
        };
        if let Err(error) = undone {
            let reply = refused(&error, path);
            self.edits().give_back(change);
            return reply;
        }
        self.reload();
        reply::see_other("/articles?undone=1")
    }
}

/// Takes a file: a new one, or in place of another.
async fn upload(host: &Arc<Host>, request: Request<Incoming>) -> Reply {
    let limit = host.handle().limits().file_bytes;
    let Ok(_uploading) = host.edits().uploading.try_acquire() else {
        return reply::text(
            StatusCode::SERVICE_UNAVAILABLE,
            "another file is being uploaded: try again",
        );
    };
    let form = match parts(request, limit).await {
        Ok(form) => form,
        Err(multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. }) => {
            return too_large(limit);
        }
        Err(_) => return bad("The form is damaged: try again."),
    };
    let Some((name, content)) = form.file.filter(|(name, _)| !name.is_empty()) else {
        return bad("Choose a file first.");
    };
    let path = if form.path.is_empty() {
        if Format::of_path(&name).is_none() {
            return bad(&format!("Articles are {} files.", suggested_extensions()));
        }
        new_path(&name, "")
    } else {
        form.path
    };
    let host = Arc::clone(host);
    let done = spawn_blocking(move || {
        let put = host.put(&path, &content, version(&form.version));
        put.unwrap_or_else(|error| refused(&error, &path))
    });
    done.await.unwrap_or_else(|_| {
        reply::text(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal error: see the log",
        )
    })
}

/// The form that uploads a file.
#[derive(Default)]
struct UploadForm {
    path: String,
    version: String,
    /// Its name and content.
    file: Option<(String, Vec<u8>)>,
}

async fn parts(request: Request<Incoming>, limit: u64) -> Result<UploadForm, multer::Error> {
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let boundary = multer::parse_boundary(kind.unwrap_or_default())?;
    let sizes = SizeLimit::new()
        .whole_stream(limit + FORM_AROUND)
        .per_field(limit);
    let constraints = Constraints::new().size_limit(sizes);
    let body = http_body_util::BodyDataStream::new(request.into_body());
    let mut parts = Multipart::with_constraints(body, boundary, constraints);
    let mut form = UploadForm::default();
    while let Some(part) = parts.next_field().await? {
        match part.name() {
            Some("path") => form.path = part.text().await?,
            Some("version") => form.version = part.text().await?,
            Some("file") => {
                let name = part.file_name().unwrap_or_default().to_owned();
                form.file = Some((name, part.bytes().await?.to_vec()));
            }
            _ => {}
        }
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::new_path;

    #[test]
    fn a_new_article_is_named_after_its_heading() {
        for (name, text, expect) in [
            (
                "",
                "# TCP/IP settings\n\nThe port is 7.",
                "tcp-ip-settings.md",
            ),
            ("", "\n## C:\\ or D:\\?\n", "c-or-d.md"),
            ("", "# Version 1.5\n", "version-1-5.md"),
            ("folder/House rules", "# Rules\n", "house-rules.md"),
            ("rules.txt", "", "rules.txt"),
        ] {
            assert_eq!(new_path(name, text), expect);
        }
    }
}
