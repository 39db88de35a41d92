"""The invented province of Sông Trà in words: its bodies, people, outlets, themes, pieces and what was published.

Written the way such offices write: long, with numbers of documents, abbreviations and names of highland hamlets.
"""

from __future__ import annotations

from app.accounts.permissions import Role
from app.organisations.models import OrganisationKind as Kind
from content.items.models import ItemType as Type
from content.items.models import Stage
from content.outlets.models import OutletKind as Out

LEAD = "Sở Khoa học và Công nghệ"
CULTURE = "Sở Văn hóa, Thể thao và Du lịch"
SCHOOLS = "Sở Giáo dục và Đào tạo"
FINANCE = "Sở Tài chính"
PRESS = "Báo và Phát thanh, Truyền hình Sông Trà"

ORGANISATIONS: tuple[tuple[str, Kind, tuple[str, ...]], ...] = (
    ("Ủy ban nhân dân tỉnh Sông Trà", Kind.PEOPLES_COMMITTEE, ("UBND tỉnh",)),
    (LEAD, Kind.DEPARTMENT, ("Sở KH&CN", "KH&CN")),
    (CULTURE, Kind.DEPARTMENT, ("Sở VHTTDL",)),
    (SCHOOLS, Kind.DEPARTMENT, ("Sở GD&ĐT",)),
    (FINANCE, Kind.DEPARTMENT, ()),
    ("Sở Nội vụ", Kind.DEPARTMENT, ()),
    ("Sở Ngoại vụ", Kind.DEPARTMENT, ()),
    ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", Kind.FRONT, ("MTTQ tỉnh",)),
    (PRESS, Kind.PRESS, ("Báo Sông Trà", "Đài Sông Trà")),
    ("Tạp chí Khoa học và Đời sống miền Trung", Kind.PRESS, ()),
    ("Ủy ban nhân dân xã Ba Động", Kind.COMMUNE, ("UBND xã Ba Động",)),
    ("Ủy ban nhân dân phường Trà Bồng Đông", Kind.COMMUNE, ()),
)

# key: name, e-mail, organisation, role
PEOPLE: dict[str, tuple[str, str, str, Role]] = {
    "administrator": ("Trần Văn Quản", "quantri@songtra.example.vn", LEAD, Role.ADMINISTRATOR),
    "coordinator": ("Nguyễn Thị Hồng Điều", "dieuphoi@songtra.example.vn", LEAD, Role.COORDINATOR),
    "officer": ("Phạm Thị Ngọc Viết", "viet@songtra.example.vn", LEAD, Role.OFFICER),
    "second": ("Huỳnh Quốc Bảo Thư", "thu@songtra.example.vn", LEAD, Role.OFFICER),
    "elsewhere": ("Đinh Thị Y Nhông", "nhong@songtra.example.vn", CULTURE, Role.OFFICER),
    "approver": ("Lê Văn Duyệt", "duyet@songtra.example.vn", LEAD, Role.APPROVER),
    "manager": ("Võ Thành Giám", "giamdoc@songtra.example.vn", LEAD, Role.MANAGER),
    "outlet": ("Đỗ Thị Báo", "bao@songtra.example.vn", PRESS, Role.OUTLET),
    "unit": ("Bùi Văn Trường", "truong@songtra.example.vn", SCHOOLS, Role.UNIT),
}

# name, kind, organisation, address, area, ours
OUTLETS: tuple[tuple[str, Out, str, str, str, bool], ...] = (
    ("Trang tin Khoa học và Công nghệ Sông Trà", Out.PORTAL, LEAD, "https://khcn.songtra.example.vn", "", True),
    ("Cổng Thông tin điện tử tỉnh Sông Trà", Out.PORTAL, "Ủy ban nhân dân tỉnh Sông Trà", "https://songtra.example.vn", "", False),
    ("Báo Sông Trà điện tử", Out.NEWSPAPER, PRESS, "https://baosongtra.example.vn", "", False),
    ("Đài Phát thanh và Truyền hình Sông Trà", Out.BROADCASTER, PRESS, "", "Toàn tỉnh", False),
    ("Fanpage Sông Trà số", Out.SOCIAL_PAGE, CULTURE, "https://mxh.example.vn/songtraso", "", False),
    ("Tạp chí Khoa học và Đời sống miền Trung", Out.NEWSPAPER, "Tạp chí Khoa học và Đời sống miền Trung", "https://khds.example.vn", "Miền Trung", False),
    ("Cụm loa truyền thanh xã Ba Động", Out.LOUDSPEAKER, "Ủy ban nhân dân xã Ba Động", "", "Xã Ba Động, 11 thôn", False),
    ("Trang thông tin phường Trà Bồng Đông", Out.WEBSITE, "Ủy ban nhân dân phường Trà Bồng Đông", "https://trabongdong.example.vn", "", False),
)  # fmt: skip

