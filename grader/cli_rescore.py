"""The command ``grader rescore``: score a class anew after the law or a key was corrected, and keep what stood."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Annotated, Any

import typer

from grader.cli_allow import course_alone
from grader.cli_course import HERE, WIDEST, Course, DryRun, Yes
from grader.reading import BadInput, Problem, nearest
from grader.terminal import Json, Root, find_bank, out, print_json, progress, reporting, visible

STUCK = (
    "Learners cannot be scored by a question they were not asked. Give everybody full marks "
    "(--full {item} --because …), leave its key as it is (--keep {item}), or add the new quiz under another name "
    "(grader course add-quiz {bank} --as {quiz}-2)."
)


def rescore(
    quiz: Annotated[str, typer.Argument(help="The quiz.", show_default=False)],
    full: Annotated[list[str] | None, typer.Option("--full", help="Full marks for everybody for this item.")] = None,
    keep: Annotated[list[str] | None, typer.Option("--keep", help="Leave the key of this item as it is.")] = None,
    because: Annotated[str, typer.Option("--because", help="Why full marks; learners read it.")] = "",
    history: Annotated[bool, typer.Option("--history", help="Show every earlier run and the old scores.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Put the former key and scores back.")] = False,
    course: Course = HERE,
    dry_run: DryRun = False,
    yes: Yes = False,
    root: Root = None,
    as_json: Json = False,
) -> None:
    """Score a class anew after the law or a key was corrected. Shows for whom what changes and why, and asks.

    What learners were given stays; only the key changes. Marks a person gave stay. Old scores are kept.
    """
    with reporting(as_json), course_alone(course, as_json, quiz) as opened:
        desk = _Desk(opened, quiz, as_json)
        if history:
            _history(desk)
            return
        if desk.finish_what_was_cut_short(dry_run):
            return
        if undo:
            change = desk.undoing()
        else:
            change = desk.rescoring(find_bank(root), dict.fromkeys(full or (), because), keep or [])
        _show(change, as_json, dry_run)
        if dry_run or not change["changes"]:
            return
        _sure(yes, as_json)
        desk.carry_out(change)


class _Desk:
    """One quiz of one course, to be scored anew."""

    def __init__(self, opened: Any, quiz: str, quiet: bool) -> None:
        from grader.gradebook import own
        from grader.gradebook.database import connected
        from grader.gradebook.folder import NoKey, open_quiz
        from grader.gradebook.moving import Class
        from grader.gradebook.rescoring import standing
        from grader.gradebook.settings import load

        self.opened, self.quiz, self.quiet, self.config = opened, quiz, quiet, load(opened.folder)
        try:
            self.sheet, self.keys = open_quiz(opened.folder, quiz)
        except NoKey as error:
            raise BadInput([Problem(str(opened.folder), 1, quiz, str(error), "Nothing was changed.")]) from None
        with connected(opened.db_url) as db:
            allowed, told = own.allowed(db, quiz), own.given(db, quiz)
        self.work = Class(opened.folder, self.config, self.sheet, self.keys, allowed, standing(opened, quiz), told)

    def rescoring(self, bank: Any, full: Mapping[str, str], keep: list[str]) -> dict[str, Any]:
        """What a new key from the bank changes; BadInput for what cannot be scored anew."""
        from grader.gradebook.rekeying import rebuild, rekey

        self._check(full, keep)
        found = rekey(self.sheet, self.keys, rebuild(bank, self.sheet), full, keep)
        if found.stuck:
            names = {"bank": self.sheet.salt, "quiz": self.quiz}
            raise BadInput(
                Problem(self.quiz, 1, item, why, STUCK.format(item=item, **names)) for item, why in found.stuck.items()
            )
        return self._change(found.keys, found.kept, "rescore")

    def undoing(self) -> dict[str, Any]:
        """What putting the former key back changes."""
        import json

        from grader.gradebook.rescoring import undoable
        from grader.sheet import KeySheet

        run = undoable(self.opened, self.quiz)
        return self._change(KeySheet.from_json(json.loads(run.key_before)), {}, "undo")

    def carry_out(self, change: dict[str, Any]) -> None:
        """Do it, and write what to tell learners."""
        from grader.gradebook.corrections import write
        from grader.gradebook.rescoring import begin, finish, undo

        run = (
            undo(self.opened, self.quiz) if change["kind"] == "undo"
            else begin(self.opened, self.quiz, change["keys"], change["moved"], change["changes"])
        )  # fmt: skip
        failed = finish(self.opened, self.quiz, run, self._regrade)
        folder = write(self.opened.folder, self.sheet, change["text"], change["rows"])
        _done(change, run, failed, folder, self.quiet, self.quiz)
        if failed:
            raise typer.Exit(1)

    def finish_what_was_cut_short(self, dry_run: bool) -> bool:
        """Go on with a run that was interrupted; True if there was one."""
        from grader.gradebook.rescoring import finish, runs

        unfinished = [run for run in runs(self.opened, self.quiz) if run.unfinished]
        for run in unfinished:
            if not dry_run:
                finish(self.opened, self.quiz, run, self._regrade)
            says = f"Run {run.number} was cut short. It {'would be' if dry_run else 'was'} finished."
            print_json({"ok": True, "dry_run": dry_run, "finished": run.number}) if self.quiet else _say(says)
        return bool(unfinished)

    def _change(self, new: Any, kept: Mapping[str, str], kind: str) -> dict[str, Any]:
        from grader.gradebook.corrections import texts
        from grader.gradebook.moving import moved
        from grader.gradebook.rekeying import differences
        from grader.gradebook.roster import on_roster

        changes = list(differences(self.sheet, self.keys, new))
        with progress(len(self.work.standing), "looking", self.quiet) as step:
            found, gone, names = moved(self.work, new, step) if changes else ([], [], {})
        told = {one: names[one] for one in self.work.told if one in names}
        text, rows = texts(self.sheet, changes, found, told, on_roster(self.opened.folder))
        return {
            "kind": kind, "keys": new, "changes": changes, "kept": kept, "moved": found, "gone": gone,
            "text": text, "rows": rows,
        }  # fmt: skip

    def _regrade(self, learners: Iterable[str]) -> Mapping[str, str]:
        from grader.cli_grade import desks
        from grader.gradebook.bulk import Bulk
        from grader.gradebook.choosing import choose
        from grader.gradebook.late import late_rule, penalty_of
        from grader.gradebook.ledger import Ledger
        from grader.gradebook.settings import settings_of

        home, wanted = self.opened.folder, set(learners)
        penalty, rule = penalty_of(home, self.config, self.quiz), late_rule(home, self.config, self.quiz)
        settings = settings_of(home, self.config)
        with Ledger(settings.db_url) as ledger:
            opener = partial(desks, home, tuple(ledger.assignment(self.quiz).parts))
            bulk = Bulk(settings, self.quiz, ledger, opener, penalty=penalty, rule=rule)
            ledger.at_once(lambda db: choose(home, self.config, self.quiz, db), bulk.assignment)
            jobs = [job for job in bulk.jobs()[0] if job.learner in wanted]
            with progress(len(jobs), "grading", self.quiet) as step:
                return bulk.run(jobs, step).failed

    def _check(self, full: Mapping[str, str], keep: list[str]) -> None:
        kinds = {item.id: item.kind for item in self.sheet.items}
        for item in (*full, *keep):
            if item not in kinds:
                raise BadInput([Problem("--full", 1, "", f"“{item}” is no item of {self.quiz}.", nearest(item, kinds))])
        for item, because in full.items():
            if kinds[item] == "written":
                right = "Give the marks in formgrader, where the texts are marked."
                raise BadInput([Problem("--full", 1, item, "is marked by a person.", right)])
            if not because.strip():
                raise BadInput([Problem("--because", 1, item, "is missing.", "Say why; learners read it.")])


def _sure(yes: bool, as_json: bool) -> None:
    if as_json and not yes:
        raise BadInput([Problem("rescore", 1, "", "changes scores.", "Add --dry-run to look or --yes to do it.")])
    if not yes and not typer.confirm("Change the key and these scores?"):
        raise typer.Exit(0)


def _show(change: dict[str, Any], as_json: bool, dry_run: bool) -> None:
    """Say which item, which key, which provision; and for whom what changes."""
    if as_json:
        if dry_run or not change["changes"]:
            print_json({"ok": True, "dry_run": dry_run, **_plain(change)})
        return
    for one in change["changes"]:
        _say(f"{one.item}, question {one.number}, “{one.title}” (form {one.variant})")
        _say(f"  {'key:  ' if one.scores else 'same key, other reasons: '}{one.old_answer}")
        _say(f"   now: {f'full marks for everybody. {one.given}' if one.given else one.new_answer}")
        for mark, cites in (("no longer:", one.gone), ("now:", one.come)):
            for cite in cites:
                _say(f"  {mark} {cite.cite}: {cite.gist}")
    for item, why in change["kept"].items():
        _say(f"{item}: {why} Its key stays.")
    for one in change["moved"][:WIDEST]:
        items = ", ".join(f"{item} {before:g} → {after:g}" for item, before, after in one.items)
        _say(f"  {one.learner}: {one.before:.4g} → {one.after:.4g}  ({items or 'lateness'})")
    if len(change["moved"]) > WIDEST:
        _say(f"  … and {len(change['moved']) - WIDEST} more")
    if change["gone"]:
        _say(f"Stay as they are, because what they handed in is gone: {', '.join(change['gone'])}")
    told = sum(row[5] == "yes" for row in change["rows"])
    counts = f"{len(change['changes'])} forms of questions change, {len(change['moved'])} scores change"
    _say(
        f"{counts}, {told} learners were told otherwise in their feedback." if change["changes"] else "Nothing changes."
    )


def _done(change: dict[str, Any], run: Any, failed: Mapping[str, str], folder: Any, as_json: bool, quiz: str) -> None:
    if as_json:
        where = {"run": run.number, "failed": failed, "tell": str(folder) if folder else None}
        print_json({"ok": not failed, "dry_run": False, **where, **_plain(change)})
        return
    for learner, why in failed.items():
        _say(f"{learner} could not be graded: {why}")
    _say(
        "The former key and scores are back."
        if change["kind"] == "undo"
        else "Done. Old scores: --history. Back: --undo."
    )
    if folder:
        _say(f"What to tell whom lies in {folder}")
    if any(one.told for one in change["moved"]) or any(row[5] == "yes" for row in change["rows"]):
        _say(f"Their feedback pages are out of date. New ones: grader feedback {quiz}")


def _history(desk: _Desk) -> None:
    from grader.gradebook.rescoring import history, runs

    found = [(run, history(desk.opened, run)) for run in runs(desk.opened, desk.quiz)]
    if desk.quiet:
        rows = [
            {
                "run": run.number,
                "at": run.at,
                "state": run.state,
                "changes": run.why,
                "scores": list(map(_learner, moved)),
            }
            for run, moved in found
        ]
        print_json({"ok": True, "quiz": desk.quiz, "runs": rows})
        return
    for run, moved in found:
        items = ", ".join(dict.fromkeys(one["item"] for one in run.why))
        _say(f"{run.number}. {run.at}, {run.state}: {items}; {len(moved)} scores")
        for one in moved[:WIDEST]:
            _say(f"  {one.learner}: {one.before:.4g} → {one.after:.4g}")
        if len(moved) > WIDEST:
            _say(f"  … and {len(moved) - WIDEST} more; all of them with --json")
    if not found:
        _say(f"{desk.quiz} was never scored anew.")


def _plain(change: dict[str, Any]) -> dict[str, Any]:
    from dataclasses import asdict

    changes, learners = [asdict(one) for one in change["changes"]], [_learner(one) for one in change["moved"]]
    told = [row[0] for row in change["rows"] if row[5] == "yes"]
    return {"changes": changes, "kept": change["kept"], "scores": learners, "gone": change["gone"], "told": told}


def _learner(one: Any) -> dict[str, Any]:
    items = [{"item": item, "before": before, "after": after} for item, before, after in one.items]
    return {"learner": one.learner, "before": one.before, "after": one.after, "items": items, "told": one.told}


def _say(text: str) -> None:
    out.print(visible(text, lines=False), highlight=False, soft_wrap=True)
