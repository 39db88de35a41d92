"""Lists of bodies are parted at other bodies, never inside a name."""

import pytest

from campaigns.planfile.units import leading_names, split_names


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Sở Văn hóa, Thể thao và Du lịch; Sở Y tế.", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế"]),
        ("Sở Nội vụ, Sở Tư pháp", ["Sở Nội vụ", "Sở Tư pháp"]),
        ("Các sở, ban, ngành, địa phương có liên quan", ["Các sở, ban, ngành, địa phương có liên quan"]),
        ("Các sở, ban, ngành tỉnh; UBND các xã, phường", ["Các sở, ban, ngành tỉnh", "UBND các xã, phường"]),
        ("Sở Y tế và các cơ quan liên quan", ["Sở Y tế", "các cơ quan liên quan"]),
        ("Báo và Phát thanh, Truyền hình tỉnh, Công an tỉnh",
         ["Báo và Phát thanh, Truyền hình tỉnh", "Công an tỉnh"]),
        ("Sở Tài chính chủ trì", ["Sở Tài chính"]),
        ("Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
         ["Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh"]),
        ("Sở A (Phòng B; Phòng C); Sở D", ["Sở A (Phòng B; Phòng C)", "Sở D"]),
        ("Các Đoàn xã, phường, Đoàn trực thuộc", ["Các Đoàn xã, phường, Đoàn trực thuộc"]),
        ("Công an xã và các thôn", ["Công an xã", "các thôn"]),
        ("Phòng Giáo dục Mầm non, Phòng Giáo dục thường xuyên và Đại học",
         ["Phòng Giáo dục Mầm non", "Phòng Giáo dục thường xuyên và Đại học"]),
        ("BHXH cơ sở; Kho bạc Nhà nước khu vực", ["BHXH cơ sở", "Kho bạc Nhà nước khu vực"]),
        ("", []),
    ],
)  # fmt: skip
def test_a_list_is_parted(printed: str, names: list[str]) -> None:
    assert split_names(printed) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ", "Sở Y tế"),
        ("Ban Chỉ đạo chuyển đổi số tỉnh xem xét", "Ban Chỉ đạo chuyển đổi số tỉnh"),
        ("Ban chỉ đạo tỉnh báo cáo", "Ban chỉ đạo tỉnh"),
        ("Sở Y tế hằng tuần", "Sở Y tế"),
        ("Các cơ quan chủ trì báo cáo tiến độ", "Các cơ quan chủ trì"),
        ("Các cơ quan chủ trì, phối hợp", "Các cơ quan"),
        ("các cơ quan liên quan quản lý phóng viên", "các cơ quan liên quan"),
        ("Chi cục quản lý thị trường tỉnh tổ chức", "Chi cục quản lý thị trường tỉnh"),
        ("Vùng 4 Hải quân phối hợp", "Vùng 4 Hải quân"),
        ("Trung tâm Giáo dục thường xuyên tỉnh chủ trì", "Trung tâm Giáo dục thường xuyên tỉnh"),
        ("Ban Thường vụ Tỉnh ủy 6 tháng (trước 10/6)", "Ban Thường vụ Tỉnh ủy"),
        ("Văn phòng Ban trước ngày 22", "Văn phòng Ban"),
        ("Tổ chức hội nghị", ""),
        ("Báo cáo kết quả", ""),
        ("Ban hành kế hoạch", ""),
        ("tăng cường phối hợp", ""),
    ],
)
def test_a_name_ends_at_the_verb(text: str, name: str) -> None:
    assert leading_names(text) == name
