"""Scores for Moodle’s “Import grades from CSV”.

Moodle drops a whole file if it does not know one person in it, and reads an empty grade as “no grade”.
So only people with a score are in the file.
"""

from grader.cells import as_csv, safe
from grader.exports.scores import Export, final, number, sorted_left
from grader.reading import BadInput, Problem
from grader.report.gather import Class

MOST = 100


def export(work: Class, unfinished: bool = False) -> Export:
    """The file; BadInput if the quiz has more points than Moodle takes by default."""
    if work.most > MOST:
        right = "Give the quiz at most 100 points."
        raise BadInput(
            [Problem(work.sheet.quiz, 1, "points", f"are {number(work.most)}, and Moodle takes 100.", right)]
        )
    scores = final(work, unfinished)
    rows, unsafe = [], []
    for id, points in scores.ready.items():
        one = scores.people[id].entered
        email = one.email if safe(one.email) == one.email else ""
        unsafe += [id] if one.email and not email else []
        rows.append([id, email, one.first_name, one.last_name, number(points)])
    header = ["ID number", "Email address", "First name", "Last name", f"{work.sheet.title} (of {number(work.most)})"]
    left = sorted_left(scores.left_out, {"e-mail address left out, it reads like a formula": unsafe})
    return Export(as_csv([header, *rows]), len(rows), left)
