"""Kept files are opened once while they are looked at, and free of marks that deceive."""

import pytest

from campaigns.planfile.unreadable import Unreadable
from campaigns.plans import reading
from campaigns.plans.reading import open_kept, read_source
from tests.factories import plan_text


def test_a_file_is_opened_once_while_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    content = (plan_text() + "\nmở một lần").encode()
    first = open_kept(content)
    monkeypatch.setattr(reading, "open_source", lambda _: pytest.fail("opened again"))
    assert open_kept(content) is first
    assert read_source(content, name="a.txt").lines == tuple(first.text.split("\n"))


def test_only_the_last_few_files_are_remembered() -> None:
    contents = [f"{plan_text()}\nbản {i}".encode() for i in range(12)]
    first = open_kept(contents[0])
    for content in contents[1:]:
        open_kept(content)
    again = open_kept(contents[0])
    assert again == first
    assert again is not first


def test_a_plan_is_read_once_while_it_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    content = (plan_text() + "\nđọc một lần").encode()
    first = read_source(content, name="a.txt")
    assert read_source(content, name="b.txt").name == "b.txt"
    monkeypatch.setattr(reading, "read_plan", lambda *_, **__: pytest.fail("read again"))
    assert read_source(content, name="a.txt") is first


def test_long_texts_push_out_others_and_the_newest_always_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_LETTERS", 3 * len(plan_text()))
    short, long = plan_text().encode(), (plan_text() * 4).encode()
    first, whole = open_kept(short), open_kept(long)
    assert open_kept(long) is whole
    assert open_kept(short) is not first


def test_marks_that_deceive_are_taken_out_and_lines_keep_their_numbers() -> None:
    draft = read_source("KẾ HOẠCH\nTruyền\u202e thông\u200b số\n\nI. NHIỆM VỤ".encode(), name="a.txt")
    assert draft.lines == ("KẾ HOẠCH", "Truyền thông số", "", "I. NHIỆM VỤ")


def test_what_cannot_be_opened_is_not_remembered() -> None:
    for _ in range(2):
        with pytest.raises(Unreadable):
            open_kept(b"PK\x03\x04damaged")
