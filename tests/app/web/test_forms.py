"""Fields: what is typed, what it becomes, what is shown again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.errors import N_, Stale
from app.web.days import Day, Moment
from app.web.forms import Choice, Form, Line, Lines, longest, needed

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # forms ask no database
CHOICES = [("", "— Không —"), ("a", "An"), ("b", "Bình")]


class Trial(Form):
    line = Line("Dòng", [needed(N_("Nhập dòng.")), longest(20)])
    lines = Lines("Đoạn", [longest(40)])
    day = Day("Ngày")
    needed_day = Day("Ngày cần", [needed(N_("Chọn ngày."))])
    moment = Moment("Lúc")
    choice = Choice("Chọn", choices=CHOICES)
    needed_choice = Choice("Phải chọn", [needed(N_("Hãy chọn."))], choices=CHOICES)
    version = Line("Bản")


RIGHT = {"line": "một", "needed_day": "2026-05-18", "needed_choice": "a"}


def sent(app: Flask, **typed: str) -> Trial:
    with app.test_request_context("/", method="POST", data={**RIGHT, **typed}):
        form = Trial()
        form.validate()
        form.shown = {name: str(field()) for name, field in form._fields.items()}
        return form


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-05-18", date(2026, 5, 18)),
        ("18/5/2026", date(2026, 5, 18)),
        (" 18/05/2026 ", date(2026, 5, 18)),
        ("18-5-2026", date(2026, 5, 18)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_day_is_taken_as_people_write_it(app: Flask, typed: str, day: date | None) -> None:
    form = sent(app, day=typed)
    assert form.errors == {}
    assert form.day.day == day


@pytest.mark.parametrize(
    "typed", ["31/2/2026", "mai", "5/18/2026", "1/1/0001", "31/12/9999", "x" * 1_000_000, "2026"]
)
def test_a_day_that_is_none_is_shown_again_as_typed(app: Flask, typed: str) -> None:
    form = sent(app, day=typed, needed_day=typed)
    assert set(form.errors) == {"day", "needed_day"}
    assert len(form.errors["needed_day"]) == 1
    assert f'type="text" value="{typed}"' in form.shown["day"]


def test_a_day_that_is_one_is_shown_again_to_the_picker(app: Flask) -> None:
    form = sent(app, line="", day="18/5/2026")
    assert form.errors == {"line": ["Nhập dòng."]}
    assert 'type="date" value="2026-05-18"' in form.shown["day"]


@pytest.mark.parametrize(
    "typed",
    ["2026-05-18T05:15", "2026-05-18T05:15:00", "18/5/2026 05:15", "18/5/2026, 05:15", "05:15 18/5/2026"],
)
def test_a_moment_is_a_wall_clock_in_vietnam(app: Flask, typed: str) -> None:
    form = sent(app, moment=typed)
    assert form.errors == {}
    assert form.moment.moment == datetime(2026, 5, 17, 22, 15, tzinfo=UTC)
    assert 'type="datetime-local" value="2026-05-18T05:15"' in form.shown["moment"]


def test_nothing_is_nothing(app: Flask) -> None:
    form = sent(app, moment="", day="")
    assert form.errors == {}
    assert (form.moment.moment, form.day.day, form.choice.data) == (None, None, "")
    assert sent(app, needed_day="", needed_choice="", line=" \u200b ").errors == {
        "line": ["Nhập dòng."],
        "needed_day": ["Chọn ngày."],
        "needed_choice": ["Hãy chọn."],
    }


def test_a_choice_that_is_not_offered_is_refused(app: Flask) -> None:
    assert sent(app, choice="c").errors == {"choice": ["Lựa chọn này không có trong danh sách."]}


def test_text_is_tidied_and_a_megabyte_is_kept_and_refused(app: Flask) -> None:
    form = sent(app, line="  một\u0000 \u202e hai  ", lines="một\r\nhai \n\n")
    assert (form.line.data, form.lines.data) == ("một hai", "một\nhai")
    form = sent(app, lines="x" * 1_000_000)
    assert "Dài 1000000 ký tự, nhiều nhất là 40." in form.errors["lines"][0]
    assert "x" * 1_000_000 in form.shown["lines"]


def test_a_form_catches_up_with_what_is(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={**RIGHT, "choice": "a", "version": "1"}):
        form = Trial()
        assert form.validate()
        assert form.refuse(Stale()) == 409
        form.catch_up(4, line="hai", choice="b", day=date(2026, 5, 18), needed_choice="a", lines="")
        assert form.errors["line"] == ["Hiện nay: hai"]
        assert form.errors["choice"] == ["Hiện nay: Bình"]
        assert form.errors["day"] == ["Hiện nay: 18/5/2026"]
        assert set(form.errors) == {"", "line", "choice", "day"}
        assert 'value="4"' in str(form.version())
