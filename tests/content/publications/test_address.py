"""When two addresses are one publication: by tables of cases."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Invalid
from content.publications.address import air_key, read_address

PLAIN = "https://baoquangngai.vn/channel/2022/202605/binh-dan-hoc-vu-so-3141592/"


@pytest.mark.parametrize(
    "raw",
    [
        "https://baoquangngai.vn/channel/2022/202605/binh-dan-hoc-vu-so-3141592",
        "http://baoquangngai.vn/channel/2022/202605/binh-dan-hoc-vu-so-3141592/",
        "HTTPS://BaoQuangNgai.VN/channel/2022/202605/binh-dan-hoc-vu-so-3141592/",
        "https://www.baoquangngai.vn/channel/2022/202605/binh-dan-hoc-vu-so-3141592/",
        "https://m.baoquangngai.vn/channel/2022/202605/binh-dan-hoc-vu-so-3141592/",
        "https://amp.baoquangngai.vn/channel/2022/202605/binh-dan-hoc-vu-so-3141592/",
        "https://baoquangngai.vn:443/channel/2022/202605/binh-dan-hoc-vu-so-3141592/",
        "http://baoquangngai.vn:80/channel/2022/202605/binh-dan-hoc-vu-so-3141592/",
        "https://baoquangngai.vn./channel/2022/202605/binh-dan-hoc-vu-so-3141592/",
        PLAIN + "#binh-luan",
        PLAIN + "?utm_source=zalo&utm_medium=social",
        PLAIN + "?fbclid=IwAR0&zarsrc=30",
        PLAIN + "?gclid=1#x",
        "baoquangngai.vn/channel/2022/202605/binh-dan-hoc-vu-so-3141592",
        "  " + PLAIN + "\n",
        "\u200b" + PLAIN,
        "https://baoquangngai.vn/channel/2022/202605/binh%2Ddan-hoc-vu-so-3141592/",
    ],
)
def test_these_are_one_publication(raw: str) -> None:
    assert read_address(raw).key == read_address(PLAIN).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PLAIN, "https://baoquangngai.vn/channel/2022/202605/binh-dan-hoc-vu-so-3141593/"),
        (PLAIN, "https://quangngai.gov.vn/channel/2022/202605/binh-dan-hoc-vu-so-3141592/"),
        ("https://a.vn/xem?id=1", "https://a.vn/xem?id=2"),
        ("https://a.vn/Bai-1", "https://a.vn/bai-1"),
        ("https://a.vn:8080/bai", "https://a.vn/bai"),
        ("https://m.vn/bai", "https://vn.vn/bai"),
        ("https://a.vn/x%2Fy", "https://a.vn/x/y"),
        ("https://a.vn/", "https://a.vn/?p=1"),
    ],
)
def test_these_are_two_publications(one: str, other: str) -> None:
    assert read_address(one).key != read_address(other).key


def test_the_order_of_a_query_does_not_matter_and_its_values_do() -> None:
    assert read_address("https://a.vn/?a=1&b=2").key == read_address("https://a.vn/?b=2&a=1").key
    assert read_address("https://a.vn/?a=2&b=1").key != read_address("https://a.vn/?b=2&a=1").key


def test_letters_of_a_path_are_compared_in_one_form() -> None:
    nfd = unicodedata.normalize("NFD", "https://a.vn/Tiếng-Việt")
    assert read_address(nfd).key == read_address("https://a.vn/Tiếng-Việt").key
    assert read_address("https://a.vn/Ti%E1%BA%BFng-Vi%E1%BB%87t").key == read_address(nfd).key


def test_a_domain_with_tone_marks_is_its_ascii_form() -> None:
    assert read_address("https://báo.vn/1").key == read_address("https://xn--bo-mia.vn/1").key
    assert read_address("https://báo.vn/1").shown == "https://báo.vn/1"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("https://www.bao.vn/bai/?utm_source=zalo&id=5#x", "https://www.bao.vn/bai/?id=5"),
        ("HTTP://M.Bao.vn", "http://m.bao.vn/"),
        ("bao.vn/bai", "https://bao.vn/bai"),
        ("https://bao.vn/?q=ti%E1%BA%BFng+vi%E1%BB%87t", "https://bao.vn/?q=ti%E1%BA%BFng+vi%E1%BB%87t"),
    ],
)
def test_people_see_the_address_without_what_tracks_them(raw: str, shown: str) -> None:
    assert read_address(raw).shown == shown


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "không phải địa chỉ",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://a.vn/x",
        "https://",
        "https:///bai",
        "https://localhost/",
        "https://a.vn:99999/",
        "https://a.vn:x/",
        "https://[::1",
        "https://người:mật@a.vn/",
        "https://ai@a.vn/",
        "https://a..vn/",
        "https://a.vn\\@b.vn/",
        "https://a.vn/hai chữ",
        "mailto:ai@a.vn",
        "//a.vn/x",
        "https://a.vn/" + "x" * 2_000,
        "https://a.vn/" + "x" * 1_000_000,
    ],
)
def test_what_is_no_address_is_refused_in_words(raw: str) -> None:
    with pytest.raises(Invalid, match=r"Đường dẫn|đường dẫn"):
        read_address(raw)


@given(st.text(max_size=200))
def test_whatever_is_pasted_is_read_or_refused(raw: str) -> None:
    for pasted in (raw, "https://" + raw, "https://bao.vn/" + raw):
        try:
            read = read_address(pasted)
        except Invalid:
            continue
        assert read_address(read.shown).key == read.key
        assert len(read.shown) <= 2_000


def test_a_bulletin_is_its_outlet_its_minute_and_its_title() -> None:
    at = datetime(2026, 5, 17, 22, 15, 3, tzinfo=UTC)
    key = air_key(1, at, "Bản tin sáng")
    assert air_key(1, at.replace(second=59), "bản  TIN sáng") == key
    assert air_key(1, at, unicodedata.normalize("NFD", "Bản tin sáng")) == key
    assert len({key, air_key(2, at, "Bản tin sáng"), air_key(1, at, "Bản tin trưa")}) == 3
