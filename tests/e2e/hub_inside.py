"""Run as the first process of a namespace of its own: makes a machine within the machine, and lives until told to end.

Everything that the people of the test could see or change of the real machine is covered by folders
in memory: /etc, /home, /srv, /tmp, /root and the checkout. Only what a server needs is shown again:
the environment with JupyterHub, and the Python behind it. The kernel throws all of it away with the
last process of the namespace, and it ends every process when this one ends.

Arguments: the checkout, then each folder to show again. The checkout is kept for root at /mnt/checkout.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

COVERED = ("/home", "/srv", "/tmp", "/root", "/var/log", "/var/mail", "/var/tmp")
STAGE = Path("/mnt")


def main(checkout: Path, shown: list[Path]) -> None:
    """Cover the machine, say so, and wait for the end of standard input."""
    mount("-t", "tmpfs", "-o", "mode=0700", "private", STAGE)
    stages = {path: STAGE / f"shown-{n}" for n, path in enumerate(shown)}
    bind(checkout, STAGE / "checkout")
    for path, stage in stages.items():
        bind(path, stage)
    own_etc()
    for folder in sorted({*map(Path, COVERED), checkout, *closed(shown)}):
        if folder.is_dir():
            mode = "1777" if folder.name == "tmp" else "0755"
            mount("-t", "tmpfs", "-o", f"mode={mode}", "private", folder)
    for path, stage in stages.items():
        bind(stage, path)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever is orphaned here is never left as a zombie
    print("ready", flush=True)
    sys.stdin.read()


def own_etc() -> None:
    """Put a copy in the place of /etc, so that accounts can be made which the machine never hears of."""
    own = STAGE / "etc"
    own.mkdir()
    subprocess.run(["cp", "--archive", "/etc/.", own], check=True)
    mount("--bind", own, "/etc")


def closed(paths: list[Path]) -> set[Path]:
    """The outermost folder above each path through which other users cannot pass."""
    found = set()
    for path in paths:
        above = [folder for folder in reversed(path.parents) if not folder.stat().st_mode & 0o001]
        found |= set(above[:1])
    return found


def bind(path: Path, to: Path) -> None:
    """Show a folder in another place too."""
    to.mkdir(parents=True, exist_ok=True)
    mount("--bind", path, to)


def mount(*words: str | Path) -> None:
    """Mount, or stop with what mount says."""
    subprocess.run(["mount", *map(str, words)], check=True)


if __name__ == "__main__":
    os.umask(0o022)
    main(Path(sys.argv[1]), [Path(word) for word in sys.argv[2:]])
