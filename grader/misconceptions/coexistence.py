"""False beliefs about two orders at once."""

from grader.misconceptions.model import Mistake, View, belief


def _strict(v: View) -> str:
    pair = [v.order, *([v.other] if v.other else [])]
    best = max(pair, key=lambda o: ("contact" in o.forbids, o.distance or 0, len(o.forbids)))
    return best.id


@belief(
    "stricter-controls",
    "The stricter order controls",
    "When two orders overlap, the stricter one controls and the other falls away.",
    "coexistence.which_terms_govern",
    "coexistence.stricter_controls",
    refuted_by=("stricter_controls", "overlap", "ranking"),
)
def stricter_controls(v: View) -> Mistake | None:
    if v.ask.rule == "coexistence.stricter_controls":
        return Mistake("controls", "Whoever obeys the stricter one obeys both.")
    return Mistake(_strict(v), "It is the stricter one.")


@belief(
    "later-replaces-earlier",
    "The later order replaces the earlier",
    "A new order between the same people replaces the old one.",
    "coexistence.which_terms_govern",
    refuted_by=("overlap", "ranking"),
)
def later_replaces_earlier(v: View) -> Mistake | None:
    other = v.other
    return Mistake(max((v.order, other), key=lambda o: o.day).id, "It is the later one.") if other else None


@belief(
    "criminal-court-wins",
    "The criminal court always wins",
    "The order of a criminal court always goes before a civil order.",
    "coexistence.which_terms_govern",
    refuted_by=("overlap", "ranking"),
)
def criminal_court_wins(v: View) -> Mistake | None:
    civil = ("emergency", "ex-parte", "final")
    found = [o for o in (v.order, v.other) if o and o.kind not in civil]
    return Mistake(found[0].id, "A criminal court’s order always comes first.") if len(found) == 1 else None


@belief(
    "one-order-is-enough",
    "One order is enough",
    "Whoever is protected by one order cannot have a second.",
    "coexistence.bars_new_order",
    refuted_by=("other_order_bars_this",),
)
def one_order_is_enough(v: View) -> Mistake | None:
    return Mistake("bars", f"{v.protected} is protected already.")


@belief(
    "protection-decides-on-children",
    "The protective order decides on the children",
    "On children a protective order goes before what any other court says.",
    "coexistence.child_terms",
    refuted_by=("child_terms_superseded_by",),
)
def protection_decides_on_children(v: View) -> Mistake | None:
    return Mistake(v.order.id, "Safety goes before everything else.")
