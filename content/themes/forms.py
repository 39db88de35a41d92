"""What people type about themes."""

from __future__ import annotations

from wtforms import Field, ValidationError

from app.errors import N_
from app.web.forms import Choice, Form, Line, Lines, longest, needed, say
from app.web.lazy import lazy
from content.themes.cautions import ThemeWords
from content.themes.codes import LONGEST_CODE
from content.themes.models import COLOURS
from content.themes.phrases import LONGEST_PHRASE
from content.themes.services import LONGEST_NAME, ThemeInput


class ThemeForm(Form):
    """A theme and its phrases."""

    name = Line(lazy(N_("Tên chủ đề")), [needed(N_("Nhập tên chủ đề.")), longest(LONGEST_NAME)])
    phrases = Lines(
        lazy(N_("Cụm từ nhận biết")),
        [longest(12_000)],
        description=lazy(
            N_(
                "Mỗi dòng một cụm từ. Tin, bài có một trong các cụm từ này được gợi ý thuộc chủ đề. Số văn bản phải ghi cả ký hiệu: 57-NQ/TW."
            )
        ),
    )
    exclusions = Lines(
        lazy(N_("Cụm từ loại trừ")),
        [longest(12_000)],
        description=lazy(
            N_(
                "Mỗi dòng một cụm chứa cụm nhận biết nhưng nói chuyện khác, như “chuyển đổi số dư”. Chỗ nào có cụm này thì không tính."
            )
        ),
    )
    code = Line(
        lazy(N_("Mã")),
        [longest(LONGEST_CODE)],
        description=lazy(N_("Ngắn, không dấu, ví dụ bdhvs. Để trống thì hệ thống đặt.")),
    )
    colour = Choice(lazy(N_("Màu")), default="")
    document_id = Choice(lazy(N_("Văn bản làm gốc")), default="")
    parent_id = Choice(lazy(N_("Chủ đề cha")), default="")

    def offer(self, documents: list[tuple[int, str]], themes: list[tuple[int, str]]) -> None:
        """Fill the lists to choose from; each begins with none."""
        none = [("", say(N_("Không có")))]
        self.colour.choices = [
            ("", say(N_("Màu còn trống"))),
            *((str(number), say(N_("Màu {number}"), number=number)) for number in range(1, COLOURS + 1)),
        ]
        self.document_id.choices = none + [(str(key), label) for key, label in documents]
        self.parent_id.choices = none + [(str(key), label) for key, label in themes]

    def validate_phrases(self, field: Field) -> None:
        """Each phrase fits its column."""
        for line in lines_of(field):
            if len(line) > LONGEST_PHRASE:
                raise ValidationError(
                    say(
                        N_("Có cụm từ dài {size} ký tự, nhiều nhất là {limit}."),
                        size=len(line),
                        limit=LONGEST_PHRASE,
                    )
                )

    validate_exclusions = validate_phrases

    def words(self, theme_id: int | None, number: str) -> ThemeWords:
        """The phrases as they stand, of the theme of that document's number."""
        return ThemeWords(theme_id, lines_of(self.phrases), lines_of(self.exclusions), number)

    def to_input(self) -> ThemeInput:
        """What was typed."""
        return ThemeInput(
            name=str(self.name.data),
            phrases=lines_of(self.phrases),
            exclusions=lines_of(self.exclusions),
            code=str(self.code.data or ""),
            colour=int(self.colour.data) if self.colour.data else None,
            document_id=int(self.document_id.data) if self.document_id.data else None,
            parent_id=int(self.parent_id.data) if self.parent_id.data else None,
        )


def lines_of(field: Field) -> tuple[str, ...]:
    """The lines of a field that hold anything."""
    return tuple(line for line in str(field.data or "").splitlines() if line.strip())
