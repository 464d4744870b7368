//! Makes the JavaScript glue of a compiled module, as wasm-bindgen's command line does.

use crate::Outcome;
use std::path::Path;
use wasm_bindgen_cli_support::Bindgen;

/// Writes `NAME_bg.wasm`, `NAME_bg.js` and their types into `out`; `NAME` is the module's file name.
///
/// Refuses a module that imports anything but its own glue: no host would find the rest.
pub(crate) fn generate(module: &Path, out: &Path) -> Outcome {
    let failed = |error| format!("wasm-bindgen: {error:#}");
    let mut bindgen = Bindgen::new();
    // All else as the command line has it, so that wasm-pack gives the same bytes.
    let bundler = bindgen.bundler(true).map_err(failed)?;
    let generator = bundler.input_path(module).typescript(true).omit_default_module_path(false);
    let mut output = generator.generate_output().map_err(failed)?;
    let stem = module.file_stem().unwrap_or_default().to_string_lossy();
    let imports = output.wasm().imports.iter();
    let imports = imports.map(|import| (import.module.as_str(), import.name.as_str()));
    check_imports(imports, &format!("./{stem}_bg.js"))?;
    output.emit(out).map_err(failed)
}

fn check_imports<'m>(imports: impl Iterator<Item = (&'m str, &'m str)>, glue: &str) -> Outcome {
    let foreign: Vec<_> = imports.filter(|(module, _)| *module != glue).collect();
    let Some((module, _)) = foreign.first() else { return Ok(()) };
    let names: Vec<_> =
        foreign.iter().map(|(module, name)| format!("  {module}: {name}")).take(8).collect();
    let hint = if foreign.iter().any(|(module, _)| *module == "env") { CLANG_HINT } else { "" };
    Err(format!(
        "the wasm module imports {} name(s) from `{module}`, but may import from `{glue}` alone, \
         because no runtime provides the rest:\n{}{hint}",
        foreign.len(),
        names.join("\n"),
    ))
}

const CLANG_HINT: &str = "\n\
    Imports from `env` are C functions that were not compiled for wasm. ring needs clang for that; \
    gcc leaves them out without an error. Install clang (`apt-get install clang`), unset `CC` and \
    `CC_wasm32_unknown_unknown` or point them at clang, run `cargo clean -p ring` and build again.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_own_glue_may_be_imported() {
        let imports = [("./a_bg.js", "__wbindgen_init_externref_table")];
        assert_eq!(check_imports(imports.into_iter(), "./a_bg.js"), Ok(()));
    }

    #[test]
    fn foreign_imports_are_named() {
        let imports = [("./a_bg.js", "x"), ("env", "ring_core_p256"), ("wasi", "random_get")];
        let error = check_imports(imports.into_iter(), "./a_bg.js").unwrap_err();
        assert!(error.contains("2 name(s) from `env`"), "{error}");
        assert!(error.contains("env: ring_core_p256\n  wasi: random_get"), "{error}");
        assert!(error.contains("apt-get install clang"), "{error}");
    }

    #[test]
    fn the_hint_stands_only_where_it_helps() {
        let error = check_imports([("wasi", "f")].into_iter(), "./a_bg.js").unwrap_err();
        assert!(!error.contains("clang"), "{error}");
    }
}
