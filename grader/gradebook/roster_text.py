"""Reads the text of a roster, however a spreadsheet saved it, and says so where it cannot be told."""

import codecs
import csv
from pathlib import Path

from grader.reading import BadInput, Problem

LARGEST = 5_000_000
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
USUAL = "cp1252"
UTF16 = ("is not UTF-8 text; it may be UTF-16.", "Try --encoding utf-16-le, or save the file as “CSV UTF-8”.")


def text_of(path: Path, encoding: str | None = None) -> str:
    """The text of a file; BadInput if it cannot be read or is in another encoding than the one named."""
    raw = _bytes(path)
    name = encoding or next((name for mark, name in MARKS.items() if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(name).removeprefix("\ufeff")
    except LookupError:
        right = "Common ones: utf-8, utf-16, cp1252, latin-1."
        raise _bad(path, 1, f"“{name}” is no encoding.", right, "--encoding") from None
    except UnicodeDecodeError as error:
        raise _bad(path, *_undecodable(raw, name, error)) from None
    if "\0" in text:
        raise _bad(path, 1, *UTF16)
    return text


def delimiter_of(text: str) -> str:
    """What stands between the fields of the first line: a comma, a semicolon or a tab."""
    first = next(iter(text.splitlines()), "")
    return max(",;\t", key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise _bad(path, 1, "cannot be read (it is not a file).", "Give the path of a CSV file.")
        if path.stat().st_size > LARGEST:
            raise _bad(path, 1, f"is {path.stat().st_size:,} bytes long.", f"At most {LARGEST:,} bytes are read.")
        return path.read_bytes()
    except OSError as error:
        raise _bad(path, 1, f"cannot be read ({error.strerror}).", "Give the path of a CSV file.") from None


def _undecodable(raw: bytes, name: str, error: UnicodeDecodeError) -> tuple[int, str, str]:
    """Say on which line, and how it would read in the encoding that is most likely meant."""
    line = raw[: error.start].count(b"\n") + 1
    if b"\0" in raw:
        return line, *UTF16
    if name not in ("utf-8", "utf-8-sig"):
        return line, f"is not {name} text.", "Name another --encoding, or save the file as “CSV UTF-8”."
    guess = raw.splitlines()[line - 1].decode(USUAL, "replace").strip()
    right = f"If it should read “{guess[:80]}”, add --encoding {USUAL}. If not, save the file as “CSV UTF-8”."
    return line, "is not UTF-8 text.", right


def _bad(path: Path, line: int, wrong: str, right: str, field: str = "") -> BadInput:
    return BadInput([Problem(str(path), line, field, wrong, right)])
