"""The issuing body: composed from letterhead, or from what the text says of itself."""

import re
from dataclasses import dataclass
from itertools import pairwise

from campaigns.planfile.draft import Text, Traced
from campaigns.planfile.text.block import cut
from campaigns.planfile.text.paragraphs import Paragraph
from campaigns.planfile.units import sentence_case
from content.references.numbers import UPPER

_HEADS = re.compile(
    r"(?<![^\s|])(?<!CƠ\s)(?<!CÁN\s)(?<!ĐỘI\s)(?<!MÔI\s)(?<!THỊ\s)(?<!BỆNH\s)(?<!XÃ\s)(?<!QUỐC\s)(?<!THÔNG\s)(?<!DỰ\s)(?<!NHÀ\s)(?:ĐẢNG\s+[ỦU][ỶY](?:\s+(?:[ỦU]BND|[ỦU][ỶY]\s+BAN\s+NHÂN\s+DÂN))?|[ỦU][ỶY]\s+BAN\s+NHÂN\s+DÂN|[ỦU]BND|UỶ\s+BAN\s+NHÂN\s+DÂN"
    r"|ỦY\s+BAN|UỶ\s+BAN|HỘI\s+ĐỒNG\s+NHÂN\s+DÂN|HĐND|SỞ|BỘ|TỔNG\s+CỤC|CHI\s+CỤC|CỤC|VĂN\s+PHÒNG|TRUNG\s+TÂM"
    r"|BAN|TỈNH\s+[ỦU][ỶY]|TỈNH\s+UỶ|THÀNH\s+[ỦU][ỶY]|CÔNG\s+AN|VIỆN|TRƯỜNG(?:\s+ĐẠI\s+HỌC)?|ĐẠI\s+HỌC"
    r"|LIÊN\s+ĐOÀN|HỘI|ĐÀI|BÁO|THANH\s+TRA|PHÒNG|TỈNH\s+ĐOÀN|BẢO\s+HIỂM\s+XÃ\s+HỘI|KHO\s+BẠC|NGÂN\s+HÀNG|BỆNH\s+VIỆN"
    r"|HỌC\s+VIỆN|T[ÒO][AÀ]\s+ÁN|TỔNG\s+CÔNG\s+TY|CÔNG\s+TY|TẬP\s+ĐOÀN)(?=\s)"
)
_STAMP = re.compile(r"(?<!\w)(?:HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|TUYỆT MẬT|TỐI MẬT|MẬT)(?!\w)")
"""How urgent or secret, stamped under the number."""
_PLACE = re.compile(r"(TỈNH|THÀNH\s+PHỐ|TP\.?|HUYỆN|QUẬN|THỊ\s+XÃ|XÃ|PHƯỜNG|ĐẶC\s+KHU|THỊ\s+TRẤN)\s+(\S.*)")
_SELF = re.compile(
    r"(?:(?:Giám đốc|Chủ tịch|Lãnh đạo|Thủ trưởng)\s+)?"
    r"((?:Sở|Bộ|Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Ban|Cục|Chi cục|Trung tâm|Văn phòng|Công an|Tỉnh ủy)\s"
    r"(?:(?!\s(?:về|của|tại|ngày|theo|và các)\s)[^.;:\d()]){3,90}?)"
    r"\s+(?:xây dựng|ban hành|yêu cầu|đề nghị|triển khai|tổ chức|thông báo|báo cáo|hướng dẫn)\s"
)
_LEVEL = re.compile(
    rf"(tỉnh|thành phố|TP\.?)[ ]+((?:[{UPPER}][^\s,.;:()“”\"]*)(?:[ ]+[{UPPER}][^\s,.;:()“”\"]*){{0,3}})"
)


def _as_printed(name: str, body: str) -> str:
    """Return a name in the spelling that the body uses for it, else in sentence case."""
    pattern = r"\s+".join(re.escape(word) for word in name.split())
    kept = [m.group() for m in re.finditer(pattern, body, re.IGNORECASE) if not m.group().isupper()]
    best = next((k for k in kept if k[:1].isupper()), None)
    return " ".join(best.split()) if best else sentence_case(name)


def _spelt(name: str) -> str:
    return re.sub(r"^(?:[ỦU]BND|UỶ BAN NHÂN DÂN)(?=\s)", "Ủy ban nhân dân", name, flags=re.IGNORECASE)


