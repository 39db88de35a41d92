"""Labels of outlet kinds, and the sentences of what is done to outlets."""

from __future__ import annotations

from app.errors import N_
from app.words import Word, Words
from content.outlets.models import OutletKind

WORDS: Words = {
    OutletKind: {
        OutletKind.NEWSPAPER: Word(N_("Báo, tạp chí"), icon="news"),
        OutletKind.BROADCASTER: Word(N_("Đài phát thanh, truyền hình"), icon="building-broadcast-tower"),
        OutletKind.PORTAL: Word(N_("Cổng thông tin điện tử"), icon="world"),
        OutletKind.WEBSITE: Word(N_("Trang thông tin điện tử"), icon="world"),
        OutletKind.SOCIAL_PAGE: Word(N_("Trang mạng xã hội"), icon="message-circle"),
        OutletKind.LOUDSPEAKER: Word(N_("Loa truyền thanh"), icon="speakerphone"),
        OutletKind.OTHER: Word(N_("Nơi đăng khác"), icon="dots"),
    },
}

ACTIONS = {
    "outlet.add": N_("Thêm cơ quan báo chí"),
    "outlet.change": N_("Sửa cơ quan báo chí"),
    "outlet.retire": N_("Ngừng theo dõi cơ quan báo chí"),
    "outlet.restore": N_("Theo dõi lại cơ quan báo chí"),
}
