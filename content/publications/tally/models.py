"""Publications counted by theme, outlet, month and type, kept with each change so that no page counts a million."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class Tally(Base):
    """How many counted publications a theme has on an outlet in a month; ``item_type`` is "" for no item of ours."""

    __tablename__ = "tally"
    __table_args__ = (
        CheckConstraint("count >= 0", name="count"),
        # A span is read from this index alone.
        Index("ix_tally_counted", "month", "theme_id", "outlet_id", "item_type", "count"),
    )

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    outlet_id: Mapped[int] = mapped_column(ForeignKey("outlet.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)  # its first day
    item_type: Mapped[str] = mapped_column(String(40), primary_key=True)
    count: Mapped[int]
