"""Tells whether answers come from practice or from the quiz for a grade: both may share a name."""

from grader.answers import Record
from grader.sheet import Sheet


def from_the_other(record: Record, sheet: Sheet) -> bool:
    """Whether a file is of practice where a quiz for a grade is wanted, or the other way round.

    A file made before files said so is judged by its version: it is of the other kind if that is not
    this version and not one of its answers is to a question of this sheet, in whatever variant.
    """
    if record.mode:
        return record.mode != sheet.mode
    here = {(item.id, question.variant) for item in sheet.items for question in item.variants}
    given = {(id, entry.variant) for id, entry in record.items.items()}
    return record.version != sheet.version and bool(given) and here.isdisjoint(given)
