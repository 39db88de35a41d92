"""What a move carries: the day wanted and the versions that the person saw."""

from __future__ import annotations

from wtforms.fields import BooleanField, HiddenField

from app.errors import N_, Invalid
from app.web.days import Day
from app.web.forms import Form, seen_version
from app.web.lazy import lazy

MOST_SLOTS = 100  # slots of one piece on one day


class MoveForm(Form):
    """Another local day; *pool* asks for none at all. *slots* is written ``12:3,15:1``: key and version of each."""

    day = Day(lazy(N_("Ngày mới")))
    pool = BooleanField()
    version = HiddenField()
    slots = HiddenField()

    def check_day(self) -> None:
        """Ask for a day, or for the pool.

        Raises:
            Invalid: with what is wrong.
        """
        if not self.validate():
            raise Invalid(self.first_error())
        if self.day.day is None and not self.pool.data:
            raise Invalid(N_("Hãy chọn ngày."))

    def seen_slots(self) -> dict[int, int]:
        """The version of each slot that the person's page showed on that day; what is none is left out."""
        pairs = [one.partition(":") for one in str(self.slots.data or "").split(",")[:MOST_SLOTS]]
        return {
            int(key): seen_version(version) for key, _, version in pairs if key.isdecimal() and len(key) < 19
        }


def write_slots(slots: dict[int, int]) -> str:
    """Keys and versions as ``seen_slots`` reads them."""
    return ",".join(f"{key}:{version}" for key, version in slots.items())
