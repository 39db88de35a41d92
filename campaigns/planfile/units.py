"""Names of bodies in running text: lists of units and where a name ends."""

import re

from campaigns.planfile.draft import Text, Traced
from content.references.numbers import UPPER

_NAMED = (
    r"Sở|Bộ(?!\s+(?:tiêu|tài|nhận|chỉ))|Ban(?!\s+(?:hành|đầu))|Văn phòng|VP|VPUB|Phòng(?!,?\s+(?:chống"
    r"|ngừa))|Trung tâm|Công an|Đài|Báo(?!\s+(?:cáo|chí))|Cổng|Tạp chí|UBND"
    r"|Ủy ban|Uỷ ban|HĐND|Hội(?!\s+(?:nghị|thảo|thi|họp))"
    r"|Hiệp hội|Liên minh|Liên hiệp|Liên đoàn|Đoàn|Tỉnh đoàn|Thành đoàn|Mặt trận|MTTQ|UBMTTQ"
    r"|Trường(?!\s+hợp)|Viện|Cục"
    r"|Chi cục|Tổng cục|Vụ|Kho bạc|Bảo hiểm|BHXH|Ngân hàng|Thanh tra|Tòa án|Toà án|Quỹ|Công ty|Tập đoàn"
    r"|Tổng công ty"
    r"|Học viện|Đại học|Thông tấn xã|Trưởng|Hiệu trưởng|Viện trưởng|Bộ trưởng|Thủ tướng|Chi bộ|Đảng bộ|Khoa(?!\s+học)|Giám đốc|Thủ trưởng|Chủ tịch|Chánh|Thường trực|Tỉnh ủy|Tỉnh uỷ"
    r"|Thành ủy|Thành uỷ|Đảng ủy|Đảng uỷ|Huyện ủy|VNPT|Viettel|Trung ương(?=\s+[A-ZĐ])|Bưu điện|Cảng vụ|Điện lực|Thư viện|Bảo tàng"
    r"|Nhà văn hóa"
    r"|Tổ công tác|Tổ(?!\s+chức)|Tổng [Bb]iên tập|Tổng [Gg]iám đốc|Thuế|Hải quan"
    r"|Lãnh đạo(?!,?\s+(?:xây dựng|thực hiện|tổ chức|triển khai|công tác|đẩy mạnh|chỉ đạo|việc|phát|nâng|tăng|toàn))|Thành viên|Đề nghị|Trạm|Bệnh viện|Vùng(?=\s+\d)"
)
_COLLECTIVE = "các|toàn thể|mọi|những|cấp|cơ quan|đơn vị"
_SMALL = {"VÀ", "CỦA", "CÁC", "VỀ", "TỈNH", "THÀNH", "PHỐ", "XÃ", "PHƯỜNG", "HUYỆN", "ỦY", "UỶ"}
HEAD = rf"(?:(?:{_NAMED})(?=[\s:,;.)-]|$)|(?i:{_COLLECTIVE})\s)"
"""The first word of a body's name, for a pattern that heeds case."""

