"""A course on a JupyterHub of its own, set up step by step as docs/deploy.md says."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.hub_world import SERVER, World, free_ports, wait_for, world

ACCOUNT, INSTRUCTOR, LEARNERS = "orders", "ines", ("ana", "ben", "cleo")
FORMER = "fred"
COURSE, COURSE_ID, QUIZ = "/home/orders/term", "protective-orders", "waiver"
EXCHANGE = "/srv/nbgrader/exchange"
HERE = f"{EXCHANGE}/{COURSE_ID}"
ROSTER = "id,first_name,last_name,email\n" + "".join(f"{one},{one.title()},Lee,{one}@example.org\n" for one in LEARNERS)


@dataclass(frozen=True)
class Hub:
    """A running hub: the world it lives in, its address, and that of the service with formgrader."""

    world: World
    url: str
    log: Path
    process: "subprocess.Popen[bytes]"

    @property
    def desk(self) -> str:
        """Where instructors work."""
        return f"{self.url}/services/{COURSE_ID}"

    def stop(self) -> None:
        """Stop the hub as the system does; with it end the proxy, the desk and everybody's server."""
        if self.process.poll() is None:
            self.world.run("sh", "-c", "kill $(cat /srv/jupyterhub/pid)")
            self.process.wait(60)

    def learner(self, name: str, *words: str, folder: str | None = None) -> str:
        """Run a command as a learner does in a terminal of the hub."""
        settings = "JUPYTER_CONFIG_PATH=/etc/jupyterhub/learner"
        return self.world.run("env", settings, *words, user=name, folder=folder or f"/home/{name}")


def password(name: str) -> str:
    """The password of an account in the world."""
    return f"secret of {name}"


def make_course(inside: World, port: int) -> None:
    """Accounts, the exchange, the course, and the hub's settings: docs/deploy.md in commands."""
    for name in (ACCOUNT, INSTRUCTOR, FORMER, *LEARNERS):
        inside.add_user(name, password(name))
    inside.run("chmod", "755", "/home/cleo")  # as many systems make homes
    inside.run("install", "-d", "-m", "1777", "-o", ACCOUNT, EXCHANGE)
    inside.run("cp", "-r", *(f"/mnt/checkout/{part}" for part in ("scenarios", "quizzes", "notebooks")), "/srv/")
    inside.run("install", "-d", "-m", "700", "-o", ACCOUNT, "/home/orders/checkout")
    inside.run("sh", "-c", "mv /srv/scenarios /srv/quizzes /srv/notebooks /home/orders/checkout/")
    inside.run("chown", "-R", f"{ACCOUNT}:", "/home/orders/checkout")
    inside.write("/home/orders/roster.csv", ROSTER, user=ACCOUNT)
    new = ("grader", "course", "new", "term", "--roster", "roster.csv", "--exchange", EXCHANGE, "--root", "checkout")
    inside.run(*new, user=ACCOUNT, folder="/home/orders")
    settings_for(inside, [INSTRUCTOR, FORMER], port)
    inside.run("install", "-d", "-m", "700", "/srv/jupyterhub")


def settings_for(inside: World, instructors: list[str], port: int) -> None:
    """Write the hub's settings as the course's account, and put them in their place as root."""
    people = [word for name in instructors for word in ("--instructor", name)]
    inside.run("grader", "course", "hub", "hub", *people, "--port", str(port), user=ACCOUNT, folder=COURSE)
    inside.run("install", "-d", "/etc/jupyterhub")
    inside.run("cp", "-r", f"{COURSE}/hub/.", "/etc/jupyterhub/")


@contextmanager
def started(inside: World, ports: list[int], log: Path) -> Iterator[Hub]:
    """Start the hub on free ports, wait until it and its formgrader answer, and stop it at the end."""
    site, api, proxy, desk = ports
    told = [
        f"--JupyterHub.bind_url=http://127.0.0.1:{site}", f"--JupyterHub.hub_port={api}",
        f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{proxy}", "--JupyterHub.pid_file=/srv/jupyterhub/pid",
    ]  # fmt: skip
    command = (SERVER / "bin/jupyterhub", "-f", "/etc/jupyterhub/jupyterhub_config.py", *told)
    with inside.service(*command, log=log, folder="/srv/jupyterhub") as running:
        hub = Hub(inside, f"http://127.0.0.1:{site}", log, running)
        wait_for(f"{hub.url}/hub/health", running, log)
        wait_for(f"http://127.0.0.1:{desk}/services/{COURSE_ID}/api", running, log)
        yield hub
        hub.stop()


@contextmanager
def course_on_a_hub(folder: Path) -> Iterator[tuple[Hub, list[int]]]:
    """Everything together. Nothing of it is left afterwards."""
    ports = free_ports(4)
    with world() as inside:
        make_course(inside, ports[3])
        with started(inside, ports, folder / "hub.log") as hub:
            yield hub, ports
