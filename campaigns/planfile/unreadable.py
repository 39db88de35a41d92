"""The refusal of a source that holds nothing to read."""

from app.errors import N_


class Unreadable(ValueError):
    """A source that cannot be read; the message is a Vietnamese sentence for a press officer."""


EMPTY = N_("Tệp không có chữ nào đọc được. Hãy mở tệp bằng trình soạn thảo và chép phần chữ vào đây.")
TOO_LARGE = N_("Tệp quá lớn (trên 30 MB, hoặc trên 10 MB chữ). Hãy chỉ gửi phần kế hoạch hoặc công văn.")
BINARY = N_(
    "Không nhận ra loại tệp này. Hãy mở bằng phần mềm đã tạo ra nó và lưu lại dưới dạng .docx hoặc .pdf."
)
ENCODING = N_("Không đọc được bảng mã của tệp. Hãy lưu tệp dưới dạng UTF-8 rồi thử lại.")
DAMAGED = N_(
    "Tệp bị hỏng hoặc không đúng định dạng. Hãy mở tệp, lưu lại dưới dạng .docx hoặc .pdf rồi thử lại."
)
ENCRYPTED = N_("Tệp có mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi thử lại.")
SCANNED = N_(
    "Tệp chỉ có ảnh chụp, không có chữ. Hãy dùng bản .docx của đơn vị soạn thảo, hoặc nhận dạng chữ (OCR) rồi thử lại."
)
OLD_WORD = N_("Tệp .doc kiểu cũ không đọc được. Hãy mở bằng Word, chọn Lưu thành… .docx rồi thử lại.")
OLD_SHEET = N_("Tệp .xls kiểu cũ không đọc được. Hãy mở bằng Excel, chọn Lưu thành… .xlsx rồi thử lại.")
RICH_TEXT = N_("Tệp .rtf không đọc được. Hãy mở bằng Word, chọn Lưu thành… .docx rồi thử lại.")
OPEN_DOCUMENT = N_(
    "Tệp OpenDocument (.odt, .ods) không đọc được. Hãy lưu lại dưới dạng .docx hoặc .xlsx rồi thử lại."
)
SLIDES = N_("Tệp trình chiếu không đọc được. Hãy gửi bản .docx hoặc .pdf của kế hoạch.")
PICTURE = N_("Tệp là ảnh, không có chữ để đọc. Hãy dùng bản .docx hoặc .pdf có chữ của văn bản.")
ARCHIVE = N_("Tệp nén không đọc được. Hãy giải nén rồi gửi từng văn bản .docx hoặc .pdf.")
TOO_MANY_PAGES = N_("Tệp có hơn 500 trang nên không đọc được. Hãy chỉ gửi phần kế hoạch.")
