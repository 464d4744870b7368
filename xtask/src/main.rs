//! The commands of the house: `cargo xtask demo`, `test`, `build`, `size`, `bench`.

mod bench;
mod bindgen;
mod build;
mod demo;
mod matrix;
mod shell;
mod size;
mod test;
mod tools;
mod workspace;

use shell::Shell;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask demo [--once]     build the package and run the demo (--once: show one round and end)
cargo xtask test [--only STEP]… [--list]
                              run every check; the last line is the result
cargo xtask build [--wasm-pack]
                              build the wasm module and the npm package into pkg/
                              (--wasm-pack: then compare with what wasm-pack itself makes)
cargo xtask size [--check]    write sizes and start-up times into README.md
                              (--check: only compare the sizes with those that stand there)
cargo xtask bench [--only PART]… [--runtime NAME]… [--quick]
                              measure beside the peers and write docs/benchmarks.md, for a quarter of an
                              hour (--quick: only see that everything runs and answers right)
cargo xtask help              this text";

/// What a command gives back: nothing, or what is wrong and what to do about it.
type Outcome<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[&str]) -> Outcome<ExitCode> {
    let shell = Shell::terminal();
    match arguments {
        ["demo"] => demo::run(&shell, false)?,
        ["demo", "--once"] => demo::run(&shell, true)?,
        ["build"] => build::run(&shell)?,
        ["build", "--wasm-pack"] => {
            build::run(&shell)?;
            build::compare_with_wasm_pack(&shell)?;
        }
        ["size"] => size::write(&shell)?,
        ["size", "--check"] => size::check(&shell)?,
        ["bench", rest @ ..] => bench::run(&shell, rest)?,
        ["test", rest @ ..] => return test::run(rest),
        [] | ["help" | "--help" | "-h"] => println!("{HELP}"),
        _ => return Err(format!("`{}` is not a command\n\n{HELP}", arguments.join(" "))),
    }
    Ok(ExitCode::SUCCESS)
}
