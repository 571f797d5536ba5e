"""Pictures of a case, drawn from its facts, each with the same in sentences. Loads in a browser’s Python.

>>> timeline(scenario, law).svg, timeline(scenario, law).text   # doctest: +SKIP
"""

from grader.pictures.arrows import arrows
from grader.pictures.svg import Picture
from grader.pictures.timeline import timeline

__all__ = ["Picture", "arrows", "timeline"]
