"""The text of each piece: put together from the sentences of its story, in the form of its type. Pure."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from functools import cache

from campaigns.demo import words
from campaigns.demo.pieces import Written
from content.items.models import ItemType
from content.items.services import RevisionInput

Story = dict[str, list[str]]
SOURCE = "Số liệu do cơ quan chuyên môn cung cấp, chốt đến hết tháng trước."
_CUT = re.compile(r"(?<=[.?!]) (?=[A-ZĐÂÊÔƠƯÁÀẢÃẠ])")


@cache
def stories() -> dict[str, Story]:
    """Each story of words/stories.txt: its sentences by their place."""
    found: dict[str, Story] = {}
    story: Story = {}
    for line in words.lines("stories.txt"):
        if line.startswith("=="):
            story = found[line.strip("= ")] = {}
            continue
        place, _, said = line.partition(": ")
        story.setdefault(place, []).append(said)
    return found


@cache
def places() -> dict[str, str]:
    """Every commune by its bare name, as it is called in full; then other places, with the commune they lie in."""
    found: dict[str, str] = {}
    for line in words.lines("communes.txt"):
        kind, _, names = line.partition(": ")
        for name in names.split(", "):
            bare, _, lies_in = name.partition(" = ")
            found[bare] = lies_in or f"{kind} {name}"
    return found


def place_of(title: str) -> str:
    """The commune that a title names, the longest name first; where it names none, one that fits any story."""
    bare = [name for name in sorted(places(), key=len, reverse=True) if re.search(rf"\b{name}\b", title)]
    if bare:
        return places()[bare[0]]
    return list(places().values())[_number(title) % len(places())]


def _number(title: str) -> int:
    """A number that belongs to the title for ever."""
    return zlib.crc32(title.encode())


class _Teller:
    """Takes sentences from a story, others for each title, with its place and figures filled in."""

    def __init__(self, piece: Written) -> None:
        self.story, self.number = stories()[piece.story], _number(piece.title)
        figures = {"n": 46 + self.number % 431, "m": 3 + self.number // 7 % 11}
        self.filled = {"nơi": place_of(piece.title), **figures}

    def say(self, place: str, turn: int = 0) -> str:
        """The sentence at *place* whose turn it is."""
        said = self.story[place]
        return said[(self.number + turn) % len(said)].format(**self.filled)

    def tell(self, part: int) -> str:
        """One part of what happened, which is told in its order."""
        return self.story["thân"][part].format(**self.filled)

    def several(self, place: str) -> tuple[str, ...]:
        """The parts of a sentence that lists several."""
        return words.several(self.say(place))

    def quote(self, turn: int = 0) -> str:
        """What somebody said, as a quotation."""
        said, _, who = self.say("lời", turn).partition(" — ")
        return f"> “{said}” — {who}"


def text_of(piece: Written, *, half: str = "", asset_id: int | None = None) -> RevisionInput:
    """The whole text; its "first" half as a first draft leaves it; or "mended" after it was returned."""
    teller = _Teller(piece)
    parts = FORMS[piece.kind](teller)
    if half == "first":
        parts = parts[: max(2, len(parts) // 2)]
    elif half == "mended":
        parts = [*parts, SOURCE]
    return RevisionInput(piece.title, teller.say("tóm tắt"), "\n\n".join(parts), asset_id)


def brief_of(piece: Written) -> str:
    """What the writer is asked for."""
    asked = BRIEFS[_number(piece.title) % len(BRIEFS)]
    return f"{asked} Địa bàn: {place_of(piece.title)}."


def _list(teller: _Teller, place: str) -> str:
    return "\n".join(f"- {one[0].upper()}{one[1:]}" for one in teller.several(place))


def _article(teller: _Teller) -> list[str]:
    return [
        teller.say("mở"),
        teller.tell(0),
        teller.quote(),
        "## Cách làm",
        teller.tell(1),
        _list(teller, "việc"),
        "## Điều còn lại",
        teller.tell(2),
        teller.quote(1),
        teller.say("kết"),
    ]


def _infographic(teller: _Teller) -> list[str]:
    return [
        teller.say("tóm tắt", 1),
        "## Số liệu trên hình",
        _list(teller, "số"),
        "## Người xem nên làm gì",
        _list(teller, "việc"),
        "Nguồn: số liệu do cơ quan chuyên môn cung cấp, chốt đến cuối tháng trước.",
    ]


def _post(teller: _Teller) -> list[str]:
    first = _CUT.split(teller.say("mở"))[0]
    return [first, teller.tell(0), _list(teller, "việc"), teller.say("kết"), "#QuangNgaiSo #NghiQuyet57"]


def _video(teller: _Teller) -> list[str]:
    scenes = [
        teller.say("mở"),
        teller.tell(0),
        teller.quote().removeprefix("> "),
        teller.tell(1),
        teller.say("kết"),
    ]
    return [f"**Cảnh {number} ({number * 12} giây).** {scene}" for number, scene in enumerate(scenes, 1)]


def _bulletin(teller: _Teller) -> list[str]:
    return [
        "Kính thưa bà con và các bạn nghe đài!",
        teller.say("mở"),
        teller.tell(0),
        "Bà con nhớ giúp mấy việc sau đây:",
        _list(teller, "việc"),
        teller.say("kết"),
        "Bản tin xin được nhắc lại một lần nữa. Cảm ơn bà con đã lắng nghe!",
    ]


def _leaflet(teller: _Teller) -> list[str]:
    return ["## Mặt trước", teller.say("tóm tắt"), "## Mặt sau", _list(teller, "việc"), teller.say("kết")]


def _release(teller: _Teller) -> list[str]:
    return [
        f"**Quảng Ngãi.** {teller.say('tóm tắt')}",
        teller.tell(0),
        "Những con số chính:",
        _list(teller, "số"),
        teller.tell(1),
        teller.say("kết"),
        "Đầu mối cung cấp thông tin cho báo chí: Văn phòng Sở, trong giờ hành chính.",
    ]


FORMS: dict[ItemType, Callable[[_Teller], list[str]]] = {
    ItemType.ARTICLE: _article,
    ItemType.INFOGRAPHIC: _infographic,
    ItemType.SOCIAL_POST: _post,
    ItemType.VIDEO_SCRIPT: _video,
    ItemType.LOUDSPEAKER_BULLETIN: _bulletin,
    ItemType.LEAFLET: _leaflet,
    ItemType.PRESS_RELEASE: _release,
}
BRIEFS = (
    "Gặp ít nhất một người dân; số liệu ghi rõ nguồn và thời điểm.",
    "Viết ngắn, không dùng thuật ngữ tiếng Anh; nêu được điều người đọc làm theo ngay.",
    "Đi cơ sở, có ảnh người thật việc thật và lời thay ảnh.",
    "Hỏi cả người chưa hài lòng; nêu chỗ còn vướng và ai đang gỡ.",
    "Dẫn đúng số, ký hiệu, ngày của văn bản; nhờ bộ phận chuyên môn đọc lại trước khi gửi duyệt.",
)
