//! Sentence models: folders with one, and installing them.

mod file_server;
mod folders;
mod installing;
mod tiny;
#[path = "../../../crates/pullquote-model/src/tiny_onnx.rs"]
mod tiny_onnx;
