"""What if one fact were another? Changes a story, puts the question again, and finds what flips the answer."""

from grader.whatif.flips import Flip, Search, search
from grader.whatif.knobs import Knob, change, knobs
from grader.whatif.supposed import Senseless, Supposed, decided, start

__all__ = ["Flip", "Knob", "Search", "Senseless", "Supposed", "change", "decided", "knobs", "search", "start"]