@dataclass(frozen=True)
class _Bodies:
    """The bodies that a letterhead names in capitals, the superior first; ``joint``: the last two issue together."""

    names: tuple[str, ...]
    joint: bool


def _bodies(letterhead: Paragraph) -> _Bodies:
    text = _STAMP.sub(" ", " ".join(letterhead.text.replace("|", " ").split()))
    text = re.sub(r"[^\w\s,.&-]|-{2,}", " ", text.replace("–", "-"))
    bounds = [*(m.start() for m in _HEADS.finditer(text)), len(text)]
    names = [text[a:b].strip(" ,.-") for a, b in pairwise(bounds)]
    names = [name for name in names if name.isupper()]
    # "SỞ A - HỘI B": two bodies issue one programme.
    joint = len(names) > 1 and re.search(rf"{re.escape(names[-2])}\s+-\s+{re.escape(names[-1])}", text)
    return _Bodies(tuple(names), bool(joint))


def read_parent_body(letterhead: Paragraph) -> Text | None:
    """Return the superior body over the issuer, as printed; None where the issuer stands alone."""
    bodies = _bodies(letterhead)
    above = bodies.names[: -2 if bodies.joint else -1]
    return cut(letterhead, 0, len(letterhead.text), above[-1], 0.9) if above else None


def read_issuer(letterhead: Paragraph, body: str, place: Text | None, title: str) -> Text | None:
    """Return the full name of the issuing body, or None.

    The letterhead names the superior body first and the issuer last; a department takes the province
    of its superior. Without letterhead the body of the text is asked, less surely.
    """
    bodies = _bodies(letterhead)
    if not bodies.names:
        return _from_body(body, place, title)
    own = bodies.names[-1]
    name = _spelt(_as_printed(own, body))
    if bodies.joint:
        name = f"{_spelt(_as_printed(bodies.names[-2], body))} - {name}"
    above = next((m for other in reversed(bodies.names[:-1]) if (m := _PLACE.search(other))), None)
    if above and not _PLACE.search(own) and not own.endswith(_bare(above)):
        name = f"{name} {_of_place(above, own)}"
    source = cut(letterhead, 0, len(letterhead.text))
    return Traced(name, source.line_from, source.line_to, source.words, 0.9)


def _bare(place: re.Match[str]) -> str:
    """Return the name of a place alone: "NGHỆ AN" of "TỈNH ỦY NGHỆ AN"."""
    return re.sub(r"^[ỦU][ỶY]\s+", "", place[2])


def _of_place(place: re.Match[str], body: str) -> str:
    """Return the place as it stands behind the name of a *body*: with its level, a paper's without."""
    region = sentence_case("TỈNH " + _bare(place)).split(" ", 1)[1]
    if _bare(place) != place[2]:
        bare = body.startswith(("BÁO", "ĐÀI")) or body.endswith(("TỈNH", "THÀNH PHỐ"))
        return region if bare else f"{place[1].capitalize()} ủy {region}"
    return f"{' '.join(place[1].lower().split()).replace('tp.', 'thành phố')} {region}"


def _from_body(body: str, place: Text | None, title: str) -> Text | None:
    head = body[:3000]
    found = _SELF.search(head) or _SELF.search(title + " ban hành ")
    if found is None:
        return None
    name = _spelt(" ".join(found[1].split()))
    if not _LEVEL.search(name):
        region = _region(body, place, title)
        level = "" if region is None else region
        name = re.sub(r"\s+(?:tỉnh|thành phố)$", "", name)
        name = f"{name} {level}".strip() if not name.startswith("Bộ ") else name
    line = 1 + body.count("\n", 0, found.start())
    return Traced(name, line, line, " ".join(found.group().split()), 0.5)


def _region(body: str, place: Text | None, title: str) -> str | None:
    """Return "tỉnh X" or "thành phố X": the one of the place line, else the one named most."""
    if place is not None:
        near = re.search(rf"(tỉnh|thành phố)\s+{re.escape(place.value)}", body, re.IGNORECASE)
        level = near or re.search(r"UBND\s+(tỉnh|thành phố)", body, re.IGNORECASE)
        return f"{level[1].lower()} {place.value}" if level else place.value
    counts: dict[str, int] = {}
    for found in _LEVEL.finditer(title + "\n" + body):
        name = f"{found[1]} {' '.join(found[2].split())}"
        counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name]) if counts else None
