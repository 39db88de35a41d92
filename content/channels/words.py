"""Labels of channel kinds, and the sentences of what people do to channels."""

from __future__ import annotations

from app.errors import N_
from app.words import Word, Words
from content.channels.models import ChannelKind

WORDS: Words = {
    ChannelKind: {
        ChannelKind.SITE: Word(N_("Trang công khai của hệ thống"), "blue", "world"),
    },
}

ACTIONS = {
    "channel.add": N_("Thêm kênh đăng"),
    "channel.switch_on": N_("Bật kênh đăng"),
    "channel.switch_off": N_("Tắt kênh đăng"),
}