THEMES = (
    "Ngày Khoa học và Công nghệ Việt Nam 18/5",
    "Ngày Chuyển đổi số quốc gia 10/10",
    "Đổi mới sáng tạo trong doanh nghiệp, làng nghề truyền thống",
    "Khoa học và công nghệ trong nhà trường",
)
NQ57, LITERACY, DAY18, DAY10, CRAFT, SCHOOL = range(6)  # places in: the plan's two themes, then THEMES

CAMPAIGN = "Phong trào “Mỗi nhà một người thạo số” và Ngày Khoa học và Công nghệ Việt Nam 18/5/2026"
PURPOSE = (
    "Đến hết quý II, mỗi hộ ở 96 thôn, tổ dân phố có ít nhất một người dùng được dịch vụ công trực tuyến, "
    "thanh toán số và biết tự bảo vệ mình trước tin giả, lừa đảo qua mạng."
)

# title, type, theme, days from today, stage, organisation, whether it stands in the campaign
PIECES: tuple[tuple[str, Type, int, int | None, Stage, str, bool], ...] = (
    ("Bí thư thôn Nước Lô dạy bà con dùng VNeID bằng tiếng Hrê", Type.ARTICLE, LITERACY, -11, Stage.APPROVED, LEAD, True),
    ("5 bước nộp hồ sơ trực tuyến tại nhà: đồ họa khổ đứng cho bảng tin thôn", Type.INFOGRAPHIC, LITERACY, -10, Stage.APPROVED, LEAD, True),
    ("Toàn cảnh Nghị quyết số 57-NQ/TW ngày 22/12/2024 qua 10 con số của tỉnh Sông Trà", Type.INFOGRAPHIC, NQ57, -8, Stage.APPROVED, LEAD, False),
    ("Làng gốm Mỹ Thiện gắn mã truy xuất nguồn gốc cho từng lô hàng", Type.ARTICLE, CRAFT, -7, Stage.APPROVED, LEAD, False),
    ("Lớp học buổi tối của Tổ công nghệ số cộng đồng thôn Ba Động", Type.VIDEO_SCRIPT, LITERACY, -6, Stage.APPROVED, LEAD, True),
    ("Bản tin loa tháng 5: nhận biết cuộc gọi giả danh công an, ngân hàng", Type.LOUDSPEAKER_BULLETIN, LITERACY, -5, Stage.APPROVED, LEAD, True),
    ("Chuyên mục “Sông Trà số”: dữ liệu mở giúp gì cho doanh nghiệp nhỏ?", Type.ARTICLE, NQ57, -4, Stage.APPROVED, LEAD, False),
    ("Học sinh lớp 11 Trường THPT Trần Quốc Tuấn làm trạm đo mặn giá 900 nghìn đồng", Type.ARTICLE, SCHOOL, -3, Stage.APPROVED, LEAD, False),
    ("Thông cáo báo chí: chuỗi hoạt động chào mừng Ngày Khoa học và Công nghệ Việt Nam 18/5", Type.PRESS_RELEASE, DAY18, -2, Stage.APPROVED, LEAD, True),
    ("Tờ gấp “Mật khẩu mạnh, nhà yên tâm” cho người cao tuổi", Type.LEAFLET, LITERACY, -1, Stage.APPROVED, LEAD, True),
    ("Sáng nay khai trương điểm hỗ trợ dịch vụ công lưu động tại chợ phiên Sơn Kỳ", Type.SOCIAL_POST, LITERACY, 0, Stage.APPROVED, LEAD, True),
    ("Nông dân Đức Phổ tưới hành tím bằng cảm biến độ ẩm: tiết kiệm 30% nước", Type.ARTICLE, CRAFT, 0, Stage.APPROVED, LEAD, False),
    ("Vì sao phải có chữ ký số cá nhân? Hỏi nhanh, đáp gọn", Type.SOCIAL_POST, LITERACY, 0, Stage.IN_REVIEW, LEAD, True),
    ("Gặp người thợ tiện làm máy bóc vỏ lụa đậu phộng xuất sang Lào", Type.ARTICLE, CRAFT, 1, Stage.IN_REVIEW, LEAD, False),
    ("Đếm ngược 18/5: bốn nhà khoa học trẻ quê Sông Trà và lựa chọn trở về", Type.ARTICLE, DAY18, 1, Stage.APPROVED, LEAD, True),
    ("Bản tin loa: lịch chiếu phim khoa học lưu động tại 6 xã vùng cao", Type.LOUDSPEAKER_BULLETIN, DAY18, 2, Stage.APPROVED, LEAD, True),
    ("Bảo đảm không ai bị bỏ lại: mô hình “loa thôn biết hai thứ tiếng” ở xã Ba Vì", Type.ARTICLE, LITERACY, 2, Stage.DRAFTING, LEAD, True),
    ("Infographic: 8 nhiệm vụ của Kế hoạch số 125/KH-UBND, ai làm gì, bao giờ xong", Type.INFOGRAPHIC, NQ57, 3, Stage.IN_REVIEW, LEAD, False),
    ("Câu lạc bộ STEM vùng cao Trà Tây chế tạo máy sấy cau bằng năng lượng mặt trời", Type.VIDEO_SCRIPT, SCHOOL, 3, Stage.DRAFTING, LEAD, False),
    ("Thư ngỏ gửi doanh nghiệp: đăng ký hỗ trợ đổi mới công nghệ đợt 2 năm 2026", Type.PRESS_RELEASE, CRAFT, 4, Stage.APPROVED, LEAD, False),
    ("Podcast nông thôn số: mẹ tôi học bán hàng trên sàn thương mại điện tử", Type.VIDEO_SCRIPT, LITERACY, 5, Stage.DRAFTING, LEAD, True),
    ("Tường thuật: Lễ kỷ niệm Ngày Khoa học và Công nghệ Việt Nam 18/5 và trao giải Sáng tạo kỹ thuật", Type.ARTICLE, DAY18, 6, Stage.APPROVED, LEAD, True),
    ("Ảnh: 18 khoảnh khắc ngày hội trải nghiệm khoa học dành cho thiếu nhi", Type.SOCIAL_POST, DAY18, 6, Stage.DRAFTING, LEAD, True),
    ("Tọa đàm phát trực tiếp: “Khoa học đi vào thửa ruộng”", Type.VIDEO_SCRIPT, DAY18, 6, Stage.IN_REVIEW, LEAD, True),
    ("Sau lễ: các cam kết của 12 doanh nghiệp khởi nghiệp sáng tạo", Type.ARTICLE, DAY18, 7, Stage.IDEA, LEAD, True),
    ("Kể chuyện 57: từ nghị quyết đến bản làng (kỳ 1: con đường sóng 4G lên Trà Nham)", Type.ARTICLE, NQ57, 8, Stage.DRAFTING, LEAD, False),
    ("Đồ họa: thanh toán không tiền mặt ở 24 chợ trong tỉnh", Type.INFOGRAPHIC, LITERACY, 9, Stage.IDEA, LEAD, True),
    ("Bản tin loa tháng 6: kiểm tra phạt nguội trên ứng dụng chính thức, tránh trang giả", Type.LOUDSPEAKER_BULLETIN, LITERACY, 11, Stage.DRAFTING, LEAD, True),
    ("Kể chuyện 57 (kỳ 2: cô giáo mầm non Sơn Tây và bảng tương tác tự làm)", Type.ARTICLE, NQ57, 12, Stage.IDEA, LEAD, False),
    ("Trường học số: sổ liên lạc điện tử giúp phụ huynh vùng xa nắm việc học của con", Type.ARTICLE, SCHOOL, 13, Stage.DRAFTING, LEAD, False),
    ("Cách lập ví điện tử an toàn cho hộ kinh doanh nhỏ", Type.SOCIAL_POST, LITERACY, 15, Stage.IDEA, LEAD, True),
    ("Kể chuyện 57 (kỳ 3: bác sĩ xã và bệnh án điện tử)", Type.ARTICLE, NQ57, 17, Stage.IDEA, LEAD, False),
    ("Tranh cổ động “Một chạm, trăm việc” bằng tiếng Việt và tiếng Co", Type.LEAFLET, LITERACY, 19, Stage.DRAFTING, LEAD, True),
    ("Nhìn lại nửa năm thực hiện Kế hoạch số 125/KH-UBND", Type.ARTICLE, NQ57, 22, Stage.IDEA, LEAD, False),
    ("Hướng dẫn phân biệt tin giả về chính sách đất đai", Type.INFOGRAPHIC, LITERACY, 24, Stage.IDEA, LEAD, True),
    ("Máy gieo sạ tự chế của anh Y Nhất ở Ba Tơ", Type.ARTICLE, CRAFT, 26, Stage.IDEA, LEAD, False),
    ("Thông cáo báo chí: kết quả phong trào “Mỗi nhà một người thạo số” 6 tháng đầu năm", Type.PRESS_RELEASE, LITERACY, 29, Stage.IDEA, LEAD, True),
    ("Cuộc thi làm phim ngắn về khoa học trong đời sống: thể lệ và cách gửi bài", Type.SOCIAL_POST, SCHOOL, 31, Stage.IDEA, LEAD, False),
    ("Hè này, lớp tin học miễn phí ở nhà văn hóa thôn", Type.SOCIAL_POST, LITERACY, 34, Stage.IDEA, LEAD, True),
    ("Phỏng vấn Giám đốc Sở về dự toán cho chuyển đổi số cấp xã", Type.ARTICLE, NQ57, 37, Stage.IDEA, LEAD, False),
    ("Lễ hội Điện Trường Bà và bản đồ số di tích", Type.ARTICLE, NQ57, -3, Stage.APPROVED, CULTURE, False),
    ("Đội tuyên truyền lưu động mang kịch bản số về 9 xã", Type.VIDEO_SCRIPT, LITERACY, 4, Stage.APPROVED, CULTURE, True),
    ("Ghi chép: một ngày ở trạm quan trắc nước biển Lý Sơn", Type.ARTICLE, NQ57, None, Stage.IDEA, LEAD, False),
    ("Hỏi đáp về sở hữu trí tuệ cho đặc sản quế Trà Bồng", Type.ARTICLE, CRAFT, None, Stage.IDEA, LEAD, False),
    ("Chân dung: cán bộ văn thư 58 tuổi học ký số", Type.ARTICLE, LITERACY, None, Stage.IDEA, LEAD, False),
)  # fmt: skip

