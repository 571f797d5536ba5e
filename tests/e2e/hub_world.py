"""A machine within the machine: Unix users, folders and a JupyterHub of their own, gone without a trace afterwards."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[2]
SERVER = Path(os.environ.get("HUB_ENVIRONMENT", REPOSITORY / ".venv-hub"))
INSIDE = Path(__file__).with_name("hub_inside.py")
NAMESPACES = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private"]
PATH = f"{SERVER}/bin:{SERVER}/node_modules/.bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
BOOT = 120


class World:
    """A running namespace. Commands are run in it as root or as one of its users."""

    def __init__(self, pid: int) -> None:
        self._enter = ["nsenter", "--target", str(pid), "--mount", "--pid"]

    def command(self, *words: str | Path, user: str = "root", folder: str | Path = "/") -> list[str]:
        """The command line that runs a command inside, as a user who has just logged in."""
        login = ["env", "--ignore-environment", f"PATH={PATH}", "LANG=C.UTF-8", f"HOME={home(user)}", f"USER={user}"]
        become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"] if user != "root" else []
        go = ["sh", "-c", 'cd "$0" && exec "$@"', str(folder)]
        return [*self._enter, *login, *become, *go, *map(str, words)]

    def run(self, *words: str | Path, user: str = "root", folder: str | Path = "/", stdin: str = "") -> str:
        """Run a command to its end and return what it prints; AssertionError with its words if it fails."""
        done = self.tried(*words, user=user, folder=folder, stdin=stdin)
        assert done.returncode == 0, f"{user}: {words}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done.stdout

    def tried(
        self, *words: str | Path, user: str = "root", folder: str | Path = "/", stdin: str = ""
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command that may fail."""
        line = self.command(*words, user=user, folder=folder)
        return subprocess.run(line, input=stdin, capture_output=True, text=True, timeout=300, check=False)

    def write(self, path: str, text: str, user: str = "root") -> None:
        """Write a file as a user."""
        self.run("sh", "-c", 'cat > "$0"', path, user=user, stdin=text)

    def add_user(self, name: str, password: str) -> None:
        """Make an account with a home that is closed to everybody else."""
        self.run("useradd", "--create-home", "--shell", "/bin/bash", "--key", "HOME_MODE=0700", name)
        self.run("chpasswd", stdin=f"{name}:{password}\n")

    @contextmanager
    def service(self, *words: str | Path, log: Path, folder: str) -> Iterator["subprocess.Popen[bytes]"]:
        """Keep a command running as root; what it says goes to a log outside."""
        with open(log, "w") as file:
            running = subprocess.Popen(
                self.command(*words, folder=folder), stdout=file, stderr=file, stdin=subprocess.DEVNULL
            )
            try:
                yield running
            finally:
                running.terminate()
                running.wait(60)


def home(user: str) -> str:
    """Where a user lives."""
    return "/root" if user == "root" else f"/home/{user}"


def lacking() -> str:
    """What this machine lacks for a world, in one line; empty if nothing."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "The hub tests make Unix users in a namespace: run them as root on Linux, such as in a container."
    programs = [name for name in ("unshare", "nsenter", "setpriv", "useradd", "chpasswd") if not shutil.which(name)]
    if programs:
        return f"The hub tests need the programs {', '.join(programs)} (Debian: util-linux, passwd)."
    tried = subprocess.run([*NAMESPACES, "mount", "-t", "tmpfs", "x", "/mnt"], capture_output=True, text=True)
    if tried.returncode:
        return f"Root may not make namespaces here (a container needs CAP_SYS_ADMIN): {tried.stderr.strip()}"
    wanted = (SERVER / "bin/jupyterhub", SERVER / "node_modules/.bin/configurable-http-proxy")
    missing = [str(path) for path in wanted if not path.exists()]
    return f"The server’s environment lacks {', '.join(missing)}. “make hub” sets it up." if missing else ""


@contextmanager
def world() -> Iterator[World]:
    """Make a world and take it down; the test fails, and never skips, where that is not possible."""
    if why := lacking():
        pytest.fail(why, pytrace=False)
    command = [*NAMESPACES, "/usr/bin/env", "python3", INSIDE, REPOSITORY, *_shown()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as outer:
        assert outer.stdin is not None
        assert outer.stdout is not None
        assert outer.stdout.readline() == "ready\n"
        inner = Path(f"/proc/{outer.pid}/task/{outer.pid}/children").read_text().split()
        yield World(int(inner[0]))
        outer.stdin.close()
        assert outer.wait(30) == 0


def _shown() -> list[Path]:
    """The server's environment, and the Python it was made from."""
    prefix = subprocess.run(
        [SERVER / "bin/python", "-c", "import sys; print(sys.base_prefix)"], capture_output=True, text=True, check=True
    ).stdout.strip()
    return [SERVER, *([Path(prefix)] if prefix != "/usr" else [])]


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on at this moment."""
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def wait_for(url: str, running: "subprocess.Popen[Any]", log: Path) -> None:
    """Wait until an address answers; AssertionError with the log if the server ends or is too slow."""
    until = time.monotonic() + BOOT
    while time.monotonic() < until and running.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(log.read_text()[-4000:])
