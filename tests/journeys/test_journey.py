"""The journey once through, in a real browser at a real installation with its real scheduler.

From the upload of a plan to the coverage page, by six people. It runs with JavaScript and without, on SQLite and on
PostgreSQL. The plan is the one that ``LOA_SHARED`` holds, else one of our own of the same shape.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from playwright.sync_api import Browser, expect

from app import clock
from tests.journeys.people import PASSWORD, Somebody, picture, somebody
from tests.journeys.running import Installation

pytestmark = pytest.mark.browser

OWN_PLAN = Path(__file__).resolve().parents[1] / "data" / "plans" / "ke-hoach.txt"
LEAD = "Sở Khoa học và Công nghệ"
PAPER = "Báo Sông Trà"
# The movement that the plan names in quotes becomes a theme.
THEME = "Bình dân học vụ số" if os.environ.get("LOA_SHARED") else "Mỗi nhà một người thạo số"
TITLE = "Bình dân học vụ số: mỗi người dân một kỹ năng số"


def plan_text() -> str:
    """The text of the plan to walk with."""
    shared = os.environ.get("LOA_SHARED")
    path = Path(shared) / "plans" / "seeds" / "004.txt" if shared else OWN_PLAN
    return path.read_text("utf-8")


@pytest.fixture
def installation(tmp_path: Path, database_url: str) -> Iterator[Installation]:
    """Loa as a newcomer starts it, on a database of its own."""
    running = Installation(tmp_path / "data", database_url)
    yield running
    status = running.stop()
    print("".join(running.said))  # shown by pytest when the journey failed
    assert status == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["with-javascript", "plain-forms"])
def test_from_the_plan_to_its_coverage(
    installation: Installation, browser: Browser, tmp_path: Path, *, scripts: bool
) -> None:
    journey = Journey(installation, browser, tmp_path, scripts=scripts)
    journey.administrator_sets_up()
    journey.coordinator_reads_the_plan_in()
    journey.coordinator_opens_a_campaign()
    journey.officer_writes_a_piece()
    journey.approver_sends_it_back_then_approves()
    journey.officer_books_it_and_it_goes_out_once()
    journey.outlet_logs_what_it_published()
    journey.officer_matches_it()
    journey.manager_reads_the_coverage()
    journey.unit_sees_its_duties()


class Journey:
    """The steps, each by the person whose step it is."""

    def __init__(self, installation: Installation, browser: Browser, folder: Path, *, scripts: bool) -> None:
        self.installation, self.browser, self.folder, self.scripts = installation, browser, folder, scripts
        self.today = clock.local_day(clock.now())
        self.links: dict[str, str] = {}

    def enter(self, email: str, *, phone: bool = False) -> Somebody:
        """Somebody takes their invitation, or signs in when it was taken already."""
        who = somebody(self.browser, self.installation.address, scripts=self.scripts, phone=phone)
        link = self.links.pop(email, None)
        if link:
            who.go(link)
            who.fill(password=PASSWORD)
            who.press("Đặt mật khẩu và vào")
            return who
        who.go("/sign-in")
        who.fill(email=email, password=PASSWORD)
        who.press("Đăng nhập")
        return who

    def administrator_sets_up(self) -> None:
        """The one-time link, the organisations from a file, the people, a paper and our own site."""
        admin = somebody(self.browser, self.installation.address, scripts=self.scripts)
        admin.go(self.installation.link)
        admin.fill(organisation=LEAD, name="Trần Văn Quản", email="quantri@vidu.vn", password=PASSWORD)
        admin.press("Bắt đầu")
        admin.go("/organisations/import")
        rows = (
            "Tên;Loại;Tên khác\n"
            "Sở Văn hóa, Thể thao và Du lịch;sở;Sở VHTTDL\n"
            "Sở Tài chính;sở;\n"
            "Báo và Đài tỉnh;báo chí;Báo Sông Trà\n"
        )
        admin.page.locator("[name=file]").set_input_files(
            {"name": "co-quan.csv", "mimeType": "text/csv", "buffer": rows.encode("utf-8-sig")}
        )
        admin.press("Nhập")
        admin.sees("Đã thêm 3, có sẵn 0, không nhận 0.")
        for name, email, organisation, role in (
            ("Phạm Thị Viết", "viet@vidu.vn", LEAD, "Cán bộ truyền thông"),
            ("Lê Văn Duyệt", "duyet@vidu.vn", LEAD, "Người duyệt"),
            ("Nguyễn Giám Đốc", "giamdoc@vidu.vn", LEAD, "Lãnh đạo"),
            ("Đỗ Thị Báo", "bao@vidu.vn", "Báo và Đài tỉnh", "Cơ quan báo chí"),
            ("Võ Thị Tài", "taichinh@vidu.vn", "Sở Tài chính", "Đơn vị"),
        ):
            admin.go("/people/new")
            admin.fill(name=name, email=email)
            admin.choose(organisation=organisation, role=role)
            admin.press("Mời")
            self.links[email] = admin.page.locator("#one-time-link").inner_text().strip()
        self._outlet(admin, PAPER, "Báo, tạp chí", "Báo và Đài tỉnh", own=False)
        self._outlet(admin, "Trang tin Sở", "Cổng thông tin điện tử", LEAD, own=True)
        admin.go("/channels/new")
        admin.fill(name="Trang công khai")
        admin.page.locator("main select[name=outlet]").select_option(index=1)
        admin.page.locator("main form button[type=submit]").last.click()
        admin.sees("Trang công khai")
        admin.leave()

    def _outlet(self, admin: Somebody, name: str, kind: str, organisation: str, *, own: bool) -> None:
        admin.go("/outlets/new")
        admin.fill(name=name)
        admin.choose(kind=kind, organisation=organisation)
        if own:
            admin.page.locator("[name=is_own]").check()
        admin.page.locator("main form button[type=submit]").last.click()
        admin.sees(name)

    def coordinator_reads_the_plan_in(self) -> None:
        """Paste, look, confirm."""
        who = self.enter("quantri@vidu.vn")
        who.go("/plans/new")
        who.fill(text=plan_text())
        who.page.locator("main form button[type=submit]").last.click()
        expect(who.page).to_have_url(re.compile(r"/plans/uploads/\d+"))
        who.sees("57-NQ/TW")
        who.press("Xác nhận kế hoạch")
        expect(who.page).to_have_url(re.compile(r"/plans/\d+$"))
        self.plan_path = who.page.url.removeprefix(self.installation.address)
        who.sees(THEME)
        who.leave()

    def coordinator_opens_a_campaign(self) -> None:
        """From two tasks of the plan; a series on the paper and a target anywhere."""
        who = self.enter("quantri@vidu.vn")
        who.go("/campaigns/new")
        for place in (0, 1):
            who.page.locator("main input[name=task]").nth(place).check()
        who.press("Tiếp tục với nhiệm vụ đã chọn")
        who.fill(
            name="Phong trào Bình dân học vụ số",
            starts_on=f"{self.today.year}-01-01",
            ends_on=f"{self.today.year}-12-31",
        )
        who.page.get_by_label(THEME, exact=True).check()
        who.press("Lập chiến dịch")
        expect(who.page).to_have_url(re.compile(r"/campaigns/\d+$"))
        self.campaign_path = who.page.url.removeprefix(self.installation.address)
        who.go(f"{self.campaign_path}/series/new")
        who.fill(name="Mỗi tuần một kỹ năng số", quota="2")
        who.choose(cadence="Hằng tháng", theme=THEME)
        who.page.get_by_label(PAPER).check()
        self._send(who)
        who.go(f"{self.campaign_path}/targets/new")
        who.fill(count="5", due_on=f"{self.today.year}-12-31")
        who.choose(theme=THEME)
        self._send(who)
        who.go(self.campaign_path)
        who.sees("Mỗi tuần một kỹ năng số")
        who.page.locator("main a[href*='#task-']").first.click()  # the trace back to the plan
        expect(who.page).to_have_url(re.compile(re.escape(self.plan_path) + r"#task-\d+$"))
        who.leave()

    def _send(self, who: Somebody) -> None:
        """Send the page's own form, whatever its button says."""
        who.page.locator("main form[method=post] .form__actions button[type=submit]").last.click()
        who.page.wait_for_load_state("load")
        assert not who.page.locator(".error-summary").count(), who.page.locator(".error-summary").inner_text()

    def officer_writes_a_piece(self) -> None:
        """Plan it in the campaign, write it, give it a picture, send it up."""
        who = self.enter("viet@vidu.vn")
        who.go(f"{self.campaign_path}/items/new")
        who.fill(title=TITLE, planned_on=str(self.today))
        who.choose(type="Bài viết", organisation=LEAD)
        who.press("Lập tin bài")
        who.go("/calendar?view=days")
        who.sees(TITLE)
        who.page.get_by_role("link", name=TITLE).first.click()
        who.page.wait_for_url(re.compile(r"/items/\d+$"))
        self.item_path = who.page.url.removeprefix(self.installation.address)
        who.press("Viết nội dung")
        who.fill(
            title=TITLE,
            summary="Tổ công nghệ số đến từng thôn.",
            body="Lớp học **số** mở ở thôn Ba Động.\n\n- Ký số\n- Tra cứu dịch vụ công",
        )
        who.page.locator("[name=picture]").set_input_files(picture(self.folder))
        who.fill(alt_text="Người dân học ký số ở nhà văn hóa thôn", credit="Ảnh: Phạm Thị Viết")
        self._send(who)
        who.press("Gửi duyệt")
        who.choose(reviewer="Lê Văn Duyệt")
        who.press("Gửi duyệt")
        who.sees("Chờ duyệt")
        who.leave()

    def approver_sends_it_back_then_approves(self) -> None:
        """On a phone: sent back with a reason, mended, approved in two taps."""
        approver = self.enter("duyet@vidu.vn", phone=True)
        approver.go("/")
        approver.press("Xem và duyệt")
        approver.fill(reason="Ghi rõ thời gian mở lớp.")
        approver.press("Trả lại")
        officer = self.enter("viet@vidu.vn")
        officer.go("/")
        officer.sees("Ghi rõ thời gian mở lớp.")
        officer.go(f"{self.item_path}/edit")
        officer.fill(body="Lớp học **số** mở tối thứ Ba ở thôn Ba Động.")
        self._send(officer)
        officer.press("Gửi duyệt")
        officer.choose(reviewer="Lê Văn Duyệt")
        officer.press("Gửi duyệt")
        officer.leave()
        approver.go("/")
        approver.press("Xem và duyệt")
        approver.press("Duyệt")
        approver.go(self.item_path)
        approver.sees("Đã duyệt")
        approver.leave()

    def officer_books_it_and_it_goes_out_once(self) -> None:
        """Booked for now; the scheduler sends it; the public page and the feed have it once."""
        who = self.enter("viet@vidu.vn")
        who.go(f"{self.item_path}/slots/new")
        who.choose(channel="Trang công khai")
        who.fill(due_at=f"{clock.local(clock.now()):%Y-%m-%dT%H:%M}")
        self._send(who)
        for _ in range(60):
            who.go(self.item_path)
            if who.page.locator("main .badge", has_text="Đã đăng").count():
                break
            who.page.wait_for_timeout(500)
        who.sees("Đã đăng")
        who.leave()
        reader = somebody(self.browser, self.installation.address, scripts=self.scripts, phone=True)
        reader.go("/tin")
        assert reader.page.get_by_role("link", name=TITLE).count() == 1
        reader.page.get_by_role("link", name=TITLE).click()
        reader.sees("mở tối thứ Ba ở thôn Ba Động")
        expect(reader.page.get_by_role("img", name="Người dân học ký số ở nhà văn hóa thôn")).to_be_visible()
        feed = feedparser.parse(reader.page.request.get("/tin/rss.xml").body())
        assert not feed.bozo
        assert [entry.title for entry in feed.entries] == [TITLE]
        reader.leave()

    def outlet_logs_what_it_published(self) -> None:
        """Paste the link, say the title of what cannot be read, done."""
        who = self.enter("bao@vidu.vn")
        who.go("/")
        who.fill(link="https://baosongtra.example.vn/binh-dan-hoc-vu-so-ve-ba-dong?utm_source=zalo")
        who.page.locator("main form button[type=submit]").first.click()
        who.page.wait_for_load_state("load")
        who.press("Tự nhập")  # the page of an invented paper cannot be read
        who.fill(title="Bình dân học vụ số về Ba Động")
        who.press("Ghi nhận")
        who.go("/publications")
        who.sees("Bình dân học vụ số về Ba Động")
        who.leave()

    def officer_matches_it(self) -> None:
        """By hand, to the piece and its theme."""
        who = self.enter("viet@vidu.vn")
        who.go("/")
        who.press("Khớp tin")
        who.page.get_by_role("link", name="Bình dân học vụ số về Ba Động").first.click()
        who.page.wait_for_url(re.compile(r"/publications/\d+"))
        who.page.get_by_role("radio", name=re.compile(re.escape(TITLE))).check()
        theme = who.page.get_by_role("checkbox", name=THEME, exact=True)
        expect(theme).to_be_visible()
        theme.check()
        who.press("Lưu chỗ khớp")
        who.leave()

    def manager_reads_the_coverage(self) -> None:
        """Promised and done per theme; each number opens the list that it counts; the table opens in Excel."""
        who = self.enter("giamdoc@vidu.vn")
        who.go(f"/coverage?period={self.today:%Y-%m}")
        row = who.page.get_by_role("row", name=re.compile(re.escape(THEME))).first
        expect(row).to_be_visible()
        done = row.locator("a[href*='/coverage/done']")
        counted = 0
        for place in range(done.count()):
            href = done.nth(place).get_attribute("href")
            assert href is not None
            tab = who.context.new_page()
            tab.goto(href)
            counted += tab.get_by_role("link", name="Bình dân học vụ số về Ba Động").count() > 0
            tab.close()
        assert counted >= 2  # the paper's own cell and the totals
        answer = who.page.request.get(f"/coverage/csv?period={self.today:%Y-%m}")
        assert answer.body().startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(answer.body().decode("utf-8-sig")), delimiter=";"))
        assert any(THEME in cell for row in rows for cell in row)
        who.leave()

    def unit_sees_its_duties(self) -> None:
        """What the plan asks of the Department of Finance, with its lines."""
        who = self.enter("taichinh@vidu.vn")
        who.go("/duties")
        who.sees("Sở Tài chính" if os.environ.get("LOA_SHARED") else "Nhiệm vụ")
        who.leave()
