//! The `pullquote` program.

use pullquote::cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
