"""The rows of one quiz in the gradebook: read as plain data, taken out, put back; each in one transaction.

nbgrader takes an assignment out in thousands of small transactions; cut short, it leaves half of it.
"""

import contextlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from nbgrader.api import Base
from sqlalchemy import Connection, DateTime, Select, Table, create_engine, select

from grader.gradebook.database import reached

Rows = dict[str, list[dict[str, Any]]]
T = Base.metadata.tables


def read_rows(url: str, quiz: str) -> Rows:
    """Every row that belongs to a quiz, by table, parents before children."""
    with _connected(url) as connection:
        return {
            table.name: [_plain(table, dict(row)) for row in connection.execute(query).mappings()]
            for table, query in _rows_of(connection, quiz)
        }


def delete_rows(url: str, quiz: str) -> None:
    """Take every row of a quiz out, all or none."""
    with _connected(url) as connection:
        for table, query in reversed(list(_rows_of(connection, quiz))):
            ids = query.with_only_columns(table.c.id)
            connection.execute(table.delete().where(table.c.id.in_(ids)))


def insert_rows(url: str, rows: Rows) -> None:
    """Put rows back, all or none. Learners who are gone from the gradebook are entered again by their id."""
    with _connected(url) as connection:
        known = set(connection.execute(select(T["student"].c.id)).scalars())
        owners = {row["student_id"] for row in rows.get("submitted_assignment", ())}
        for missing in sorted(owners - known):
            connection.execute(T["student"].insert(), {"id": missing})
        for name, held in rows.items():
            if held:
                connection.execute(T[name].insert(), [_typed(T[name], row) for row in held])


def _rows_of(connection: Connection, quiz: str) -> Iterator[tuple[Table, Select[Any]]]:
    """The tables of a quiz with a query for its rows, parents before children."""
    assignment = select(T["assignment"].c.id).where(T["assignment"].c.name == quiz)
    notebook = select(T["notebook"].c.id).where(T["notebook"].c.assignment_id.in_(assignment))
    cell = select(T["base_cell"].c.id).where(T["base_cell"].c.notebook_id.in_(notebook))
    submitted = select(T["submitted_assignment"].c.id).where(T["submitted_assignment"].c.assignment_id.in_(assignment))
    graded = select(T["submitted_notebook"].c.id).where(T["submitted_notebook"].c.assignment_id.in_(submitted))
    yield T["assignment"], select(T["assignment"]).where(T["assignment"].c.name == quiz)
    for name, column, within in (
        ("notebook", "assignment_id", assignment),
        ("base_cell", "notebook_id", notebook),
        ("grade_cells", "id", cell),
        ("solution_cells", "id", cell),
        ("task_cells", "id", cell),
        ("source_cell", "notebook_id", notebook),
        ("submitted_assignment", "assignment_id", assignment),
        ("submitted_notebook", "assignment_id", submitted),
        ("grade", "notebook_id", graded),
        ("comment", "notebook_id", graded),
    ):
        yield T[name], select(T[name]).where(T[name].c[column].in_(within))


@contextlib.contextmanager
def _connected(url: str) -> Iterator[Connection]:
    with reached(url):
        engine = create_engine(url)
        try:
            with engine.begin() as connection:
                yield connection
        finally:
            engine.dispose()


def _plain(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value) if value and isinstance(table.c[name].type, DateTime) else value
        for name, value in row.items()
    }
