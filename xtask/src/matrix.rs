//! The build matrix: `wasm-pack.toml`.

use crate::{Outcome, workspace};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// All wasm builds of the npm package, by name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Matrix {
    pub(crate) build: BTreeMap<String, WasmBuild>,
}

/// One wasm build: a table of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct WasmBuild {
    target: Target,
    default_features: bool,
    pub(crate) features: Vec<String>,
    target_features: Vec<String>,
    pub(crate) profile: String,
    pub(crate) wasm_opt: Vec<String>,
    out: PathBuf,
    /// Bytes.
    pub(crate) gzip_limit: u64,
}

/// The only glue that the package can load in every runtime.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Target {
    Bundler,
}

impl Matrix {
    pub(crate) fn read() -> Outcome<Self> {
        Self::parse(&workspace::read(&workspace::root().join("wasm-pack.toml"))?)
    }

    fn parse(text: &str) -> Outcome<Self> {
        toml::from_str(text).map_err(|error| format!("wasm-pack.toml: {error}"))
    }
}

impl WasmBuild {
    /// The folder of the result.
    pub(crate) fn out(&self) -> PathBuf {
        workspace::root().join(&self.out)
    }

    /// The word for `wasm-pack build --target`.
    pub(crate) fn target(&self) -> &'static str {
        match self.target {
            Target::Bundler => "bundler",
        }
    }

    /// Where cargo puts what it compiles for this build.
    pub(crate) fn target_folder(&self) -> Outcome<PathBuf> {
        let folder = workspace::target()?;
        let features = self.target_features.join("-");
        Ok(if features.is_empty() { folder.to_path_buf() } else { folder.join(features) })
    }

    /// The flag of rustc for the wasm features.
    pub(crate) fn target_feature_flag(&self) -> Option<String> {
        let features: Vec<_> = self.target_features.iter().map(|name| format!("+{name}")).collect();
        (!features.is_empty()).then(|| format!("-Ctarget-feature={}", features.join(",")))
    }

    /// The feature flags of cargo.
    pub(crate) fn feature_flags(&self) -> Vec<String> {
        let mut flags = Vec::new();
        if !self.default_features {
            flags.push("--no-default-features".to_owned());
        }
        if !self.features.is_empty() {
            flags.extend(["--features".to_owned(), self.features.join(",")]);
        }
        flags
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_of_this_repository_is_read() {
        let matrix = Matrix::read().unwrap();
        let build = &matrix.build["default"];
        assert_eq!(
            build.feature_flags(),
            ["--no-default-features", "--features", "wasm,ring,supertokens"]
        );
        assert_eq!(build.target_feature_flag().as_deref(), Some("-Ctarget-feature=+simd128"));
        assert_eq!(build.target(), "bundler");
        assert!(build.out().ends_with("pkg/wasm"));
        assert_eq!(matrix.build["scalar"].target_feature_flag(), None);
    }

    #[test]
    fn unknown_targets_and_keys_are_refused() {
        let text = workspace::read(&workspace::root().join("wasm-pack.toml")).unwrap();
        let other_target = text.replace("target = \"bundler\"", "target = \"web\"");
        assert!(Matrix::parse(&other_target).unwrap_err().contains("web"));
        let other_key = text.replace("gzip-limit", "gzip-limits");
        assert!(Matrix::parse(&other_key).unwrap_err().contains("gzip-limits"));
    }
}
