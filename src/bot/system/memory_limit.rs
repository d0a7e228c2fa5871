//! The memory that the system lets the bot use, if it is in a container or a systemd service with a limit.
//!
//! A program that exceeds the limit of its control group is killed without a word. So too low a limit is refused, and
//! [`watch_memory`] ends the bot with a reason when the articles turn out not to fit.

/// Ends the program with a message if it needs nearly all the memory that its control group may use, until the result is
/// dropped. Without a limit it does nothing.
pub fn watch_memory() -> MemoryWatch {
    MemoryWatch {
        #[cfg(target_os = "linux")]
        _running: linux::watch(),
    }
}

/// Watches the memory until it is dropped.
#[derive(Debug)]
pub struct MemoryWatch {
    #[cfg(target_os = "linux")]
    _running: Option<std::sync::mpsc::Sender<()>>,
}

#[cfg(target_os = "linux")]
pub(crate) use linux::limit;

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
    use std::thread;
    use std::time::Duration;

    /// Where control groups are mounted.
    const GROUPS: &str = "/sys/fs/cgroup";
    /// In this time a few megabytes may be needed more.
    const INTERVAL: Duration = Duration::from_millis(2);
    /// What must stay free of the limit, in bytes, or a tenth of it if that is more: for the system's own tables, and for what
    /// is needed before this thread looks again.
    const FREE: u64 = 8 << 20;

    /// The limit on the memory of the process's control group and of those around it, in bytes. `None` if there is none.
    pub(crate) fn limit() -> Option<u64> {
        let groups = fs::read_to_string("/proc/self/cgroup").ok()?;
        limit_of(&groups, Path::new(GROUPS))
    }

    /// `groups` is the content of `/proc/self/cgroup`: `number:controllers:path`, a line for each hierarchy.
    fn limit_of(groups: &str, root: &Path) -> Option<u64> {
        let hierarchies = groups.lines().filter_map(|line| {
            let mut fields = line.splitn(3, ':').skip(1);
            let (controllers, path) = (fields.next()?, fields.next()?);
            // Version 2 names no controllers.
            let (mount, file) = if controllers.is_empty() {
                (root.to_owned(), "memory.max")
            } else if controllers.split(',').any(|name| name == "memory") {
                (root.join("memory"), "memory.limit_in_bytes")
            } else {
                return None;
            };
            Some((mount, PathBuf::from(path.trim_start_matches('/')), file))
        });
        // In a container, `path` may be that of the host, and `mount` the container's own group.
        let limits = hierarchies.flat_map(|(mount, path, file)| {
            let around: Vec<PathBuf> = path.ancestors().map(Path::to_owned).collect();
            around.into_iter().filter_map(move |group| {
                let text = fs::read_to_string(mount.join(group).join(file)).ok()?;
                text.trim().parse::<u64>().ok()
            })
        });
        limits.min()
    }

    pub(crate) fn watch() -> Option<Sender<()>> {
        let limit = limit()?;
        let most = limit.saturating_sub(FREE.max(limit / 10));
        used()?;
        let (running, ended) = channel::<()>();
        let watch = move || {
            while ended.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
                if used().is_some_and(|used| used > most) {
                    anstream::eprintln!(
                        "pullquote: the articles need more than the {} MB of memory that the bot may use: raise the limit (MemoryMax, \
                         mem_limit, resources.limits.memory)",
                        limit >> 20
                    );
                    std::process::exit(1);
                }
            }
        };
        let started = thread::Builder::new()
            .name("memory".to_owned())
            .spawn(watch);
        started.ok().map(|_| running)
    }

    /// Bytes that the process uses. What it maps from files does not count: the system can drop it.
    fn used() -> Option<u64> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("RssAnon:"))?;
        let kibibytes: u64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kibibytes << 10)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn write(root: &Path, file: &str, limit: &str) {
            let file = root.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, limit).unwrap();
        }

        #[test]
        fn the_lowest_limit_around_the_process_counts() {
            let root = tempfile::tempdir().unwrap();
            let root = root.path();
            write(root, "bots.slice/pullquote.service/memory.max", "max\n");
            assert_eq!(limit_of("0::/bots.slice/pullquote.service\n", root), None);
            write(root, "bots.slice/memory.max", "67108864\n");
            write(root, "memory.max", "134217728\n");
            let limit = limit_of("0::/bots.slice/pullquote.service\n", root);
            assert_eq!(limit, Some(64 << 20));
            assert_eq!(limit_of("0::/\n", root), Some(128 << 20));
        }

        #[test]
        fn version_1_names_the_controller() {
            let root = tempfile::tempdir().unwrap();
            let root = root.path();
            write(root, "memory/memory.limit_in_bytes", "33554432\n");
            let groups = "5:cpu,cpuacct:/docker/0af\n4:memory:/docker/0af\n0::/\n";
            assert_eq!(limit_of(groups, root), Some(32 << 20));
            assert_eq!(limit_of("5:cpu,cpuacct:/docker/0af\n", root), None);
        }

        #[test]
        fn the_memory_of_this_process_can_be_read() {
            assert!(used().unwrap() > 1 << 16);
        }
    }
}