SUMMARY = (
    "Tổ công nghệ số cộng đồng đến từng nhà, cầm tay chỉ việc; sau ba tháng, 412 hộ đã tự nộp hồ sơ qua mạng."
)
BODY = """Bảy giờ tối, nhà văn hóa thôn sáng đèn. Trên bảng là ba dòng chữ: **đăng nhập, điền, gửi**. Hai mươi ba \
người, phần lớn đã ngoài năm mươi tuổi, mở điện thoại và làm theo.

## Học từ việc cần nhất

Buổi đầu không nói về công nghệ. Cán bộ thôn hỏi mỗi người đang cần giấy tờ gì, rồi cùng làm trên máy:

- cấp lại giấy khai sinh cho cháu;
- xin xác nhận hộ nghèo để con vay vốn đi học;
- tra xem hồ sơ đất đã đến bước nào.

> Lần đầu tôi nộp hồ sơ mà không phải đi bộ mười bốn cây số.

Theo Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị, người dân là trung tâm của chuyển đổi số. Ở \
Sông Trà, điều đó bắt đầu từ một phòng học có mái tôn.

## Giữ cho mình được an toàn

Nửa buổi sau dành cho các cuộc gọi giả danh. Ai cũng được nghe lại một cuộc gọi có thật, rồi tự nói ra \
dấu hiệu đáng ngờ.
"""

