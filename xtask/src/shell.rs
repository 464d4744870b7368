//! Runs commands, with their output on the terminal or in a log file.

use crate::{Outcome, workspace};
use std::ffi::OsStr;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Where commands run and their output goes.
pub(crate) struct Shell {
    log: Option<(PathBuf, File)>,
}

impl Shell {
    /// Output goes to the terminal.
    pub(crate) fn terminal() -> Self {
        Self { log: None }
    }

    /// Output goes to a file, which is emptied first.
    pub(crate) fn log(path: PathBuf) -> Outcome<Self> {
        let file = File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { log: Some((path, file)) })
    }

    /// What the log holds up to now; empty for the terminal.
    pub(crate) fn text(&self) -> String {
        let bytes = self.log.as_ref().and_then(|(path, _)| std::fs::read(path).ok());
        String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
    }

    /// Writes one line.
    pub(crate) fn say(&self, text: &str) {
        match &self.log {
            None => println!("{text}"),
            // A log that cannot be written must not hide the result of the step.
            Some((_, file)) => drop(writeln!(&*file, "{text}")),
        }
    }

    /// Runs a command to its end; anything but success is an error that names the command.
    pub(crate) fn run(&self, command: &mut Command) -> Outcome {
        let shown = show(command);
        self.say(&format!("$ {shown}"));
        let status = self.wait(command, &shown)?;
        if status.success() { Ok(()) } else { Err(format!("`{shown}` ended with {status}")) }
    }

    fn wait(&self, command: &mut Command, shown: &str) -> Outcome<ExitStatus> {
        let failed = |error| format!("`{shown}` cannot be started: {error}");
        let Some((_, file)) = &self.log else {
            return command.status().map_err(failed);
        };
        command.stdin(Stdio::null());
        command.stdout(file.try_clone().map_err(failed)?);
        command.stderr(file.try_clone().map_err(failed)?);
        let mut child = command.spawn().map_err(failed)?;
        wait_with_limit(&mut child, shown)
    }
}

/// A command in the root of the repository.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workspace::root());
    command
}

/// What a command prints, without the line break at its end; `None` when it cannot be had.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim_end().to_owned())
}

/// The full path of a program on PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// PATH with other folders before it.
pub(crate) fn path_with(folders: &[&Path]) -> Outcome<std::ffi::OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().map(|folder| folder.to_path_buf());
    std::env::join_paths(all.chain(std::env::split_paths(&path)))
        .map_err(|error| format!("PATH cannot be extended: {error}"))
}

fn show(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

fn wait_with_limit(child: &mut Child, shown: &str) -> Outcome<ExitStatus> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if start.elapsed() < LIMIT => std::thread::sleep(POLL),
            Ok(None) => {
                let minutes = LIMIT.as_secs() / 60;
                // It may have ended by itself just now, which is as good.
                drop(child.kill());
                drop(child.wait());
                return Err(format!("`{shown}` was stopped after {minutes} minutes"));
            }
            Err(error) => return Err(format!("`{shown}` cannot be waited for: {error}")),
        }
    }
}

/// A command of a test step that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(25 * 60);
const POLL: Duration = Duration::from_millis(20);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_logged_and_a_failure_names_the_command() {
        let path = std::env::temp_dir().join(format!("xtask-shell-{}.log", std::process::id()));
        let shell = Shell::log(path.clone()).unwrap();
        assert_eq!(shell.run(command("cargo").arg("--version")), Ok(()));
        let error = shell.run(command("cargo").arg("no-such-command")).unwrap_err();
        let text = shell.text();
        std::fs::remove_file(path).unwrap();
        assert!(text.starts_with("$ cargo --version\ncargo 1."), "{text}");
        assert!(error.starts_with("`cargo no-such-command` ended with exit status"), "{error}");
    }

    #[test]
    fn a_missing_program_is_named() {
        let error = Shell::terminal().run(&mut command("no-such-program")).unwrap_err();
        assert!(error.starts_with("`no-such-program` cannot be started"), "{error}");
    }
}
