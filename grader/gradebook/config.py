"""The one file that makes a folder a course: nbgrader_config.py."""

STEPS = {
    "sanitize_preprocessors": [
        "grader.gradebook.preprocessors.RebuildFromRelease",
        "nbgrader.preprocessors.CheckCellMetadata",
    ],
    "autograde_preprocessors": [
        "grader.gradebook.preprocessors.ScoreAnswers",
        "nbgrader.preprocessors.SaveAutoGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ],
}
"""What nbgrader does to a submission in a course of ours, and bulk grading does at once."""

CONFIG = '''"""How nbgrader works in this course. Made by “grader course new”; you may add settings of your own.

Run nbgrader and JupyterLab inside this folder, with the course environment activated.
"""

from pathlib import Path

c = get_config()  # noqa: F821
course = Path(__file__).resolve().parent
quizzes = [folder.name for folder in (course / "source").iterdir() if folder.is_dir()]

# Where things are. The folder may be moved as a whole.
c.CourseDirectory.root = str(course)
c.CourseDirectory.course_id = {course_id!r}
c.CourseDirectory.db_url = f"sqlite:///{{course / 'gradebook.db'}}"
c.Exchange.root = {exchange}

# The text nbgrader leaves in a cell in which a person will grade a text.
c.ClearSolutions.text_stub = {written!r}

# Collecting: no links, no large files, and the answers file comes along.
c.ExchangeFactory.collect = "grader.gradebook.exchange.SafeCollect"
c.ExchangeCollect.check_owner = {check_owner}
c.CourseDirectory.max_file_size = 2_000  # kilobytes
c.CourseDirectory.max_dir_size = 10_000  # kilobytes
c.FileNameCollectorPlugin.valid_ext = [".ipynb", ".json"]

# Grading: answers are scored as data. Nothing a learner handed in is executed.
c.Autograde.exporter_class = "grader.gradebook.preprocessors.PatientExporter"
{steps}
c.Autograde.exclude_overwriting = {{quiz: [f"{{quiz}}.answers.json"] for quiz in quizzes}}

# Showing: what learners wrote never becomes part of a page as HTML.
c.TemplateExporter.filters = {{"markdown2html": "grader.gradebook.safehtml.markdown2html"}}

# Feedback: pages of our own, in the place where nbgrader releases them from.
c.GenerateFeedback.exporter_class = "grader.gradebook.exporter.FeedbackExporter"
c.GenerateFeedback.preprocessors = []
'''


def config_text(course_id: str, written: str, exchange: str | None = None, check_owner: bool = False) -> str:
    """The configuration of a course. Without an exchange folder of its own the course keeps one inside itself."""
    where = repr(exchange) if exchange else 'str(course / "exchange")'
    steps = "\n".join(f"c.Autograde.{name} = {_lines(names)}" for name, names in STEPS.items())
    return CONFIG.format(steps=steps, course_id=course_id, written=written, exchange=where, check_owner=check_owner)


def _lines(names: list[str]) -> str:
    return "\n".join(["[", *(f'    "{name}",' for name in names), "]"])
