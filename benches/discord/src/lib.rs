//! What the load program stands on: the stand-in of the project's tests, as a library, for it uses only some of it.

pub mod support;
