"""What keeps a request from its answer, in words for a press officer."""

from __future__ import annotations

import enum

from app.errors import N_


class Trouble(enum.StrEnum):
    """What kept a request from its answer."""

    DNS = "dns"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    TOO_BIG = "too_big"
    TLS = "tls"
    ADDRESS = "address"
    REDIRECTS = "redirects"
    PROTOCOL = "protocol"


SENTENCES = {
    Trouble.DNS: N_("Không tìm thấy máy chủ có tên miền này."),
    Trouble.REFUSED: N_("Không kết nối được tới máy chủ."),
    Trouble.TIMEOUT: N_("Máy chủ trả lời quá chậm hoặc không trả lời."),
    Trouble.TOO_BIG: N_("Nội dung trả về lớn quá mức cho phép."),
    Trouble.TLS: N_("Kết nối bảo mật (HTTPS) không dùng được: chứng thư sai hoặc đã hết hạn."),
    Trouble.ADDRESS: N_("Địa chỉ dẫn vào mạng nội bộ hoặc cổng không được phép; hệ thống không truy cập."),
    Trouble.REDIRECTS: N_("Địa chỉ chuyển tiếp vòng vo quá nhiều lần."),
    Trouble.PROTOCOL: N_("Máy chủ trả lời không đúng chuẩn hoặc bị đứt giữa chừng."),
}
LASTING = frozenset({Trouble.TOO_BIG, Trouble.ADDRESS, Trouble.REDIRECTS})  # a second try ends the same way


class OutboundError(Exception):
    """There is no answer; the sentence is for a press officer. *permanent*: trying again soon is useless."""

    def __init__(self, kind: Trouble, sentence: str = "") -> None:
        self.kind = kind
        self.sentence = sentence or SENTENCES[kind]
        self.permanent = kind in LASTING
        super().__init__(self.sentence)
