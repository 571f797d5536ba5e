"""Folders and archives full of traps: everything is named, nothing is followed, unpacked or believed."""

import io
import os
import struct
import zipfile

import pytest
from handing_in import folder_with, snapshot, zip_with

from grader.gradebook import sources
from grader.gradebook.pieces import wanted
from grader.gradebook.sources import Source
from grader.reading import BadInput

SECRET = b"the key of the quiz"


def found(path):
    return {one.name: one for one in Source(path, wanted).files()}


def why(path, name):
    return found(path)[name].why


def test_the_files_of_a_folder_and_of_an_archive_are_found_alike(tmp_path):
    files = {"ann.ipynb": b"1", "b/bob.json": b"2", "c/d/cy.pdf": b"3"}
    folder, archive = folder_with(tmp_path / "in", files), zip_with(tmp_path / "in.zip", files)
    for path in (folder, archive):
        assert {name: one.content for name, one in found(path).items()} == files
        assert all(one.moment.isoformat() == "2026-11-20T12:00:00+00:00" for one in found(path).values())


def test_links_are_named_and_never_followed(tmp_path):
    (tmp_path / "key.ipynb").write_bytes(SECRET)
    folder = folder_with(tmp_path / "in", {"ann.ipynb": b"1"})
    (folder / "bob.ipynb").symlink_to(tmp_path / "key.ipynb")
    (folder / "dir").symlink_to(tmp_path)
    (folder / "loop").symlink_to(folder)
    assert {name for name, one in found(folder).items() if one.why == sources.LINK} == {"bob.ipynb", "dir", "loop"}
    assert SECRET not in [one.content for one in found(folder).values()]


def test_a_link_in_an_archive_is_named_and_never_followed(tmp_path):
    info = zipfile.ZipInfo("ann.ipynb")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
        archive.writestr(info, "/etc/hostname")
    assert why(tmp_path / "in.zip", "ann.ipynb") == sources.LINK


def test_pipes_and_devices_hold_nothing_up(tmp_path):
    folder = folder_with(tmp_path / "in", {"ann.ipynb": b"1"})
    os.mkfifo(folder / "pipe.ipynb")
    assert why(folder, "pipe.ipynb") == sources.DEVICE


@pytest.mark.parametrize("name", ["../up.ipynb", "a/../../up.ipynb", "/etc/up.ipynb", "..\\up.ipynb", "C:\\up.ipynb"])
def test_a_path_that_leads_out_of_an_archive_is_refused(tmp_path, name):
    zip_with(tmp_path / "in.zip", {name: b"1", "ann.ipynb": b"2"})
    before = snapshot(tmp_path)
    refused = [one for one in found(tmp_path / "in.zip").values() if one.why]
    assert [one.why for one in refused] == [sources.UNSAFE]
    assert refused[0].content == b""
    assert snapshot(tmp_path) == before


def test_files_over_the_limit_are_refused_in_folders_and_archives(tmp_path):
    big = {"ann.ipynb": b" " * (sources.LARGEST + 1), "bob.ipynb": b"1"}
    for path in (folder_with(tmp_path / "in", big), zip_with(tmp_path / "in.zip", big)):
        assert "larger than" in why(path, "ann.ipynb")
        assert found(path)["bob.ipynb"].content == b"1"


def test_an_archive_that_lies_about_the_size_of_a_file_is_read_no_further_than_it_says(tmp_path):
    path = zip_with(tmp_path / "in.zip", {"ann.ipynb": b" " * (5 * sources.LARGEST)})
    raw = bytearray(path.read_bytes())
    central = raw.rfind(b"PK\x01\x02")
    struct.pack_into("<I", raw, central + 24, 100)
    path.write_bytes(raw)
    one = found(path)["ann.ipynb"]
    assert one.why or len(one.content) <= 100


def test_an_archive_in_an_archive_is_read_once_and_no_deeper(tmp_path):
    def packed(name, content):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        return file.getvalue()

    inner = packed("waiver.ipynb", b"1")
    zip_with(tmp_path / "in.zip", {"ann.zip": inner, "bob.zip": packed("deep.zip", inner), "cy.zip": b"no archive"})
    got = found(tmp_path / "in.zip")
    assert got["ann.zip/waiver.ipynb"].content == b"1"
    assert got["bob.zip/deep.zip"].why == sources.DEEP
    assert "cannot be read" in got["cy.zip"].why


def test_a_bomb_of_many_files_in_one_learners_archive_is_refused_and_the_others_are_read(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for n in range(sources.MOST_IN_ARCHIVE + 1):
            archive.writestr(f"{n}.ipynb", b"")
    folder = folder_with(tmp_path / "in", {"x/ann.zip": file.getvalue(), "x/bob.ipynb": b"1"})
    assert "more than" in why(folder, "x/ann.zip")
    assert found(folder)["x/bob.ipynb"].content == b"1"


def test_a_bomb_that_unfolds_to_much_is_stopped_when_the_sum_is_spent(tmp_path):
    zip_with(tmp_path / "in.zip", {f"{n}.ipynb": b" " * 1_500_000 for n in range(9)})
    got = list(Source(tmp_path / "in.zip", wanted, most_bytes=3_000_000).files())
    assert sum(len(one.content) for one in got) <= 3_000_000
    assert sum(bool(one.why) for one in got) >= 7


def test_an_encrypted_file_is_named(tmp_path):
    path = zip_with(tmp_path / "in.zip", {"ann.ipynb": b"1"})
    raw = bytearray(path.read_bytes())
    raw[raw.rfind(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    assert why(path, "ann.ipynb") == sources.LOCKED


@pytest.mark.parametrize("cut", [10, 40, 90])
def test_a_damaged_archive_stops_nobody(tmp_path, cut):
    content = zip_with(tmp_path / "whole.zip", {"waiver.ipynb": b"1" * 99}).read_bytes()[:-cut]
    folder = folder_with(tmp_path / "in", {"ann.zip": content, "bob.ipynb": b"1"})
    got = found(folder)
    assert got["bob.ipynb"].content == b"1"
    assert [one for name, one in got.items() if name.startswith("ann.zip") and one.why]


def test_what_operating_systems_leave_behind_is_no_submission(tmp_path):
    files = {".DS_Store": b"x", "__MACOSX/._ann.ipynb": b"x", "Thumbs.db": b"x", "ann.ipynb": b"1"}
    for path in (folder_with(tmp_path / "in", files), zip_with(tmp_path / "in.zip", files)):
        assert list(found(path)) == ["ann.ipynb"]


def test_folders_in_folders_without_end_are_left(tmp_path):
    folder = folder_with(tmp_path / "in", {"d/" * 40 + "ann.ipynb": b"1", "bob.ipynb": b"1"})
    assert [one.why for one in found(folder).values()] == ["", sources.DEEP]


@pytest.mark.parametrize("name", ["nowhere", "text.pdf", "fake.zip"])
def test_a_place_that_holds_nothing_to_collect_is_refused_with_what_to_give(tmp_path, name):
    if name != "nowhere":
        (tmp_path / name).write_bytes(b"no archive")
    if name == "fake.zip":
        assert [bool(one.why) for one in Source(tmp_path / name, wanted).files()] == [True]
    else:
        with pytest.raises(BadInput, match="Give a folder"):
            Source(tmp_path / name, wanted)
