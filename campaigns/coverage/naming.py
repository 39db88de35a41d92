"""What the coverage page says: names of spans and columns, the word and shape of a cell, why silence is not known."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import N_
from app.web.filters import show_day, show_number, show_word
from app.web.forms import say
from campaigns.coverage.asked import Span
from campaigns.coverage.silence import Silence, Why
from campaigns.coverage.table import Cell, Column

QUARTERS = ("I", "II", "III", "IV")
SILENT, UNKNOWN = N_("Không đăng"), N_("Chưa rõ")


@dataclass(frozen=True)
class Look:
    """How a cell shows its state: never by colour alone."""

    tone: str
    icon: str
    word: str
    modifier: str = ""


def name_of(span: Span) -> str:
    """A span as people say it: Tháng 5/2026, Quý II/2026, Năm 2026."""
    first = span.period.first
    if "Q" in span.key:
        return say(N_("Quý {number}/{year}"), number=QUARTERS[(first.month - 1) // 3], year=first.year)
    if "-" in span.key:
        return say(N_("Tháng {month}/{year}"), month=first.month, year=first.year)
    return say(N_("Năm {year}"), year=first.year)


def column_name(column: Column) -> str:
    """The heading of a column."""
    if column.outlet is not None:
        return column.outlet.name
    if column.month is not None:
        return say(N_("Th. {month}"), month=column.month.period.first.month)
    if column.kind is not None:
        return show_word(column.kind).label
    return say(N_("Tất cả"))


def silence_word(silence: Silence) -> str:
    """Không đăng, or Chưa rõ."""
    return say(SILENT if silence.is_known else UNKNOWN)


def why_of(silence: Silence) -> str:
    """The reason in words."""
    day, until = show_day(silence.day), show_day(silence.until)
    if silence.why is Why.UNREADABLE and silence.until is not None:
        return say(N_("Nguồn tin không đọc được từ {day} đến {until}"), day=day, until=until)
    return say(_WHY[silence.why], day=day, number=show_number(silence.waiting))


_WHY = {
    Why.OURS: N_("Trang của chính mình, Loa đăng nên biết là không có tin nào"),
    Why.READ: N_("Nguồn tin đọc được suốt kỳ mà không có tin nào"),
    Why.WAITING: N_("{number} tin tìm thấy đang chờ xác nhận"),
    Why.UNREADABLE: N_("Nguồn tin không đọc được từ {day}"),
    Why.NEW: N_("Mới theo dõi từ {day}"),
    Why.NEVER: N_("Nguồn tin chưa đọc được lần nào"),
    Why.GONE: N_("Nguồn tin đã đóng từ {day}"),
    Why.OFF: N_("Nguồn tin đang tắt theo dõi"),
    Why.NO_FEED: N_("Không có nguồn tin để theo dõi"),
}


class Teller:
    """Says cells in the language of one answer; a map has hundreds, so each sentence is translated once."""

    def __init__(self) -> None:
        self._said: dict[str, str] = {}

    def _say(self, sentence: str, **values: object) -> str:
        if sentence not in self._said:
            self._said[sentence] = say(sentence)
        return self._said[sentence].format(**values)

    def look_of(self, cell: Cell) -> Look:
        """Colour, shape and word of a cell."""
        count, silence = cell.count, cell.silence
        if count.late:
            late = self._say(N_("Trễ {number}"), number=show_number(count.late))
            return Look("red", "clock-exclamation", late, "late")
        if count.promised:
            if count.done >= count.promised:
                return Look("green", "circle-check-filled", self._say(N_("Đủ")))
            return Look("blue", "progress-check", self._say(N_("Còn hạn")))
        if count.done:
            return Look("grey", "circle-dot", self._say(N_("Ngoài chỉ tiêu")))
        if silence is None:
            return Look("grey", "", "", "none")
        if silence.is_known:
            return Look("grey", "volume-off", self._say(SILENT), "silent")
        return Look("grey", "question-mark", self._say(UNKNOWN), "unknown")

    def silence_of(self, cell: Cell) -> str:
        """The silence of a cell in one clause; of several outlets, of how many it is not known."""
        silence = cell.silence
        if silence is None:
            return ""
        if len(cell.silences) > 1 and not silence.is_known:
            number, every = show_number(cell.unknown), show_number(len(cell.silences))
            return self._say(N_("Chưa rõ ở {number} trên {all} nơi"), number=number, all=every)
        word = self._say(SILENT if silence.is_known else UNKNOWN)
        return f"{word}: {_lower(why_of(silence))}"

    def aloud(self, where: str, cell: Cell) -> str:
        """A cell as one reads it to somebody: theme and outlet, numbers, state."""
        count = cell.count
        done, promised = show_number(count.done), show_number(count.promised)
        parts = []
        if count.promised:
            parts.append(
                self._say(N_("đã đăng {done} trên chỉ tiêu {promised}"), done=done, promised=promised)
            )
            parts.append(_lower(self.look_of(cell).word))
        elif count.done:
            parts.append(self._say(N_("đã đăng {done}, không đặt chỉ tiêu"), done=done))
        elif cell.silence is None:
            parts.append(self._say(N_("không có gì")))
        if cell.silence is not None:
            parts.append(_lower(self.silence_of(cell)))
        return f"{where}: {', '.join(parts)}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
