"""The one refusal of this package: what was answered is no feed."""

from __future__ import annotations

from app.errors import N_, Invalid


class Unreadable(Invalid):
    """What cannot be read as a feed; the sentence says what it is instead, for a press officer."""


EMPTY = N_("Nguồn tin trống: địa chỉ này không trả về nội dung nào.")
PAGE = N_("Đây là một trang web, không phải nguồn tin (RSS, Atom). Hãy tìm địa chỉ RSS của báo rồi nhập lại.")
BINARY = N_("Nội dung nhận được không phải là văn bản, nên không đọc được như một nguồn tin.")
OTHER = N_("Nội dung nhận được không phải là nguồn tin (RSS, Atom, JSON Feed hay sơ đồ trang tin).")
ENTITIES = N_("Nguồn tin chứa khai báo không an toàn (DTD), nên không được đọc.")
