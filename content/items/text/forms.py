"""What a writer types: title, summary, text, and the picture that stands with them."""

from __future__ import annotations

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms.fields import BooleanField, HiddenField

from app.errors import N_
from app.web.forms import Form, Line, Lines, longest, needed
from app.web.lazy import lazy
from content.items.models import Revision
from content.items.services import RevisionInput
from content.media.pictures import LARGEST


class TextForm(Form):
    """A text and its picture. ``asset_id`` carries a picture that is kept already, so that it is chosen once."""

    title = Line(lazy(N_("Tiêu đề")), [needed(N_("Nhập tiêu đề.")), longest(300)])
    summary = Lines(
        lazy(N_("Tóm tắt")),
        [longest(1000)],
        description=lazy(N_("Một đến ba câu đứng đầu bài và trong danh sách tin.")),
    )
    body = Lines(
        lazy(N_("Nội dung")),
        [needed(N_("Nhập nội dung.")), longest(100_000)],
        description=lazy(
            N_(
                "Để trống một dòng giữa hai đoạn. ## Tiêu đề mục, **đậm**, *nghiêng*, - gạch đầu dòng, [chữ](địa chỉ)."
            )
        ),
    )
    picture = FileField(
        lazy(N_("Ảnh")),
        description=lazy(
            N_("PNG, JPEG, WebP, GIF hoặc AVIF, nhiều nhất 15 MB. Vị trí chụp trong ảnh được xóa.")
        ),
        render_kw={"accept": "image/png,image/jpeg,image/webp,image/gif,image/avif"},
    )
    alt_text = Lines(
        lazy(N_("Lời thay ảnh")),
        [longest(500)],
        description=lazy(N_("Ảnh cho thấy điều gì. Bắt buộc khi có ảnh.")),
    )
    credit = Line(lazy(N_("Nguồn ảnh")), [longest(200)], description=lazy(N_("Ví dụ: Ảnh: Nguyễn Văn Bình.")))
    licence = Line(lazy(N_("Quyền sử dụng ảnh")), [longest(200)])
    no_picture = BooleanField(lazy(N_("Bỏ ảnh này")))
    asset_id = HiddenField()
    version = HiddenField()

    def fill_from(self, revision: Revision) -> None:
        """Begin with the text that stands."""
        self.title.data, self.summary.data, self.body.data = revision.title, revision.summary, revision.body
        if revision.asset is not None:
            self.asset_id.data = str(revision.asset.id)
            self.alt_text.data = revision.asset.alt_text
            self.credit.data, self.licence.data = revision.asset.credit, revision.asset.licence

    def upload(self) -> tuple[str, bytes] | None:
        """Name and bytes of the file that was chosen now; a byte more than allowed is enough to refuse it."""
        given = self.picture.data
        if not isinstance(given, FileStorage) or not given.filename:
            return None
        return given.filename, given.stream.read(LARGEST + 1)

    @property
    def chosen_asset_id(self) -> int | None:
        """The picture that is kept already, unless it is to go."""
        text = str(self.asset_id.data or "")
        if self.no_picture.data or not (text.isascii() and text.isdigit() and len(text) < 16):
            return None
        return int(text)

    def to_input(self) -> RevisionInput:
        """The text to save."""
        return RevisionInput(
            title=str(self.title.data),
            summary=str(self.summary.data or ""),
            body=str(self.body.data),
            asset_id=self.chosen_asset_id,
        )
