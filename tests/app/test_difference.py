"""Differences between texts, by words."""

from __future__ import annotations

import pytest

from app.difference import Kind, Run, difference


def _shown(old: str, new: str) -> str:
    mark = {Kind.SAME: "{}", Kind.ADDED: "+{}+", Kind.REMOVED: "-{}-"}
    return "\n".join(
        "".join(mark[run.kind].format(run.text) for run in line) for line in difference(old, new)
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Một hai ba", "Một hai ba", "Một hai ba"),
        ("Một hai ba", "Một năm ba", "Một -hai-+năm+ ba"),
        ("tỉnh có chung đường đi", "tỉnh bạn và nước đi", "tỉnh -có chung đường-+bạn và nước+ đi"),
        ("một hai", "một ba hai", "một+ ba+ hai"),
        ("a b\nc d", "x y\nz t", "-a b-+x y+\n-c d-+z t+"),
        ("a", "a\n\nthêm đoạn", "a\n+thêm đoạn+"),
        ("a\n\nbỏ đoạn", "a", "a\n-bỏ đoạn-"),
        ("", "mới", "+mới+"),
        ("", "", ""),
    ],
)
def test_words_that_changed_are_marked(old: str, new: str, expected: str) -> None:
    assert _shown(old, new) == expected


def test_both_texts_can_be_read_back() -> None:
    old, new = "x y z\nm n\nk", "x q z\nk\nr s"
    runs = [run for line in difference(old, new) for run in line]
    assert "".join(run.text for run in runs if run.kind is not Kind.ADDED).replace(" ", "") == "xyzmnk"
    assert "".join(run.text for run in runs if run.kind is not Kind.REMOVED).replace(" ", "") == "xqzkrs"


def test_a_passage_of_many_words_is_shown_as_replaced_whole() -> None:
    old, new = "a " * 5_000, "b " * 5_000
    assert [run.kind for run in difference(old, new)[0]] == [Kind.REMOVED]
    assert isinstance(difference(old, new)[0][0], Run)