_MANY = re.compile(rf"(?i:{_COLLECTIVE})\s|(?:UBND|[ỦU][ỷy] ban nhân dân) (?:các|cấp)\s")
_BREAK = re.compile(rf",\s+(?={HEAD})|\s+(?:và|cùng|cùng với|với)\s+(?!các\s+khu\s)(?={HEAD})")
_GENERIC = re.compile(
    r"(?:Sở|Vụ|Cục|Ban|Phòng|Viện|Trung tâm|Chi cục|Hội|Đoàn)(?:,|\s+(?:và|thuộc|trực thuộc|có liên quan|liên quan))"
)
_SUBORDINATE = re.compile(r"(\S+(?: ủy)?)\s+(?:trực\s+)?thuộc(?!\w)")
_KIND_ALONE = re.compile(r"(?:Đại học|Học viện|Trường|Viện|Thư viện|Bảo tàng)\s*(?:[,;.)]|$)")
"""The kind of a body without its name: the end of another's ("Phòng Giáo dục thường xuyên và Đại học")."""
_CLOSED = re.compile(
    r"(?:liên quan|tỉnh|thành phố|trung ương|địa bàn(?: tỉnh)?|xã|phường|huyện|đặc khu|Sở)$", re.I
)
_ROLE = re.compile(
    r"^(?:giao|đề nghị|yêu cầu|chủ trì|do|bởi)\s*:?\s+|^\s*[:–-]\s*"
    r"|\s*[,(]?\s*(?:là\s+cơ\s+quan\s+)?(?:chủ\s+trì|chịu\s+trách\s+nhiệm|đầu\s+mối|thực\s+hiện|phối\s+hợp)"
    r"(?:\s+(?:chính|thực\s+hiện|tham\s+mưu))?\)?\s*$",
    re.IGNORECASE,
)
_VERBS = (
    "xây dựng|tổ chức|chủ trì|chủ động|phối hợp|thực hiện|triển khai|báo cáo|Báo cáo|định kỳ|căn cứ"
    "|trên cơ sở|theo"
    "|có trách nhiệm|chịu trách nhiệm|tham mưu|hướng dẫn|kiện toàn|tăng cường|bố trí|gửi|tổng hợp|chỉ đạo"
    "|rà soát|đẩy mạnh|kịp thời|đề xuất|(?:hằng|hàng) (?:năm|quý|tháng|tuần|ngày)|trước ngày"
    "|chậm nhất|nghiêm túc|để|thông qua|qua|trình|xem xét|khi|nếu|về|tiếp tục|cung cấp|đôn đốc|kiểm tra"
    "|giám sát"
    "|quyết định|làm|là|lập|bảo đảm|đảm bảo|ban hành|phổ biến|tuyên truyền|truyền thông|vận động|(?<![Gg]iáo dục )thường xuyên|0?\\d{1,2} tháng"
    "|biết|chỉ tiêu|kết quả|tình hình|tiến độ|số liệu|bằng|nghiên cứu|quán triệt|trong|đầu mối"
    "|lồng ghép|đăng tải"
    "|phân công|phát huy|đưa|bám sát|hỗ trợ|cử|duy trì|phê duyệt|hoàn thành|cập nhật|thẩm định|quan tâm"
    "|trước|sau|mở|phát(?!\\s+(?:thanh|triển))|treo|vào|ngày|chuyển(?!\\s+(?:đổi|giao))|đăng(?!\\s+ký)|viết|sản xuất"
    "|thành lập|xử lý|tiếp nhận|công bố|giải đáp|khuyến khích|lắp|gắn|soạn|khảo sát|điều tra|(?<!xây )(?<!Xây )dựng|tăng|mời|họp|tiến hành|biên soạn|chuẩn bị"
    "|theo dõi|lựa chọn|ưu tiên|thống kê|ghi nhận|tập hợp|cam kết|thông báo|hoàn tất|nộp|huy động|áp dụng"
    "|nâng cao|củng cố|giải quyết|lập danh sách|tập huấn|thẩm tra|tuyển chọn|vận hành|chia sẻ|tích hợp|kết nối"
    "|định hướng|miễn|số hóa|phân bổ|(?<!chuyển )(?<!Chuyển )(?<!bàn )giao(?!\\s+(?:thông|dịch|nhiệm))|không(?!\\s+(?:gian|quân))|chưa|phải|sẽ"
    "|(?<!cơ )(?<!cơ quan )(?<!đơn vị )(?<!bộ )quản lý(?!\\s+(?:nhà nước|chuyên ngành|thị trường|chất lượng))"
)
_VERB = re.compile(rf"[,;]?\s+(?:{_VERBS})(?!\w)|\s*[().:“\"]|[;,]?\s*$")
_FIRST_VERB = re.compile(rf"(?:{_VERBS})(?!\w)")
_LEADERS = r"(?:[Cc]ác\s+)?(?:cơ quan|đơn vị|phòng)\s+(?:được giao\s+)?chủ trì"
_CHARGED = re.compile(rf"({_LEADERS})\s+(?:tổng hợp|báo cáo|gửi|định kỳ|có trách nhiệm|chịu trách nhiệm)")
"""Whoever leads, as one who has to do something: the verb belongs to the name."""
_NAMED_SO_FAR = re.compile(r"(?:^|\s)(?:(?<!phòng )Ban|Tiểu ban|Hội đồng|Tổ|được)$")


def trim(name: str) -> str:
    """Return one name without role words ("chủ trì"), blanks and closing stops."""
    name = name.strip(" ,;.–-")
    if re.fullmatch(_LEADERS, name):
        return name
    for _ in range(2):
        name = _ROLE.sub("", name).strip(" ,;–-") or name
    return name


def split_names(text: str) -> list[str]:
    """Return the bodies that *text* lists, as printed, one string each.

    A semicolon always parts; a comma or "và" only before the head word of another body, so that
    "Sở Văn hóa, Thể thao và Du lịch" and "Các sở, ban ngành, địa phương" stay whole.
    """
    names: list[str] = []
    for piece in _pieces(text):
        start = 0
        for found in _BREAK.finditer(piece):
            if _parts(piece[start : found.start()], found.group(), piece[found.end() :]):
                names.append(piece[start : found.start()])
                start = found.end()
        names.append(piece[start:])
    return [name for raw in names if (name := trim(raw))]


