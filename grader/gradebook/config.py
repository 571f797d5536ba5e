"""The one file that makes a folder a course: nbgrader_config.py."""

from pathlib import Path

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

LATE = """\
c.AssignLatePenalties.plugin_class = "grader.gradebook.late_plugin.ByCourseFile"
c.ByCourseFile.course = str(course)"""
"""What lets nbgrader take off what course.yaml says."""

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
c.CourseDirectory.db_url = {db}
c.Exchange.root = {exchange}

# The text nbgrader leaves in a cell in which a person will grade a text.
c.ClearSolutions.text_stub = {written!r}

# Fetching leaves a mark, so that “grader course status” can tell who has the quiz.
c.ExchangeFactory.release_assignment = "grader.gradebook.exchange.OpenRelease"
c.ExchangeFactory.fetch_assignment = "grader.gradebook.exchange.NotedFetch"

# Collecting: no links, no large files, and the answers file comes along. What another user of the machine put
# there under a learner’s name stays behind; where all learners are one user, say False.
c.ExchangeFactory.collect = "grader.gradebook.exchange.SafeCollect"
c.ExchangeCollect.check_owner = {check_owner}
c.CourseDirectory.max_file_size = 2_000  # kilobytes
c.CourseDirectory.max_dir_size = 10_000  # kilobytes
c.FileNameCollectorPlugin.valid_ext = [".ipynb", ".json"]

# Grading: answers are scored as data. Nothing a learner handed in is executed.
c.Autograde.exporter_class = "grader.gradebook.preprocessors.PatientExporter"
{steps}
c.Autograde.exclude_overwriting = {{quiz: [f"{{quiz}}.answers.json"] for quiz in quizzes}}

# What late work loses stands in course.yaml.
{late}

# Showing: what learners wrote never becomes part of a page as HTML.
c.TemplateExporter.filters = {{"markdown2html": "grader.gradebook.safehtml.markdown2html"}}
c.HTMLExporter.preprocessors = ["grader.gradebook.safenames.EscapeNames"]

# Feedback: pages of our own, in the place where nbgrader releases them from.
c.GenerateFeedback.exporter_class = "grader.gradebook.exporter.FeedbackExporter"
c.GenerateFeedback.preprocessors = []
c.ExchangeFactory.release_feedback = "grader.gradebook.exchange_feedback.CarefulRelease"
'''


FOR_LEARNERS = '''"""Settings for learners on a shared machine. Made by “grader course new”.

Put this file where nbgrader finds it for everybody, such as /etc/jupyter/nbgrader_config.py.
"""

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = {course_id!r}
c.Exchange.root = {exchange!r}
c.ExchangeFactory.fetch_assignment = "grader.gradebook.exchange.NotedFetch"
c.ExchangeFactory.submit = "grader.gradebook.exchange.ClosedSubmit"
'''
GRADEBOOK = "gradebook.db"


def config_text(
    course_id: str, written: str, exchange: str | None = None, check_owner: bool = False, db: str | None = None
) -> str:
    """The configuration of a course. Without an exchange folder or a database of its own it keeps one inside itself."""
    where = repr(exchange) if exchange else 'str(course / "exchange")'
    gradebook = repr(db) if db else f"f\"sqlite:///{{course / '{GRADEBOOK}'}}\""
    steps = "\n".join(f"c.Autograde.{name} = {_lines(names)}" for name, names in STEPS.items())
    more = {"steps": steps, "late": LATE, "exchange": where, "db": gradebook}
    return CONFIG.format(course_id=course_id, written=written, check_owner=check_owner, **more)


def _lines(names: list[str]) -> str:
    return "\n".join(["[", *(f'    "{name}",' for name in names), "]"])


def learners_config_text(course_id: str, exchange: Path) -> str:
    """The configuration learners need on a machine they share with the course."""
    return FOR_LEARNERS.format(course_id=course_id, exchange=str(exchange))
