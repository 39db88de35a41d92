"""What is known of each outlet's feeds in a span: loaded for the rules of silence.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, lazyload

from app.clock import Period
from campaigns.coverage.silence import Silences, Watched, silence_of
from content.channels.models import Channel, ChannelKind
from content.outlets.feeds.health import Outage
from content.outlets.feeds.models import Feed, FeedOutage
from content.publications.models import IS_FOUND, Match, MatchDecision, Publication


def load_silences(
    session: Session,
    outlet_ids: Iterable[int],
    period: Period,
    *,
    theme_ids: Collection[int] | None,
    now: datetime,
) -> Silences:
    """What the silence of these outlets is worth; four queries whatever their number."""
    ids = sorted(set(outlet_ids))
    if period.starts_at > now or not ids:
        return Silences()
    asked = select(Feed).where(Feed.outlet_id.in_(ids)).order_by(Feed.id).options(lazyload(Feed.outlet))
    feeds = list(session.scalars(asked))
    outages = _outages(session, feeds, period)
    watched: dict[int, list[Watched]] = {}
    for feed in feeds:
        watched.setdefault(feed.outlet_id, []).append((feed, outages.get(feed.id, [])))
    ours = set(session.scalars(select(Channel.outlet_id).where(Channel.kind == ChannelKind.SITE)))
    known = {one: silence_of(watched.get(one, []), period, now=now, is_ours=one in ours) for one in ids}
    return Silences(known, _waiting(session, period, theme_ids) if watched else {})


def _outages(session: Session, feeds: Sequence[Feed], period: Period) -> dict[int, list[Outage]]:
    """The stretches of each feed without a good answer that touch *period*."""
    found: dict[int, list[Outage]] = {}
    asked = select(FeedOutage.feed_id, FeedOutage.began_at, FeedOutage.ended_at).where(
        FeedOutage.feed_id.in_([feed.id for feed in feeds]),
        FeedOutage.began_at < period.ends_at,
        or_(FeedOutage.ended_at.is_(None), FeedOutage.ended_at > period.starts_at),
    )
    for feed_id, began_at, ended_at in session.execute(asked) if feeds else ():
        found.setdefault(feed_id, []).append(Outage(began_at, ended_at))
    for feed in feeds:  # failing now, before its outage is written down
        open_now = any(one.ended_at is None for one in found.get(feed.id, []))
        if feed.failing_since is not None and not open_now:
            found.setdefault(feed.id, []).append(Outage(feed.failing_since, None))
    return found


def _waiting(
    session: Session, period: Period, theme_ids: Collection[int] | None
) -> dict[tuple[int, int], int]:
    """How many found publications of a theme on an outlet nobody has said yes or no to."""
    asked = (
        select(Match.theme_id, Publication.outlet_id, func.count())
        .join(Publication, Publication.id == Match.publication_id)
        .where(
            IS_FOUND,
            Publication.published_at >= period.starts_at,
            Publication.published_at < period.ends_at,
            Match.theme_id.is_not(None),
            Match.decision == MatchDecision.PROPOSED,
        )
        .group_by(Match.theme_id, Publication.outlet_id)
    )
    if theme_ids is not None:
        asked = asked.where(Match.theme_id.in_(theme_ids))
    found: Counter[tuple[int, int]] = Counter()
    for theme, outlet, count in session.execute(asked):
        if theme is not None:
            found[theme, outlet] = count
    return found
