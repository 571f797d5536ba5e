"""Everything an autograded class leaves in a gradebook, without the ids that are made at random."""

from typing import Any

from sqlalchemy import create_engine, text

SUBMISSION = (
    "submitted_assignment s JOIN assignment a ON a.id = s.assignment_id JOIN student st ON st.id = s.student_id"
)
OF_NOTEBOOK = (
    "JOIN notebook o ON o.id = n.notebook_id "
    "JOIN submitted_assignment s ON s.id = n.assignment_id JOIN assignment a ON a.id = s.assignment_id"
)
TABLES = {
    "submission": f"SELECT a.name, s.student_id, s.timestamp, s.extension FROM {SUBMISSION}",
    "notebook": "SELECT a.name, s.student_id, o.name, n.flagged, n.late_submission_penalty "
    f"FROM submitted_notebook n {OF_NOTEBOOK}",
    "grade": "SELECT s.student_id, c.name, c.type, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade "
    "FROM grade g JOIN base_cell c ON c.id = g.cell_id "
    f"JOIN submitted_notebook n ON n.id = g.notebook_id {OF_NOTEBOOK}",
    "comment": "SELECT s.student_id, c.name, c.type, m.auto_comment, m.manual_comment "
    "FROM comment m JOIN base_cell c ON c.id = m.cell_id "
    f"JOIN submitted_notebook n ON n.id = m.notebook_id {OF_NOTEBOOK}",
    "student": "SELECT id, first_name, last_name, email FROM student",
}


def rows(url: str) -> dict[str, list[str]]:
    """All rows by table, sorted; true and 1 are the same, for SQLite knows no truth values."""
    engine = create_engine(url)
    with engine.connect() as db:
        found = {name: [_plain(row) for row in db.execute(text(query))] for name, query in TABLES.items()}
    engine.dispose()
    return {name: sorted(some) for name, some in found.items()}


def learners_graded(url: str) -> set[str]:
    """The learners of whom the gradebook holds any grade."""
    return {row.split("|")[0] for row in rows(url)["grade"]}


def _plain(row: Any) -> str:
    return "|".join(_text(value) for value in row)


def _text(value: Any) -> str:
    """A value as text: SQLite knows no truth values, and its texts of times leave a fraction of nought in place."""
    plain = int(value) if isinstance(value, bool) else value
    return str(plain).removesuffix(".000000")
