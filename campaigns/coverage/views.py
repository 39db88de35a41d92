"""Độ phủ: theme x outlet or month, and the list behind every number."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.permissions import Permission
from app.errors import N_
from app.web.filters import show_word
from app.web.forms import say
from app.web.identity import requires
from app.web.render import render
from app.web.session import reading
from campaigns.coverage.asked import Asked, Span
from campaigns.coverage.lists import Listed, list_done, list_late, list_promised
from campaigns.coverage.queries import coverage_of, get_campaign, list_campaigns
from campaigns.coverage.table import Column, Table, by_month, by_outlet
from content.outlets.csvfile import write_table
from content.outlets.forms import kind_choices
from content.outlets.queries import get_outlet
from content.publications.queries import list_themes
from content.publications.views import csv_answer

bp = Blueprint("coverage", __name__, url_prefix="/coverage", template_folder="templates")

QUARTERS = ("I", "II", "III", "IV")


def name_of(span: Span) -> str:
    """A span as people say it: Tháng 5/2026, Quý II/2026, Năm 2026."""
    first = span.period.first
    if "Q" in span.key:
        return say(N_("Quý {number}/{year}"), number=QUARTERS[(first.month - 1) // 3], year=first.year)
    if "-" in span.key:
        return say(N_("Tháng {month}/{year}"), month=first.month, year=first.year)
    return say(N_("Năm {year}"), year=first.year)


def _asked(today: date) -> tuple[Asked, bool]:
    """What the address asks, and whether by month; outlets choose lists, not tables."""
    by_months = request.args.get("view") == "months"
    args = request.args.to_dict()
    asked = Asked.read(args, today=today)
    if by_months:
        year = Span.year(asked.span.period.first)
        return Asked(year, asked.theme_id, asked.kind, None, asked.campaign_id), True
    return Asked(asked.span, asked.theme_id, asked.kind, None, asked.campaign_id), False


def _table(asked: Asked, *, today: date, by_months: bool) -> Table:
    found = coverage_of(reading(), asked, today=today)
    return by_month(found) if by_months else by_outlet(found)


@bp.get("")
@requires(Permission.READ_COVERAGE)
def index() -> ResponseReturnValue:
    """The table of the span."""
    today = clock.local_day(clock.now())
    asked, by_months = _asked(today)
    view: dict[str, Any] = {"view": "months"} if by_months else {}
    return render(
        "campaigns/coverage/index.html",
        table=_table(asked, today=today, by_months=by_months),
        by_months=by_months,
        asked=asked,
        name=name_of(asked.span),
        column_name=column_name,
        previous=_link(asked, asked.span.previous, view),
        following=_link(asked, asked.span.following, view),
        spans=_spans(asked, today),
        tabs=_tabs(asked, by_months=by_months),
        chips=_chips(asked, view),
        kind_link=lambda kind: url_for(".index", **{**asked.values(), "kind": kind.value}),
        csv_url=url_for(".as_csv", **{**asked.values(), **view}),
        campaigns=list_campaigns(reading(), also=asked.campaign_id),
        themes=list_themes(reading(), also=[asked.theme_id] if asked.theme_id else []),
        kinds=kind_choices(),
        urls={what: url_for(f".{what}") for what in ("done", "promised", "late")},
        today=today,
    )


def column_name(column: Column) -> str:
    """The heading of a column."""
    if column.outlet is not None:
        return column.outlet.name
    if column.month is not None:
        return say(N_("Th. {month}"), month=column.month.period.first.month)
    if column.kind is not None:
        return say(N_("Cộng {kind}"), kind=show_word(column.kind).label)
    return say(N_("Tất cả"))


def _link(asked: Asked, span: Span, view: dict[str, Any]) -> dict[str, str]:
    values: dict[str, Any] = {**asked.values(), **view, "period": span.key}
    return {"name": name_of(span), "url": url_for(".index", **values)}


def _spans(asked: Asked, today: date) -> list[dict[str, object]]:
    """Month, quarter, year: the one that holds today when it lies in the present span, else the span's first."""
    period = asked.span.period
    day = today if today in period else period.first
    made: list[dict[str, object]] = []
    for span in (Span.month(day), Span.quarter(day), Span.year(day)):
        values: dict[str, Any] = {**asked.values(), "period": span.key}
        made.append(
            {
                "label": name_of(span),
                "url": url_for(".index", **values),
                "is_active": span.key == asked.span.key,
            }
        )
    return made


