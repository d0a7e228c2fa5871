//! The stand-in of the project's tests. It is a library, so that its unused parts cause no warnings.

pub mod support;
