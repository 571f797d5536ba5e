"""The gradebook's database: whether it can be reached, whether it is free, and what an interrupted first run left."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Base, get_alembic_version
from sqlalchemy import Engine, create_engine, func, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from grader.reading import BadInput, Problem

STAMP = "alembic_version"


@contextlib.contextmanager
def programs_found() -> Iterator[None]:
    """Put the environment's programs on PATH: nbgrader starts alembic by its bare name to make a gradebook."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


@contextlib.contextmanager
def reached(url: str) -> Iterator[None]:
    """Turn a database that cannot be reached or used into BadInput. The password is never shown."""
    try:
        yield
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        raise BadInput([_away(url, error)]) from error


@contextlib.contextmanager
def made_anew(url: str | None) -> Iterator[None]:
    """Make a gradebook in a database of one's own; on failure it is left as empty as it was.

    BadInput if it cannot be reached or already holds a gradebook: nbgrader tells assignments apart by
    name alone, so two courses in one database would mix their grades.
    """
    if url is None:
        yield
        return
    with reached(url):
        engine = create_engine(url)
        if _rows(engine):
            right = "Make a database for this course, such as with createdb, and give its URL."
            raise BadInput([Problem("--db", 1, "", f"{shown(url)} already holds a gradebook.", right)])
    try:
        yield
    except BaseException:
        _emptied(engine)
        raise
    finally:
        engine.dispose()


def mend(url: str) -> str:
    """Finish what an interrupted first run left of a gradebook; says what was done, or nothing if all was well.

    nbgrader makes the tables first and notes their version after. Without the note no later version of
    nbgrader can bring the gradebook up to date. BadInput if the tables are not those of this nbgrader.
    """
    with reached(url), contextlib.closing(_Opened(url)) as opened:
        tables = set(inspect(opened.engine).get_table_names())
        if not tables or STAMP in tables:
            return ""
        if missing := _missing_columns(opened.engine, tables):
            right = "Install the nbgrader it was made with, or ask its maker. Nothing was changed."
            wrong = f"has no version and lacks {', '.join(missing[:3])}."
            raise BadInput([Problem(shown(url), 1, "", wrong, right)])
        with programs_found():
            version = get_alembic_version()
        Base.metadata.create_all(opened.engine)
        with opened.engine.begin() as connection:
            connection.execute(text(f"CREATE TABLE {STAMP} (version_num VARCHAR(32) NOT NULL)"))
            connection.execute(text(f"INSERT INTO {STAMP} VALUES (:version)"), {"version": version})
    return "The gradebook came from an interrupted first run. Its version is noted now."


def absolute(url: str) -> str:
    """A database URL that means the same wherever it is used: the file of a SQLite database by its whole path."""
    with reached(url):
        parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return url
    return parsed.set(database=str(Path(parsed.database).resolve())).render_as_string(hide_password=False)


def shown(url: str) -> str:
    """A database URL as it may be shown: without the password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "The database URL"


class _Opened:
    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)

    def close(self) -> None:
        self.engine.dispose()


def _rows(engine: Engine) -> int:
    known = set(inspect(engine).get_table_names()) & {"student", "assignment"}
    with engine.connect() as connection:
        counts = (select(func.count()).select_from(Base.metadata.tables[name]) for name in known)
        return sum(int(connection.execute(count).scalar() or 0) for count in counts)


def _emptied(engine: Engine) -> None:
    with contextlib.suppress(SQLAlchemyError):
        Base.metadata.drop_all(engine)
        with engine.begin() as connection:
            connection.execute(text(f"DROP TABLE IF EXISTS {STAMP}"))


def _missing_columns(engine: Engine, tables: set[str]) -> list[str]:
    there = {name: {column["name"] for column in inspect(engine).get_columns(name)} for name in tables}
    return [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if table.name in there and column.name not in there[table.name]
    ]


def _away(url: str, error: Exception) -> Problem:
    if isinstance(error, ModuleNotFoundError):
        right = f"Install the driver: pip install {error.name}."
        return Problem(shown(url), 1, "", f"needs the driver {error.name}, which is not installed.", right)
    reason = str(getattr(error, "orig", None) or error).strip().splitlines()
    right = "Is the server running, and is the URL right? Nothing was changed; try again when it is back."
    return Problem(shown(url), 1, "", f"cannot be used ({reason[0] if reason else type(error).__name__}).", right)
