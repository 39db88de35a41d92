"""What a coverage page is asked: a span of time and filters, as its address carries them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.clock import Period
from app.errors import N_, Invalid
from content.outlets.models import OutletKind

_SPELLED = re.compile(r"(2[01]\d\d)(?:-(0[1-9]|1[0-2]|Q[1-4]))?", re.IGNORECASE)


@dataclass(frozen=True)
class Span:
    """A month (2026-05), a quarter (2026-Q2) or a year (2026)."""

    key: str
    period: Period

    @classmethod
    def read(cls, raw: str, *, today: date) -> Span:
        """The span that an address names; this month when it names none.

        Raises:
            Invalid: it is no month, quarter or year from 2000 to 2199.
        """
        if not raw:
            return cls.month(today)
        found = _SPELLED.fullmatch(raw)
        if found is None:
            raise Invalid(N_("Kỳ “{raw}” không đúng; ví dụ: 2026-05, 2026-Q2, 2026."), raw=raw[:20])
        year, part = int(found[1]), (found[2] or "").upper()
        if not part:
            return cls.year(date(year, 1, 1))
        if part.startswith("Q"):
            return cls.quarter(date(year, 3 * int(part[1]) - 2, 1))
        return cls.month(date(year, int(part), 1))

    @classmethod
    def month(cls, day: date) -> Span:
        """The month that holds *day*."""
        return cls(f"{day:%Y-%m}", Period.month(day))

    @classmethod
    def quarter(cls, day: date) -> Span:
        """The quarter that holds *day*."""
        return cls(f"{day.year}-Q{(day.month + 2) // 3}", Period.quarter(day))

    @classmethod
    def year(cls, day: date) -> Span:
        """The year that holds *day*."""
        return cls(f"{day.year}", Period.year(day))

    def _beside(self, day: date) -> Span:
        if "Q" in self.key:
            return Span.quarter(day)
        return Span.month(day) if "-" in self.key else Span.year(day)

    @property
    def previous(self) -> Span:
        """The span of the same length before this one."""
        return self._beside(self.period.first - timedelta(days=1))

    @property
    def following(self) -> Span:
        """The span of the same length after this one."""
        return self._beside(self.period.last + timedelta(days=1))


@dataclass(frozen=True)
class Asked:
    """A span and filters; None means all. ``kind`` and ``outlet_id`` choose among columns, the rest among rows."""

    span: Span
    theme_id: int | None = None
    kind: OutletKind | None = None
    outlet_id: int | None = None
    campaign_id: int | None = None

    @classmethod
    def read(cls, args: Mapping[str, str], *, today: date) -> Asked:
        """What an address asks; a filter that is no value of ours is left out.

        Raises:
            Invalid: the span is none.
        """
        kind = args.get("kind", "")
        return cls(
            span=Span.read(args.get("period", ""), today=today),
            theme_id=_key(args.get("theme", "")),
            kind=OutletKind(kind) if kind in set(OutletKind) else None,
            outlet_id=_key(args.get("outlet", "")),
            campaign_id=_key(args.get("campaign", "")),
        )

    def holds(self, outlet_id: int | None, kind: OutletKind | None) -> bool:
        """Whether what is promised or late on that outlet or kind belongs to the columns asked for."""
        return self.outlet_id in (None, outlet_id) and self.kind in (None, kind)

    def values(self) -> dict[str, str]:
        """The filters as an address carries them."""
        made = {
            "period": self.span.key,
            "theme": str(self.theme_id or ""),
            "kind": self.kind.value if self.kind else "",
            "outlet": str(self.outlet_id or ""),
            "campaign": str(self.campaign_id or ""),
        }
        return {name: value for name, value in made.items() if value}

    @property
    def query(self) -> str:
        """The same as the part of an address after ``?``."""
        return "&".join(
            f"{name}={value}" for name, value in self.values().items()
        )  # nothing to quote in them

    def at(
        self,
        *,
        theme_id: int | None = None,
        kind: OutletKind | None = None,
        outlet_id: int | None = None,
        span: Span | None = None,
    ) -> Asked:
        """The same question about one cell."""
        return replace(
            self,
            theme_id=theme_id or self.theme_id,
            kind=kind or self.kind,
            outlet_id=outlet_id or self.outlet_id,
            span=span or self.span,
        )


def _key(raw: str) -> int | None:
    return int(raw) if raw.isdecimal() and len(raw) < 16 else None


def months_of(span: Span) -> Iterator[Span]:
    """The months of a span."""
    for month in span.period.months():
        yield Span.month(month.first)