# What outlets made of it: title, place of the theme; they take turns
HEADLINES: tuple[tuple[str, int], ...] = (
    ("Ba Động: lớp học số sáng đèn mỗi tối thứ Ba", LITERACY),
    ("Sông Trà đưa 96 tổ công nghệ số xuống từng thôn", LITERACY),
    ("Nghị quyết 57-NQ/TW: bốn việc tỉnh làm ngay trong quý II", NQ57),
    ("Gốm Mỹ Thiện lên sàn nhờ mã truy xuất nguồn gốc", CRAFT),
    ("Thạo số để không bị lừa: lời kể của người bán hàng ở chợ phiên", LITERACY),
    ("Học sinh làm trạm đo mặn, nông dân bớt lo", SCHOOL),
    ("Sẵn sàng cho Ngày Khoa học và Công nghệ Việt Nam 18/5", DAY18),
    ("Doanh nghiệp nhỏ và bài toán dữ liệu", NQ57),
    ("Cảnh báo cuộc gọi giả danh cơ quan công an", LITERACY),
    ("Người thạo số đầu tiên của thôn Nước Lô", LITERACY),
    ("Khoa học về làng: máy sấy cau của học trò Trà Tây", SCHOOL),
    ("Hành tím Đức Phổ và những cảm biến giá rẻ", CRAFT),
    ("Kế hoạch truyền thông khoa học, công nghệ đến năm 2030 có gì mới", NQ57),
)
