//! Finds the tools that a step needs, or installs them.

pub(crate) mod apt;
pub(crate) mod cargo_tool;
pub(crate) mod npm;
pub(crate) mod rust;
