"""What people hand in, correct and tick."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, FieldList, FormField

from app.errors import N_, Invalid
from app.text import clean
from app.web.forms import Form, Line, Lines, longest, say
from app.web.lazy import lazy
from campaigns.planfile.containers.limits import MOST_BYTES
from campaigns.planfile.draft import PlanDraft
from campaigns.plans.theming.forms import ThemeNames
from campaigns.plans.uploads.corrections import ThemeChoice
from content.themes.services import LONGEST_NAME

FORMATS = (".docx", ".pdf", ".xlsx", ".csv", ".txt", ".md")


class UploadForm(Form):
    """A file of any format that is read, or the text pasted."""

    file = FileField(
        lazy(N_("Tệp kế hoạch, công văn (.docx, .pdf, .xlsx, .csv, .txt, .md)")),
        render_kw={"accept": ",".join(FORMATS)},
    )
    text = Lines(
        lazy(N_("Hoặc dán toàn bộ văn bản")),
        description=lazy(N_("Dán cả phần đầu, nội dung và nơi nhận; giữ nguyên xuống dòng.")),
    )

    def content(self) -> tuple[str, bytes]:
        """Name and bytes of what was handed in; a file wins over pasted text.

        Raises:
            Invalid: nothing was handed in.
        """
        sent = self.file.data
        if isinstance(sent, FileStorage) and sent.filename:
            name = clean(sent.filename.replace("\\", "/").rpartition("/")[2])
            # One byte more than is read, so that a larger file is refused and not cut.
            return name, sent.stream.read(MOST_BYTES + 1)
        text = str(self.text.data or "")
        if not text.strip():
            raise Invalid(N_("Chọn một tệp văn bản hoặc dán văn bản vào ô."))
        return say(N_("Văn bản dán")), (text + "\n").encode()


class ThemeRowForm(Form):
    """One proposed theme."""

    kept = BooleanField(lazy(N_("Dùng chủ đề này")))
    name = Line(lazy(N_("Tên chủ đề")), [longest(LONGEST_NAME)])


class ThemesForm(Form):
    """The proposed themes, ticked and named, and others by name."""

    rows = FieldList(FormField(ThemeRowForm))
    added = ThemeNames(
        lazy(N_("Thêm chủ đề khác")), [longest(6_000)], description=lazy(N_("Mỗi dòng một tên"))
    )

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

    def typed(self, proposed: int) -> dict[str, Any]:
        """The choices as kept beside what was read; rows beyond the *proposed* themes are not ours."""
        rows = [
            {"kept": bool(row.form.kept.data), "name": str(row.form.name.data or "")} for row in self.rows
        ]
        rows = rows[:proposed]
        return {"themes": {"rows": rows, "added": self.added.names}}
