"""What people hand in, correct and tick."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FieldList, FormField, ValidationError

from app.errors import N_, Invalid
from app.text import clean
from app.web.forms import Choice, Day, Form, Line, Lines, longest, needed, say
from app.web.lazy import lazy
from campaigns.planfile.draft import PlanDraft
from campaigns.plans.models import PlanStatus
from campaigns.plans.uploads.corrections import ThemeChoice
from campaigns.plans.uploads.parts import document_values, group_values
from campaigns.plans.uploads.services import MARKS

LARGEST = 2 * 1024 * 1024
ONLY_TEXT = N_("Hiện chỉ đọc văn bản thuần (.txt, .md). Hãy mở tệp, chép toàn bộ chữ rồi dán vào ô bên dưới.")
TOO_LARGE = N_("Tệp quá lớn (trên 2 MB chữ). Hãy chỉ gửi phần chữ của kế hoạch hoặc công văn.")
_OFFICE = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")


class UploadForm(Form):
    """A text file, or the text pasted."""

    file = FileField(
        lazy(N_("Tệp văn bản (.txt, .md)")), render_kw={"accept": ".txt,.md,text/plain,text/markdown"}
    )
    text = Lines(
        lazy(N_("Hoặc dán toàn bộ văn bản")),
        description=lazy(N_("Dán cả phần đầu, nội dung và nơi nhận; giữ nguyên xuống dòng.")),
    )

    def content(self) -> tuple[str, bytes]:
        """Name and bytes of what was handed in; a file wins over pasted text.

        Raises:
            Invalid: nothing was handed in, it is too large, or it is no plain text.
        """
        sent = self.file.data
        if isinstance(sent, FileStorage) and sent.filename:
            return _file(sent)
        text = str(self.text.data or "")
        if not text.strip():
            raise Invalid(N_("Chọn một tệp văn bản hoặc dán văn bản vào ô."))
        content = (text + "\n").encode()
        if len(content) > LARGEST:
            raise Invalid(TOO_LARGE)
        return say(N_("Văn bản dán")), content


def _file(sent: FileStorage) -> tuple[str, bytes]:
    """Name and bytes of an uploaded file."""
    content = sent.stream.read(LARGEST + 1)
    name = clean((sent.filename or "").replace("\\", "/").rpartition("/")[2])
    if content.startswith(_OFFICE) or name.lower().endswith(
        (".docx", ".doc", ".pdf", ".odt", ".rtf", ".xlsx")
    ):
        raise Invalid(ONLY_TEXT)
    if len(content) > LARGEST:
        raise Invalid(TOO_LARGE)
    return name, content


class DocumentPartForm(Form):
    """The head of the document."""

    doc_type = Line(lazy(N_("Loại văn bản")), [longest(60)])
    number = Line(
        lazy(N_("Số, ký hiệu")), [longest(60)], description=lazy(N_("Để trống nếu văn bản chưa có số."))
    )
    date = Day(
        lazy(N_("Ngày ban hành")),
        description=lazy(N_("Để trống nếu chưa có; ví dụ: 18/8/2025")),
    )
    issuer = Line(lazy(N_("Cơ quan ban hành")), [longest(300)])
    title = Lines(lazy(N_("Trích yếu")), [needed(N_("Nhập trích yếu.")), longest(2000)])
    status = Choice(lazy(N_("Tình trạng khi xác nhận")))

    def offer(self, draft: PlanDraft, corrections: Mapping[str, Any]) -> None:
        """Fill the choice of the state; the first follows from number and day."""
        self.status.choices = [
            ("", say(N_("Tự xác định: đã ban hành khi có số và ngày"))),
            (PlanStatus.DRAFT.value, say(N_("Dự thảo, chưa ban hành"))),
            (PlanStatus.ISSUED.value, say(N_("Đã ban hành"))),
        ]
        if not self.is_submitted():
            self.status.data = str(corrections.get("status") or "")

    def typed(self) -> dict[str, Any]:
        """Values by path."""
        day = self.date.day
        return {
            "doc_type": str(self.doc_type.data or ""),
            "number": str(self.number.data or ""),
            "date": day.isoformat() if day else "",
            "issuer": str(self.issuer.data or ""),
            "title": " ".join(str(self.title.data or "").split()),
            "status": str(self.status.data or ""),
        }

    @classmethod
    def of(cls, draft: PlanDraft, index: int = 0) -> DocumentPartForm:
        """The form with the values of *draft*."""
        known = document_values(draft)
        day = date.fromisoformat(known["date"]) if known["date"] else None
        return cls(data={**known, "date": day})


class TaskPartForm(Form):
    """One task and, where it has its own, its assignment."""

    text = Lines(
        lazy(N_("Nội dung")), [needed(N_("Nội dung nhiệm vụ không được để trống.")), longest(20_000)]
    )
    lead = Lines(lazy(N_("Chủ trì")), [longest(8_000)])
    cooperating = Lines(lazy(N_("Phối hợp")), [longest(8_000)])
    timing = Line(lazy(N_("Thời gian")), [longest(500)])


class GroupPartForm(Form):
    """A group: title, units one a line, timing, its tasks."""

    title = Lines(lazy(N_("Tên nhóm nhiệm vụ")), [longest(3_000)])
    lead = Lines(lazy(N_("Chủ trì")), [longest(8_000)], description=lazy(N_("Mỗi dòng một đơn vị")))
    cooperating = Lines(lazy(N_("Phối hợp")), [longest(8_000)], description=lazy(N_("Mỗi dòng một đơn vị")))
    timing = Line(lazy(N_("Thời gian")), [longest(500)])
    items = FieldList(FormField(TaskPartForm))

    index = 0

    @classmethod
    def of(cls, draft: PlanDraft, index: int = 0) -> GroupPartForm:
        """The form with the values of that group of *draft*."""
        path, group = f"task_groups.{index}", draft.task_groups[index]
        known = group_values(path, group)
        form = cls(
            data={
                "title": known[f"{path}.title"],
                **_assigned(known, path),
                "items": [
                    {"text": known[f"{path}.items.{n}"], **_assigned(known, f"{path}.items.{n}")}
                    for n in range(len(group.items))
                ],
            }
        )
        form.index = index
        return form

    def offer(self, draft: PlanDraft, corrections: Mapping[str, Any]) -> None:
        """Nothing to choose from; a group has as many tasks as were read, whatever the request names."""
        wanted = len(draft.task_groups[self.index].items)
        if len(self.items) != wanted:
            raise Invalid(N_("Nhóm nhiệm vụ này không còn như lúc mở trang. Hãy tải lại trang rồi sửa lại."))

    def typed(self) -> dict[str, Any]:
        """Values by path."""
        path = f"task_groups.{self.index}"
        values = {f"{path}.title": " ".join(str(self.title.data or "").split()), **_spoken(path, self)}
        for number, item in enumerate(self.items):
            at = f"{path}.items.{number}"
            values |= {at: " ".join(str(item.form.text.data or "").split()), **_spoken(at, item.form)}
        return values


def _assigned(known: Mapping[str, Any], path: str) -> dict[str, str]:
    return {
        "lead": "\n".join(known[f"{path}.lead"]),
        "cooperating": "\n".join(known[f"{path}.cooperating"]),
        "timing": known[f"{path}.timing"],
    }


def _spoken(path: str, form: Any) -> dict[str, Any]:
    return {
        f"{path}.lead": _names(form.lead.data),
        f"{path}.cooperating": _names(form.cooperating.data),
        f"{path}.timing": str(form.timing.data or ""),
    }


def _names(typed: str | None) -> list[str]:
    """One name a line; blanks, a mark of a list and the last semicolon are no part of it."""
    lines = (" ".join(line.split()).strip(MARKS) for line in (typed or "").splitlines())
    return list(dict.fromkeys(line for line in lines if line))


class ThemeRowForm(Form):
    """One proposed theme."""

    kept = BooleanField(lazy(N_("Dùng chủ đề này")))
    name = Line(lazy(N_("Tên chủ đề")), [longest(300)])


class ThemesForm(Form):
    """The proposed themes, ticked and named, and others by name."""

    rows = FieldList(FormField(ThemeRowForm))
    added = Lines(lazy(N_("Thêm chủ đề khác")), [longest(6_000)], description=lazy(N_("Mỗi dòng một tên")))

    @classmethod
    def of(cls, draft: PlanDraft, choices: tuple[ThemeChoice, ...]) -> ThemesForm:
        """The form with the choices as they stand."""
        count = len(draft.themes)
        return cls(
            data={
                "rows": [{"kept": choice.is_kept, "name": choice.name} for choice in choices[:count]],
                "added": "\n".join(choice.name for choice in choices[count:]),
            }
        )

    def validate_added(self, field: Any) -> None:
        """Each name fits its column."""
        if any(len(name) > 300 for name in _names(field.data)):
            raise ValidationError(say(N_("Tên chủ đề dài nhất 300 ký tự.")))

    def typed(self, proposed: int) -> dict[str, Any]:
        """The choices as kept beside what was read; rows beyond the *proposed* themes are not ours."""
        rows = [
            {"kept": bool(row.form.kept.data), "name": str(row.form.name.data or "")} for row in self.rows
        ]
        rows = rows[:proposed]
        return {"themes": {"rows": rows, "added": _names(self.added.data)}}
