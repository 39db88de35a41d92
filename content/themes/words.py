"""The sentences of what was done to themes."""

from __future__ import annotations

from app.errors import N_

ACTIONS = {
    "theme.add": N_("Thêm chủ đề"),
    "theme.change": N_("Sửa chủ đề"),
    "theme.fill": N_("Bổ sung chủ đề từ kế hoạch"),
    "theme.retire": N_("Ngừng dùng chủ đề"),
    "theme.restore": N_("Dùng lại chủ đề"),
}
