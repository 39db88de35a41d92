"""Days that offices usually keep, to begin with: an officer ticks which."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import clock
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.text import fold
from campaigns.occasions.checks import OccasionInput
from campaigns.occasions.materialise import rule_of
from campaigns.occasions.models import Occasion, RuleKind
from campaigns.occasions.rules import Rule
from campaigns.occasions.services import add_occasion
from content.themes.models import Theme


@dataclass(frozen=True)
class UsualDay:
    """A day with its name, and words by which a theme that fits it is found."""

    code: str
    name: str
    rule: Rule
    before: int = 7
    after: int = 3
    words: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_digital(self) -> bool:
        """Whether it is one of science, innovation and digital transformation."""
        return bool(self.words)


def _solar(day: int, month: int) -> Rule:
    return Rule(RuleKind.SOLAR, month, day)


def _lunar(day: int, month: int) -> Rule:
    return Rule(RuleKind.LUNAR, month, day)


_DIGITAL = ("chuyển đổi số", "bình dân học vụ số", "kỹ năng số")
_SCIENCE = ("khoa học", "công nghệ", "đổi mới sáng tạo")

# Where the source of a day is named, the note says how far it was checked; an officer corrects it.
USUAL: tuple[UsualDay, ...] = (
    UsualDay(
        "khcn",
        "Ngày Khoa học và Công nghệ Việt Nam",
        _solar(18, 5),
        14,
        7,
        _SCIENCE,
        "Nêu trong Luật Khoa học và Công nghệ năm 2013; hãy kiểm tra tên gọi theo luật hiện hành.",
    ),
    UsualDay(
        "doi-moi",
        "Ngày hội Đổi mới sáng tạo quốc gia",
        _solar(1, 10),
        14,
        7,
        ("đổi mới sáng tạo", "khoa học"),
        "Thủ tướng Chính phủ công bố năm 2024; hãy bổ sung số văn bản.",
    ),
    UsualDay(
        "cds",
        "Ngày Chuyển đổi số quốc gia",
        _solar(10, 10),
        30,
        7,
        _DIGITAL,
        "Quyết định số 505/QĐ-TTg ngày 22/4/2022 của Thủ tướng Chính phủ.",
    ),
    UsualDay("so-huu-tri-tue", "Ngày Sở hữu trí tuệ thế giới", _solar(26, 4), words=_SCIENCE),
    UsualDay(
        "vien-thong",
        "Ngày Xã hội thông tin và viễn thông thế giới",
        _solar(17, 5),
        words=(*_DIGITAL, "viễn thông"),
    ),
    UsualDay("bao-chi", "Ngày Báo chí Cách mạng Việt Nam", _solar(21, 6)),
    UsualDay("tttt", "Ngày truyền thống ngành Thông tin và Truyền thông", _solar(28, 8)),
    UsualDay("sach", "Ngày Sách và Văn hóa đọc Việt Nam", _solar(21, 4)),
    UsualDay("phap-luat", "Ngày Pháp luật Việt Nam", _solar(9, 11), 7, 3, ("pháp luật",)),
    UsualDay("dang", "Ngày thành lập Đảng Cộng sản Việt Nam", _solar(3, 2)),
    UsualDay("thay-thuoc", "Ngày Thầy thuốc Việt Nam", _solar(27, 2)),
    UsualDay("phu-nu", "Ngày Quốc tế Phụ nữ", _solar(8, 3)),
    UsualDay("doan", "Ngày thành lập Đoàn TNCS Hồ Chí Minh", _solar(26, 3)),
    UsualDay("bac-ho", "Ngày sinh Chủ tịch Hồ Chí Minh", _solar(19, 5)),
    UsualDay("tuyen-giao", "Ngày truyền thống ngành Tuyên giáo", _solar(1, 8)),
    UsualDay("cach-mang-thang-tam", "Ngày Cách mạng tháng Tám thành công", _solar(19, 8)),
    UsualDay("quoc-khanh", "Quốc khánh", _solar(2, 9)),
    UsualDay("dai-doan-ket", "Ngày hội Đại đoàn kết toàn dân tộc", _solar(18, 11)),
    UsualDay("nha-giao", "Ngày Nhà giáo Việt Nam", _solar(20, 11)),
    UsualDay("van-hoa", "Ngày Văn hóa Việt Nam", _solar(24, 11)),
    UsualDay("quan-doi", "Ngày thành lập Quân đội nhân dân Việt Nam", _solar(22, 12)),
    UsualDay("nguyen-tieu", "Tết Nguyên tiêu, Ngày Thơ Việt Nam", _lunar(15, 1)),
    UsualDay("gio-to", "Giỗ Tổ Hùng Vương", _lunar(10, 3), note="Bộ luật Lao động năm 2019, Điều 112."),
    UsualDay("phat-dan", "Lễ Phật đản", _lunar(15, 4)),
    UsualDay("vu-lan", "Lễ Vu Lan", _lunar(15, 7)),
    UsualDay("trung-thu", "Tết Trung thu", _lunar(15, 8)),
)


def usual_left(session: Session) -> list[UsualDay]:
    """The usual days that no occasion keeps yet, by name and by rule, retired ones counted."""
    occasions = session.scalars(select(Occasion)).all()
    names, rules = {one.name_folded for one in occasions}, {rule_of(one) for one in occasions}
    return [day for day in USUAL if fold(day.name) not in names and day.rule not in rules]


def add_usual_occasions(
    session: Session,
    organisation: Organisation,
    *,
    actor: Person,
    now: datetime,
    codes: Collection[str] | None = None,
    theme_ids: Sequence[int] = (),
) -> list[Occasion]:
    """Add the usual days of *codes* (None: all) that are not there yet, led by *organisation* and owned by *actor*.

    Each takes the themes in use whose names hold its words, else *theme_ids*. A day without a theme gets no
    campaigns until somebody gives it one.

    Raises:
        Invalid: *actor* may not open campaigns, or a theme is not in use.
    """
    themes = list(session.scalars(select(Theme).where(Theme.retired_at.is_(None)).order_by(Theme.id)))
    year = clock.local_day(now).year
    made = []
    for day in usual_left(session):
        if codes is not None and day.code not in codes:
            continue
        found = [one.id for one in themes if any(fold(word) in one.name_folded for word in day.words)]
        chosen = tuple(found) or tuple(theme_ids)
        wanted = OccasionInput(
            name=day.name,
            rule=day.rule,
            organisation_id=organisation.id,
            owner_id=actor.id,
            first_year=year - 1,  # a lunar day of January lies in the lunar year before
            window_before=day.before,
            window_after=day.after,
            theme_ids=chosen,
            has_campaign=bool(chosen),
            note=day.note,
        )
        made.append(add_occasion(session, wanted, actor=actor, now=now))
    return made
