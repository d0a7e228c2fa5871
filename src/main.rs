//! The `pullquote` program: parse the command line, hand over, turn an error into an exit code.

use pullquote::cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
