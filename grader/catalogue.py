"""Keeps the translations, and the few words that a script says before Python runs, in step with the English.

For whoever builds, not for a learner's machine: it writes the files of gettext with Babel. A sentence
whose English changed keeps its old translation, marked fuzzy, until somebody has looked at it.
"""

import ast
import io
import json
import string
import textwrap
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

from grader import messages
from grader.assets import STATIC, source
from grader.helplines import on_file
from grader.messages import DOMAIN, ENGLISH, LANGUAGES, LOCALE
from grader.reading import BadInput, Problem

PACKAGE = Path(__file__).parent
SOURCE = "grader/messages.py"
SCRIPT = STATIC / "labextension" / "static" / "remoteEntry.js"
BEGIN, END = "  // words: begin (written by grader words)\n", "  // words: end\n"
EARLY = ("page-wait", "page-beside", "page-failed", "leave", "leave-keys")
"""What the page itself says while Python starts."""
WIDTH = 110
MIME = ("MIME-Version", "Content-Type", "Content-Transfer-Encoding")
HEADER = "# Translations of the course's front end.\n# Distributed under the licence of the course.\n#"


def outputs() -> dict[Path, bytes]:
    """Every file that follows from the catalogue, with what it should hold; BadInput if a translation is damaged."""
    template = LOCALE / f"{DOMAIN}.pot"
    files = {template: _text(_template())}
    for code in LANGUAGES:
        if code != "en":
            path = po_file(code)
            translated = _translated(code)
            files[path] = _text(translated)
            files[path.with_suffix(".mo")] = _compiled(translated)
    files[SCRIPT] = _script().encode()
    return files


def stale(root: Path) -> list[Path]:
    """The files that are not what the catalogue gives; none where a bank stands without this package's source."""
    if (root / "grader") != PACKAGE:
        return []
    return [path for path, content in outputs().items() if not path.exists() or path.read_bytes() != content]


def renewed(root: Path) -> list[Path]:
    """Write the files that are not what the catalogue gives, and say which."""
    made = outputs()
    written = stale(root)
    for path in written:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(made[path])
        part.replace(path)
    return written


def missing(code: str) -> list[str]:
    """The keys of the sentences that nobody has translated, or whose English has changed since."""
    return [str(message.context) for message in _translated(code) if message.id and not _is_done(message)]


def po_file(code: str) -> Path:
    """Where the translations into a language stand."""
    return LOCALE / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def _is_done(message: Message) -> bool:
    return bool(message.string) and not message.fuzzy


def _template() -> Catalog:
    catalog = _empty(None)
    notes = _notes()
    for key, english in ENGLISH.items():
        catalog.add(english, context=key, locations=[(SOURCE, 0)], auto_comments=notes.get(key, []))
    return catalog


def _translated(code: str) -> Catalog:
    """The sentences of the template with the translations on file."""
    path = po_file(code)
    old = {message.context: message for message in _read(path, code) if message.id}
    if wrong := [problem for message in old.values() for problem in _wrong(path, message)]:
        raise BadInput(wrong)
    catalog = _empty(code)
    for message in _template():
        was = old.get(message.context)
        if not message.id or was is None:
            made = message
        else:
            changed = was.id != message.id
            flags = message.flags | ({"fuzzy"} if was.string and (changed or was.fuzzy) else set())
            made = message.clone()
            made.string, made.flags, made.user_comments = was.string, flags, was.user_comments
            made.previous_id = [str(was.id)] if changed else was.previous_id
        if message.id:
            catalog[message.id] = made
    return catalog


class _Plain(Catalog):
    """A catalogue whose head says only what does not change by itself: git knows dates, versions and people."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        kept = ("Project-Id-Version", "Language", "Plural-Forms", *MIME)
        return [(name, value) for name, value in super().mime_headers if name in kept]

    @mime_headers.setter
    def mime_headers(self, _headers: object) -> None:
        """Nothing: the head is always ours."""


def _empty(code: str | None) -> Catalog:
    return _Plain(locale=code, header_comment=HEADER, project="protective-orders-course", version="1", fuzzy=False)


def _read(path: Path, code: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=code)
    try:
        return read_po(io.BytesIO(path.read_bytes()), locale=code, abort_invalid=True)
    except PoFileError as error:
        right = "Mend the line; msgid and msgstr are texts in double quotes."
        raise BadInput([Problem(str(path), getattr(error, "lineno", 0) + 1, "", str(error), right)]) from error


def _wrong(path: Path, message: Message) -> Iterator[Problem]:
    """Whether a translation has other gaps than its source: a learner would see an error in its place."""
    line, key = message.lineno or 1, str(message.context)
    try:
        here, there = _gaps(str(message.id)), _gaps(str(message.string))
    except ValueError:
        yield Problem(str(path), line, key, "has a brace too many or too few.", f"The English is: {message.id}")
        return
    if message.string and here != there:
        right = f"Write the gaps of the English as they are: {', '.join(f'{{{name}}}' for name in here) or 'none'}."
        yield Problem(str(path), line, key, "has other gaps than the English.", right)


def _gaps(text: str) -> list[str]:
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


def _text(catalog: Catalog) -> bytes:
    made = io.BytesIO()
    write_po(made, catalog, width=WIDTH, include_previous=True, include_lineno=False)
    return made.getvalue()


def _compiled(catalog: Catalog) -> bytes:
    made = io.BytesIO()
    write_mo(made, catalog)
    return made.getvalue()


@cache
def _notes() -> dict[str, list[str]]:
    """For each key what a translator should know: the comment above its part of the table."""
    source = Path(messages.__file__).read_text(encoding="utf-8")
    keys = {key.lineno: key.value for key in _table(source).keys if isinstance(key, ast.Constant)}
    comments = {
        token.start[0]: token.string.lstrip("# ")
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    found: dict[str, list[str]] = {}
    part = ""
    for line in sorted({*keys, *(n for n in comments if n > min(keys) - 2)}):
        if line in keys:
            found[str(keys[line])] = [note for note in (part, comments.get(line, "")) if note]
        else:
            part = comments[line]
    return found


def _table(source: str) -> ast.Dict:
    tables = (
        node.value
        for node in ast.parse(source).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "ENGLISH"
    )
    table = next(tables)
    assert isinstance(table, ast.Dict)
    return table


def _script() -> str:
    """The script of the learner page with the words it says before Python runs, in every language."""
    text = SCRIPT.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise BadInput(
            [Problem(str(SCRIPT), 1, "", "has lost the lines between which its words stand.", BEGIN.strip())]
        )
    return f"{before}{begin}{''.join(_early())}{end}{after}"


def _early() -> Iterator[str]:
    yield "  const WORDS = {\n"
    for code in LANGUAGES:
        said = {message.context: message.string for message in _translated(code) if _is_done(message)}
        words = {key: said.get(key) or ENGLISH[key] for key in EARLY}
        yield f"    {code}: {{\n"
        yield from (
            f"      {json.dumps(key)}: {json.dumps(text, ensure_ascii=False)},\n" for key, text in words.items()
        )
        yield "    },\n"
    yield "  };\n"
    yield f"  const LEAVE_TO = {json.dumps(on_file().leave_to)};\n\n"
    yield f"  const LEAVE_CSS = `\n{textwrap.indent(source('leave.css'), '    ')}  `;\n\n"
    yield textwrap.indent(source("leave.js"), "  ")
