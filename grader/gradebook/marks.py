"""What the gradebook holds for one item of one submission."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """``score`` counts; it is ``manual`` where a person gave one, else ``auto``. ``waiting`` asks for a person."""

    score: float
    max_score: float
    auto: float | None = None
    manual: float | None = None
    waiting: bool = False
    comment: str = ""
