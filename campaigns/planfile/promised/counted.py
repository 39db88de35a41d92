"""What plans count: nouns of publications, deeds and people that may stand behind a number."""

import re
from itertools import chain

PUBLICATIONS = (
    "tin bài", "tin ảnh", "tin", "bài viết", "bài báo", "bài phóng sự", "bài đăng", "bài truyền thông",
    "bài tuyên truyền", "bài phản ánh", "bài", "phóng sự", "phim tài liệu", "video clip", "video ngắn", "video",
    "clip", "infographic", "đồ họa", "đồ hoạ", "podcast", "tác phẩm báo chí", "tác phẩm", "sản phẩm truyền thông",
    "bản tin phát thanh", "bản tin", "tin phát thanh", "ấn phẩm", "ảnh", "lượt tin",
)  # fmt: skip
COLUMNS = (
    "chuyên mục", "chuyên trang", "chuyên đề", "chương trình phát thanh", "chương trình truyền hình",
    "chương trình", "tọa đàm", "toạ đàm",
)  # fmt: skip
DEEDS = (
    "lần", "lượt truy cập", "lượt tiếp cận", "lượt người", "lượt", "lớp tập huấn", "lớp bồi dưỡng", "lớp đào tạo",
    "lớp học", "lớp", "khóa tập huấn", "khóa đào tạo", "khóa học", "khóa", "hội nghị tập huấn", "hội nghị",
    "hội thảo", "hội thi", "cuộc thi", "cuộc họp", "cuộc", "buổi tuyên truyền", "buổi nói chuyện", "buổi",
    "đợt cao điểm", "đợt", "ngày hội", "sự kiện", "diễn đàn", "hoạt động", "chiến dịch", "mô hình", "câu lạc bộ",
    "điểm cầu", "tờ gấp", "tờ rơi", "tờ", "cuốn", "quyển", "sổ tay", "cẩm nang", "bộ tài liệu", "tài liệu",
    "băng rôn", "pa nô", "pano", "áp phích", "khẩu hiệu", "câu hỏi", "đề tài", "sáng kiến", "sản phẩm",
    "báo cáo viên", "tuyên truyền viên",
)  # fmt: skip
PEOPLE = (
    "cơ quan", "đơn vị", "địa phương", "tổ chức", "sở", "ban", "ngành", "xã", "phường", "đặc khu", "thôn", "tổ dân phố",
    "trường học", "trường", "doanh nghiệp", "hợp tác xã", "hộ gia đình", "hộ kinh doanh", "hộ dân", "hộ",
    "người dân", "người lao động", "người", "dân số", "cán bộ", "công chức", "viên chức", "đảng viên", "đoàn viên",
    "hội viên", "học sinh", "sinh viên", "giáo viên", "giảng viên", "nông dân", "phụ nữ", "thanh niên",
    "phóng viên", "nhà báo", "học viên", "đại biểu", "hồ sơ", "thủ tục hành chính", "dịch vụ công", "văn bản",
    "tổ công nghệ số cộng đồng", "cơ quan báo chí",
)  # fmt: skip
# "bài toán" and "tin học" are no pieces, "lớp 5" no course; an issue is counted only with its rhythm: "01 số/tháng".
_NOT = {"bài": "toán|học|tập|giảng|thi|dự thi", "tin": "học|nhắn|tưởng|cậy", "ban": "đầu|hành"}


def _alternatives() -> str:
    words = sorted(chain(PUBLICATIONS, COLUMNS, DEEDS, PEOPLE), key=len, reverse=True)
    told = (rf"{word}(?! (?:{_NOT[word]})(?!\w))" if word in _NOT else word for word in words)
    return "|".join([*told, "số(?= ?/)", "kỳ(?= ?/)"])


_NOUN = rf"(?:{_alternatives()})(?!\w)"
UNIT = re.compile(rf" ?(?P<unit>{_NOUN}(?:(?:, ?| ?/ ?| và | hoặc | - ?){_NOUN}){{0,5}})", re.IGNORECASE)
"""A noun that is counted, or several in a list: "tin, bài", "cơ quan, đơn vị và địa phương"."""

_PUBLISHED = re.compile(rf"(?<!\w)(?:{'|'.join(PUBLICATIONS)})(?!\w)")


def counts_publications(unit: str) -> bool:
    """Whether the unit is something that is published and can be counted as such."""
    return _PUBLISHED.search(unit) is not None


NO_UNIT = re.compile(
    rf" ?(?:{'|'.join(rf'{word} (?:{more})' for word, more in _NOT.items())})(?!\w)", re.IGNORECASE
)
"""What begins like a noun that is counted and is another: "bài toán"."""
