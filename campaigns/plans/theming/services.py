"""Choose the themes of a confirmed plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app import audit
from app.errors import N_, Refused
from campaigns.plans.models import Plan, PlanTheme
from campaigns.plans.queries import themes_of_plan
from content.themes.models import Theme
from content.themes.services import check_themes, ensure_theme


@dataclass(frozen=True)
class ThemesInput:
    """Themes of the catalogue by key, and others by name; a name that the catalogue lacks is added to it."""

    theme_ids: tuple[int, ...]
    names: tuple[str, ...] = ()


def choose_themes(
    session: Session, plan: Plan, wanted: ThemesInput, *, seen: int, actor: audit.Actor, now: datetime
) -> None:
    """Let the plan serve these themes and no others; campaigns made from it keep theirs.

    Raises:
        Stale: somebody changed the plan since. Refused: it is archived, or a name is another document's theme.
        Invalid: a theme is not in use.
    """
    plan.check_version(seen)
    if plan.archived_at is not None:
        raise Refused(N_("Kế hoạch này đã được lưu trữ. Đưa kế hoạch trở lại rồi mới đổi chủ đề."))
    before = {theme.id: theme for theme in themes_of_plan(session, plan)}
    check_themes(session, wanted.theme_ids, held=before)
    if not wanted.names and set(wanted.theme_ids) == before.keys():
        return
    flag_modified(plan, "title")  # the themes are the plan's own: whoever saw the old ones is told
    session.flush()
    added = [ensure_theme(session, name, actor=actor, now=now).id for name in wanted.names]
    chosen = {*wanted.theme_ids, *added}
    session.execute(delete(PlanTheme).where(PlanTheme.plan_id == plan.id, PlanTheme.theme_id.not_in(chosen)))
    session.add_all(PlanTheme(plan_id=plan.id, theme_id=one) for one in sorted(chosen - before.keys()))
    session.flush()
    details = {"before": _names(before.values()), "themes": _names(themes_of_plan(session, plan))}
    audit.record(session, actor, "plan.themes", plan, at=now, details=details)


def _names(themes: Iterable[Theme]) -> list[str]:
    return [theme.name for theme in themes]