def _pieces(text: str) -> list[str]:
    """Split at semicolons outside of brackets."""
    pieces, depth, start = [], 0, 0
    for i, char in enumerate(text):
        depth = max(0, depth + (char == "(") - (char == ")"))
        if char == ";" and not depth:
            pieces.append(text[start:i])
            start = i + 1
    return [*pieces, text[start:]]


def _parts(left: str, joint: str, right: str) -> bool:
    """Tell whether a list really goes on after *joint*."""
    left = left.strip()
    if left.count("(") > left.count(")"):
        return False
    if left in ("Báo", "Đài", "Cổng", "Các", "các") or re.search(
        r"(?:Văn phòng|VP|Thường trực|Lãnh đạo)$", left
    ):
        return False
    if (
        "," not in joint
        and re.match(r"(?:Văn phòng|Công đoàn|Đoàn) ", left)
        and right.startswith(("HĐND", "Hội đồng"))
    ):
        return False
    if re.search(r"Văn phòng (?:HĐND|Hội đồng nhân dân)$", left) and re.match(r"UBND|[ỦU][ỷy] ban", right):
        return False
    if _KIND_ALONE.match(right):
        return False
    return not _is_more_of_a_kind(left, right)


def _is_more_of_a_kind(left: str, right: str) -> bool:
    """Tell whether *left* names bodies by their kind and *right* goes on with that, none by its name."""
    if re.match(r"các\s", left, re.IGNORECASE) and (kind := _SUBORDINATE.match(right)) and kind[1] in left:
        # "Các Đoàn xã, phường, Đoàn trực thuộc".
        return True
    if not re.match(r"(?:các|cơ quan|đơn vị)\s", left, re.IGNORECASE) or _CLOSED.search(left):
        return False
    return bool(
        # "Các Sở, ngành, đơn vị, UBND cấp xã": a tier of government among other kinds.
        re.match(r"(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+cấp\s", right)
        or re.match(r"các (?:đơn vị|cơ quan|tổ chức)(?:,[^,;]+)?\s+(?:có\s+)?liên quan", right)
        or _GENERIC.match(right)  # "Các Vụ, Cục thuộc Bộ"
        or re.match(r"(?:cơ quan|đơn vị|đoàn thể|cấp)\s?", right)
    )


def leading_names(text: str) -> str:
    """Return the stretch at the head of *text* that names bodies, up to the first verb; may be ""."""
    if not re.match(HEAD, text):
        return ""
    if charged := _CHARGED.match(text):
        return charged[1]
    for found in _VERB.finditer(text[:400]):
        name = text[: found.start()].strip(" ,;")
        if not _NAMED_SO_FAR.search(name):
            # "Ban chỉ đạo", "Tổ tuyên truyền": the verb belongs to the name.
            return name if len(name) < 260 else ""
    return ""


def starts_with_verb(text: str) -> bool:
    """Tell whether *text* opens a sentence on what somebody does ("Phối hợp với …")."""
    return text[:1].isupper() and bool(_FIRST_VERB.match(text[:1].lower() + text[1:40]))


def traced_names(names: Text) -> tuple[Text, ...]:
    """Return each body that a traced text lists, with the lines of the list."""
    return tuple(
        Traced(name, names.line_from, names.line_to, name, names.confidence)
        for name in split_names(names.value)
    )


def is_body(text: str) -> bool:
    """Tell whether *text* is the name of a body or of several, and no sentence."""
    return (
        bool(re.match(HEAD, trim(text))) and len(text) < 200 and not re.search(rf"[a-z]\.\s+[{UPPER}]", text)
    )


def is_collective(name: str) -> bool:
    """Tell whether a printed name stands for several bodies ("Các sở, ban, ngành", "UBND cấp xã")."""
    return bool(_MANY.match(name))


def sentence_case(words: str) -> str:
    """Return a name in capitals as it is written in running text, names of places in full."""
    out: list[str] = []
    place = False
    for i, word in enumerate(words.split()):
        bare = word.strip(",.").upper()
        if bare in ("UBND", "HĐND", "TP"):
            out.append(bare + word[len(bare) :])
        elif place and bare not in _SMALL:
            out.append(word.capitalize())
        else:
            out.append(word.capitalize() if i == 0 else word.lower())
        place = place or bare in ("TỈNH", "PHỐ", "XÃ", "PHƯỜNG", "HUYỆN", "KHU")
    return " ".join(out)
