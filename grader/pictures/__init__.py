"""Pictures of a case, drawn from its facts, each with the same in sentences. Loads in a browser’s Python."""

from grader.pictures.arrows import arrows
from grader.pictures.days import court_days
from grader.pictures.svg import Picture, figure
from grader.pictures.timeline import timeline

__all__ = ["Picture", "arrows", "court_days", "figure", "timeline"]
