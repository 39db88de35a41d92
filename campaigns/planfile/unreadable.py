"""The refusal of a source that holds nothing to read."""


class Unreadable(ValueError):  # noqa: N818 - it reads as a sentence where it is raised
    """A source that cannot be read; the message is a Vietnamese sentence for a press officer."""


EMPTY = "Tệp không có chữ nào đọc được. Hãy mở tệp bằng trình soạn thảo và chép phần chữ vào đây."
TOO_LARGE = "Tệp quá lớn (trên 2 MB chữ). Hãy chỉ gửi phần chữ của kế hoạch hoặc công văn."
BINARY = "Tệp không phải là văn bản chữ (.txt, .md). Hãy chép nội dung văn bản sang tệp chữ rồi thử lại."
ENCODING = "Không đọc được bảng mã của tệp. Hãy lưu tệp dưới dạng UTF-8 rồi thử lại."
