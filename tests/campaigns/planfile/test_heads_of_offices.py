"""Letterheads, annexes and cited documents of associations, the Union and the Party."""

from campaigns.planfile.as_json import to_json
from campaigns.planfile.reader import read_plan

BODY = "I. NỘI DUNG\n1. Việc cần làm\n- Đăng tin, bài.\n- In tờ gấp.\n"


def test_an_association_of_journalists_is_no_newspaper() -> None:
    head = "HỘI NHÀ BÁO VIỆT NAM\nHỘI NHÀ BÁO TỈNH AN GIANG\nSố: 36/KH-HNB\n\nKẾ HOẠCH\nTruyền thông năm 2026\n\n"
    assert to_json(read_plan(head + BODY))["issuer"] == "Hội nhà báo tỉnh An Giang"


def test_the_name_of_the_union_on_the_right_is_a_motto() -> None:
    head = (
        "TỈNH ĐOÀN CÀ MAU\nBAN THƯỜNG VỤ\n***\nSố: 12-KH/TĐTN\n\nĐOÀN TNCS HỒ CHÍ MINH\n"
        "Cà Mau, ngày 02 tháng 5 năm 2026\n\nKẾ HOẠCH\nTruyền thông hè\n\n"
    )
    assert to_json(read_plan(head + BODY))["issuer"].lower() == "ban thường vụ tỉnh đoàn cà mau"


def test_a_guideline_listed_behind_a_semicolon_is_carried_out_too() -> None:
    text = (
        "KẾ HOẠCH\nTruyền thông năm 2026\n\nThực hiện Chỉ thị số 50-CT/TW, ngày 23/7/2025 của Bộ Chính trị; "
        "Hướng dẫn số 37-HD/BTGDVTW, ngày 19/11/2025 của Ban Tuyên giáo, Ban Thường vụ ban hành Kế hoạch như sau:\n"
    )
    bases = to_json(read_plan(text + BODY))["legal_bases"]
    assert [basis["role"] for basis in bases] == ["thuc_hien", "thuc_hien"]


def test_the_statute_of_an_association_is_a_basis_without_a_number() -> None:
    text = "KẾ HOẠCH\nTruyền thông năm 2026\n\nCăn cứ Điều lệ Hội Nhà báo Việt Nam;\n" + BODY
    [basis] = to_json(read_plan(text))["legal_bases"]
    assert (basis["number"], basis["issuer_or_type"], basis["role"]) == (
        None,
        "Điều lệ Hội Nhà báo Việt Nam",
        "can_cu",
    )


def test_an_annex_is_told_by_the_words_below_it_where_the_plan_has_no_closing_mark() -> None:
    annex = (
        "II. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ\n- Theo dõi.\n\nPHỤ LỤC\nDANH MỤC SẢN PHẨM\n(Kèm theo Kế hoạch số 1/KH-SNV)\n"
        "| TT | Nội dung | Đơn vị chủ trì | Thời gian |\n| 1 | Các hoạt động, đơn vị dự thi | Sở Y tế | Trước 31/3/2026 |\n"
        "| 2 | Kiểm tra hoạt động | Các ban, đơn vị khối Đoàn | 15/4/2026 |\n"
    )
    read = to_json(read_plan("KẾ HOẠCH\nTruyền thông\n\n" + BODY + annex))
    assert [duty["org"] for duty in read["duties"]] == ["Sở Nội vụ"]
    assert [task["no"] for task in read["annex_tasks"]] == [1, 2]


def test_the_sign_of_a_hashtag_is_no_letter_of_the_text() -> None:
    [group] = to_json(read_plan("I. NỘI DUNG\n1. Trên mạng\n- Gắn thẻ #MuaHe.\n- In tờ gấp.\n"))[
        "task_groups"
    ]
    assert group["items"][0]["text"] == "Gắn thẻ #MuaHe."
    assert group["items"][0]["length"] == len("Gắn thẻ MuaHe.")