def _tabs(asked: Asked, *, by_months: bool) -> list[dict[str, object]]:
    values: dict[str, Any] = asked.values()
    return [
        {
            "label": say(N_("Theo cơ quan báo chí")),
            "url": url_for(".index", **values),
            "is_active": not by_months,
        },
        {
            "label": say(N_("Theo tháng trong năm")),
            "url": url_for(".index", **values, view="months"),
            "is_active": by_months,
        },
    ]


def _chips(asked: Asked, view: dict[str, Any]) -> list[dict[str, str]]:
    """The filters that are on, each with the way to take it off."""
    labels: dict[str, str] = {}
    if asked.theme_id is not None:
        named = list_themes(reading(), also=[asked.theme_id])
        labels["theme"] = next((one.name for one in named if one.id == asked.theme_id), say(N_("Chủ đề")))
    if asked.kind is not None:
        labels["kind"] = show_word(asked.kind).label
    if asked.outlet_id is not None:
        labels["outlet"] = get_outlet(reading(), asked.outlet_id).name
    if asked.campaign_id is not None:
        labels["campaign"] = get_campaign(reading(), asked.campaign_id).name
    values: dict[str, Any] = {**asked.values(), **view}
    endpoint = request.endpoint or ".index"
    return [
        {"label": label, "remove_url": url_for(endpoint, **{k: v for k, v in values.items() if k != name})}
        for name, label in labels.items()
    ]


@bp.get("/done")
@requires(Permission.READ_COVERAGE)
def done() -> ResponseReturnValue:
    """The publications behind a number."""
    asked = Asked.read(request.args, today=clock.local_day(clock.now()))
    return _list(asked, "done", list_done(reading(), asked, cursor=request.args.get("after", "")))


@bp.get("/promised")
@requires(Permission.READ_COVERAGE)
def promised() -> ResponseReturnValue:
    """The targets and series behind a number."""
    today = clock.local_day(clock.now())
    asked = Asked.read(request.args, today=today)
    after = request.args.get("after", "")
    return _list(asked, "promised", list_promised(reading(), asked, today=today, cursor=after))


@bp.get("/late")
@requires(Permission.READ_COVERAGE)
def late() -> ResponseReturnValue:
    """What is late behind a number."""
    today = clock.local_day(clock.now())
    asked = Asked.read(request.args, today=today)
    after = request.args.get("after", "")
    return _list(asked, "late", list_late(reading(), asked, today=today, cursor=after))


def _list(asked: Asked, what: str, listed: Listed) -> ResponseReturnValue:
    values: dict[str, Any] = asked.values()
    following = None
    if listed.following:
        following = url_for(request.endpoint or ".done", **values, after=listed.following)
    table = {name: value for name, value in values.items() if name != "outlet"}
    return render(
        "campaigns/coverage/list.html",
        what=what,
        listed=listed,
        name=name_of(asked.span),
        chips=_chips(asked, {}),
        following=following,
        back=url_for(".index", **table),
        month_name=lambda day: name_of(Span.month(day)),
    )


@bp.get("/csv")
@requires(Permission.READ_COVERAGE)
def as_csv() -> ResponseReturnValue:
    """The table as a file for Excel: three plain numbers for each column."""
    today = clock.local_day(clock.now())
    asked, by_months = _asked(today)
    table = _table(asked, today=today, by_months=by_months)
    head: list[object] = ["Chủ đề"]
    for column in table.columns:
        name = column_name(column)
        head += [f"{name} – đã đăng", f"{name} – chỉ tiêu", f"{name} – trễ"]
    rows: list[list[object]] = [head]
    for line in [*table.lines, table.total]:
        row: list[object] = [line.theme.name if line.theme else "Tất cả"]
        for cell in line.cells:
            row += [cell.count.done, cell.count.promised, cell.count.late]
        rows.append(row)
    suffix = "-theo-thang" if by_months else ""
    return csv_answer(write_table(rows), f"do-phu-{asked.span.key}{suffix}.csv")
