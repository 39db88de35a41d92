"""Độ phủ: theme x outlet or month, on screen and as a file; the lists behind the numbers register here too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
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
from campaigns.coverage.naming import (
    Teller,
    column_name,
    name_of,
    silence_word,
    why_of,
)
from campaigns.coverage.queries import (
    Covered,
    coverage_of,
    get_campaign,
    list_campaigns,
    map_of,
    trend_months,
    with_trend,
)
from campaigns.coverage.quiet import quiet_of
from campaigns.coverage.table import Cell, Table, by_month, by_outlet, elapsed
from content.outlets.csvfile import write_table
from content.outlets.forms import kind_choices
from content.outlets.queries import get_outlet
from content.publications.views import csv_answer
from content.themes.queries import list_themes

bp = Blueprint("coverage", __name__, url_prefix="/coverage", template_folder="templates")


def _asked(today: date) -> tuple[Asked, bool]:
    """What the address asks, and whether by month; outlets choose lists, not tables."""
    by_months = request.args.get("view") == "months"
    args = request.args.to_dict()
    asked = Asked.read(args, today=today)
    if by_months:
        year = Span.year(asked.span.period.first)
        return Asked(year, asked.theme_id, asked.kind, None, asked.campaign_id), True
    return Asked(asked.span, asked.theme_id, asked.kind, None, asked.campaign_id), False


def _covered(asked: Asked, *, now: datetime, by_months: bool) -> tuple[Covered, Table]:
    if by_months:
        found = coverage_of(reading(), asked, today=clock.local_day(now))
        return found, by_month(found)
    found = with_trend(reading(), map_of(reading(), asked, now=now))
    return found, by_outlet(found)


@bp.get("")
@requires(Permission.READ_COVERAGE)
def index() -> ResponseReturnValue:
    """The map of the span."""
    now = clock.now()
    today = clock.local_day(now)
    asked, by_months = _asked(today)
    view: dict[str, Any] = {"view": "months"} if by_months else {}
    found, table = _covered(asked, now=now, by_months=by_months)
    return render(
        "campaigns/coverage/index.html",
        table=table,
        quiet=None if by_months else quiet_of(found),
        by_months=by_months,
        asked=asked,
        name=name_of(asked.span),
        elapsed=elapsed(asked.span.period, today),
        trend=_trend_names(asked),
        column_name=column_name,
        teller=Teller(),
        why_of=why_of,
        silence_word=silence_word,
        previous=_link(asked, asked.span.previous, view),
        following=_link(asked, asked.span.following, view),
        spans=_spans(asked, today),
        tabs=_tabs(asked, by_months=by_months),
        chips=chips_of(asked, view),
        kind_link=lambda kind: url_for(".index", **{**asked.values(), "kind": kind.value}),
        csv_url=url_for(".as_csv", **{**asked.values(), **view}),
        campaigns=list_campaigns(reading(), also=asked.campaign_id),
        themes=list_themes(reading(), held=[asked.theme_id] if asked.theme_id else []),
        kinds=kind_choices(),
        list_url=_list_url(),
        today=today,
    )


def _list_url() -> Callable[[Cell], str]:
    """The list that a cell opens: what was published, else what is late, else what is promised."""
    done, late, promised = (url_for(f".{what}") for what in ("done", "late", "promised"))

    def url(cell: Cell) -> str:
        count = cell.count
        first = done if count.done or not count.promised else late if count.late else promised
        return f"{first}?{cell.query}"

    return url


def _trend_names(asked: Asked) -> tuple[str, str]:
    """The first and the last of the twelve months."""
    months = trend_months(asked)
    return name_of(months[0]), name_of(months[-1])


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


def chips_of(asked: Asked, view: dict[str, Any]) -> list[dict[str, str]]:
    """The filters that are on, each with the way to take it off."""
    labels: dict[str, str] = {}
    if asked.theme_id is not None:
        named = list_themes(reading(), held=[asked.theme_id])
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


@bp.get("/csv")
@requires(Permission.READ_COVERAGE)
def as_csv() -> ResponseReturnValue:
    """The table as a file for Excel: three plain numbers for each column."""
    now = clock.now()
    asked, by_months = _asked(clock.local_day(now))
    teller, (_, table) = Teller(), _covered(asked, now=now, by_months=by_months)
    head: list[object] = ["Chủ đề"]
    for column in table.columns:
        name = column_name(column)
        head += [f"{name} – đã đăng", f"{name} – chỉ tiêu", f"{name} – trễ"]
        head += [] if by_months else [f"{name} – nguồn tin"]
    rows: list[list[object]] = [head]
    for line in [*table.lines, table.total]:
        row: list[object] = [line.theme.name if line.theme else "Tất cả"]
        for cell in line.cells:
            row += [cell.count.done, cell.count.promised, cell.count.late]
            row += [] if by_months else [teller.silence_of(cell)]
        rows.append(row)
    suffix = "-theo-thang" if by_months else ""
    return csv_answer(write_table(rows), f"do-phu-{asked.span.key}{suffix}.csv")
