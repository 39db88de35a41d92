"""Sentences of the deeds done to pictures."""

from __future__ import annotations

from app.errors import N_

ACTIONS = {
    "asset.add": N_("Thêm ảnh"),
    "asset.describe": N_("Sửa lời thay ảnh, nguồn ảnh"),
}
