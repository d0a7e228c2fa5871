//! A bot as a child process, with its memory and CPU time as counted by Linux.

use std::fs::read_to_string;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running bot. Dropping it kills it.
pub struct Process(Child);

impl Process {
    /// Starts it. Its output is discarded, since printing it would distort the times.
    pub fn start(mut command: Command) -> Self {
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        Self(child.expect("the bot starts"))
    }

    /// Current and peak resident memory, in megabytes.
    pub fn memory(&self) -> (f64, f64) {
        let status = self.read("status");
        let megabytes = |field: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(field));
            let number = line.and_then(|line| line.split_whitespace().next());
            let kibibytes: f64 = number.and_then(|n| n.parse().ok()).expect("a size in kB");
            kibibytes * 1024.0 / 1e6
        };
        (megabytes("VmRSS:"), megabytes("VmHWM:"))
    }

    /// CPU time so far, user and system.
    pub fn cpu(&self) -> Duration {
        cpu(&self.read("stat"))
    }

    fn read(&self, file: &str) -> String {
        let path = format!("/proc/{}/{file}", self.0.id());
        read_to_string(path).expect("the bot runs")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Errors are fine: it may have exited already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// CPU time of this program so far, user and system.
pub fn own_cpu() -> Duration {
    cpu(&read_to_string("/proc/self/stat").expect("Linux"))
}

fn cpu(stat: &str) -> Duration {
    // Split after the name in parentheses. utime and stime are fields 14 and 15 of the line, in ticks of 10 ms
    // (proc(5)).
    let (_, fields) = stat.rsplit_once(')').expect("a name in brackets");
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let ticks = |place: usize| fields[place].parse::<u64>().expect("a number of ticks");
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}
