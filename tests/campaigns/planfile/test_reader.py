"""What the reader promises on whole documents."""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from campaigns.planfile.as_json import to_json
from campaigns.planfile.draft import PlanDraft
from campaigns.planfile.reader import NOTHING, read_plan
from campaigns.planfile.unreadable import Unreadable

NAMES = ("ke-hoach", "cong-van", "cong-van-md", "khong-dau")
Judge = Callable[[dict[str, Any]], Counter[tuple[str, str]]]
Answer = Callable[[str], dict[str, Any]]
Source = Callable[[str], str]


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_read_as_a_person_reads_it(
    name: str, text: Source, expected: Answer, facts: Judge
) -> None:
    want, got = facts(expected(name)), facts(to_json(read_plan(text(name))))
    assert (want - got, got - want) == (Counter(), Counter())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["nfd", "crlf", "bom", "utf-16", "cr"])
def test_the_encoding_of_a_file_changes_nothing(
    name: str, form: str, text: Source, expected: Answer, facts: Judge
) -> None:
    source = text(name)
    data = {
        "nfd": unicodedata.normalize("NFD", source).encode(),
        "crlf": source.replace("\n", "\r\n").encode(),
        "bom": source.encode("utf-8-sig"),
        "utf-16": source.encode("utf-16"),
        "cr": source.replace("\n", "\r").encode(),
    }[form]
    assert facts(to_json(read_plan(data))) == facts(expected(name))


def test_every_value_lies_on_the_lines_it_names(text: Source) -> None:
    source = text("ke-hoach")
    lines = source.split("\n")
    read = to_json(read_plan(source))
    group = read["task_groups"][1]
    for i, item in enumerate(group["items"]):
        first, last = read["trace"][f"task_groups.1.items.{i}"]
        printed = " ".join(" ".join(lines[first - 1 : last]).split())
        assert item["text"] in printed.replace("Dự thảo ", "")
    first, last = read["trace"]["recipients.3"]
    assert lines[first - 1].startswith("- Ủy ban MTTQ")
    assert lines[last - 1].startswith("đặc thù")


def test_the_two_57s_stay_two_documents(text: Source) -> None:
    read = to_json(read_plan(text("ke-hoach")))
    dates = {basis["number"]: basis["date"] for basis in read["legal_bases"]}
    assert (dates["57-NQ/TW"], dates["57-KL/TW"]) == ("2024-12-22", "2023-06-15")


def test_symbols_in_capitals_are_the_same_documents(text: Source, expected: Answer) -> None:
    source = text("ke-hoach").replace("QĐ-TTg", "QĐ-TTG").replace("902/", "902 / ")
    numbers = {basis["number"] for basis in to_json(read_plan(source))["legal_bases"]}
    assert numbers == {basis["number"] for basis in expected("ke-hoach")["legal_bases"]}


def test_other_numbers_are_read_as_they_stand(text: Source) -> None:
    source = text("ke-hoach").replace("57-NQ/TW", "68-NQ/TW").replace("902/QĐ-TTg", "1044/QĐ-TTg")
    numbers = {basis["number"] for basis in to_json(read_plan(source))["legal_bases"]}
    assert {"68-NQ/TW", "1044/QĐ-TTg", "57-KL/TW"} <= numbers
    assert "57-NQ/TW" not in numbers


def test_renumbered_groups_keep_their_printed_ordinals(text: Source) -> None:
    source = text("ke-hoach").replace("\n3. Truyền thông trong", "\n4. Truyền thông trong")
    read = to_json(read_plan(source))
    assert [group["ordinal"] for group in read["task_groups"]] == ["1", "2", "4"]


def test_latin_letters_are_kept_as_printed(text: Source) -> None:
    source = text("ke-hoach").replace("\nđ) Khen", "\ne) Khen")
    read = to_json(read_plan(source))
    assert [item["ordinal"] for item in read["task_groups"][1]["items"]] == list("abcde")


@pytest.mark.parametrize(
    "cut",
    [("III. KINH PHÍ", "IV. TỔ CHỨC", "funding"), ("Nơi nhận:", "TM. ỦY BAN", "recipients"),
     ("IV. TỔ CHỨC", "Nơi nhận:", "duties"), ("II. NỘI DUNG", "III. KINH PHÍ", "task_groups")],
)  # fmt: skip
def test_a_missing_section_leaves_the_others_whole(
    cut: tuple[str, str, str], text: Source, expected: Answer, facts: Judge
) -> None:
    source = text("ke-hoach")
    start, end, empty = cut
    left = source[: source.index(start)] + source[source.index(end, source.index(start)) :]
    read = to_json(read_plan(left))
    assert not read[empty]
    kept = {"title", "issuer", "signer", "place", "date_partial"}
    want = Counter({key: n for key, n in facts(expected("ke-hoach")).items() if key[0] in kept})
    assert want - facts(read) == Counter()


def test_a_signed_plan_has_number_day_and_name(text: Source) -> None:
    source = (
        text("ke-hoach")
        .replace("Số:        /KH-UBND", "Số: 171/KH-UBND")
        .replace("ngày      tháng", "ngày 08 tháng")
    )
    source = source.replace("\nCHỦ TỊCH ", "\nKT. CHỦ TỊCH\n\nPHÓ CHỦ TỊCH\n\n\nĐinh Thị Thu Hà\n")
    read = to_json(read_plan(source.replace("Dự thảo", "")))
    assert (read["number"], read["date"], read["status"]) == ("171/KH-UBND", "2025-09-08", None)
    assert read["signer"] == {
        "authority": "TM. ỦY BAN NHÂN DÂN",
        "position": "KT. CHỦ TỊCH – PHÓ CHỦ TỊCH",
        "name": "Đinh Thị Thu Hà",
    }


def test_two_columns_on_one_line_are_read_apart() -> None:
    source = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH SÔNG TRÀ               Độc lập - Tự do - Hạnh phúc
Số: 12/KH-UBND            Sông Trà, ngày 03 tháng 3 năm 2026

KẾ HOẠCH
Truyền thông về cải cách hành chính năm 2026

Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. NỘI DUNG
1. Mở chuyên mục trên Báo Sông Trà.
2. Tổ chức đối thoại với người dân mỗi quý một lần.

Nơi nhận:                              TM. ỦY BAN NHÂN DÂN
- Như trên;                                 CHỦ TỊCH
- Lưu: VT.
                                           Võ Văn Sơn
"""
    read = to_json(read_plan(source))
    assert read["issuer"] == "Ủy ban nhân dân tỉnh Sông Trà"
    assert (read["number"], read["date"], read["place"]) == ("12/KH-UBND", "2026-03-03", "Sông Trà")
    assert read["title"] == "Truyền thông về cải cách hành chính năm 2026"
    assert read["recipients"] == ["Như trên", "Lưu: VT"]
    assert read["signer"]["name"] == "Võ Văn Sơn"
    assert [item["ordinal"] for item in read["task_groups"][0]["items"]] == ["1", "2"]


def test_themes_come_from_movements_and_policies(text: Source) -> None:
    themes = read_plan(text("ke-hoach")).themes
    assert [theme.number for theme in themes if theme.number] == ["57-NQ/TW"]
    assert any(theme.name.value == "Mỗi nhà một người thạo số" for theme in themes)


def test_empty_text_gives_a_draft_with_a_remark() -> None:
    for source in ("", "  \n\n \t"):
        draft = read_plan(source)
        assert draft.remarks == (NOTHING,)
        assert draft.task_groups == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n ",
        b"12 34 --",
        b"%PDF-1.7\n",
        b"PK\x03\x04abc",
        b"a\x00b",
        b"\xff\xfe\x00",
        b"\xe1\xba",
        b"a" * (10 * 2**20 + 1),
    ],
)
def test_an_unreadable_file_is_refused_in_vietnamese(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^(Tệp|Không).*\.$"):
        read_plan(data)


def test_the_draft_keeps_the_original_lines(text: Source) -> None:
    draft = read_plan(text("ke-hoach"), name="ke-hoach.txt")
    assert isinstance(draft, PlanDraft)
    assert draft.name == "ke-hoach.txt"
    assert draft.lines == tuple(text("ke-hoach").split("\n"))


def test_the_reader_needs_neither_web_nor_database() -> None:
    folder = Path(__file__).resolve().parents[3] / "campaigns" / "planfile"
    imports = re.compile(r"^(?:from|import) (flask|sqlalchemy)", re.MULTILINE)
    assert [file.name for file in folder.glob("*.py") if imports.search(file.read_text("utf-8"))] == []


def test_the_real_documents_are_read_whole(facts: Judge) -> None:
    import json  # noqa: PLC0415 - only this test, which is mostly skipped

    shared = os.environ.get("LOA_SHARED")
    if not shared:
        pytest.skip(
            "SKIPPED, NOT PASSED: set LOA_SHARED to the folder that holds plans/ to judge the real documents"
        )
    files = sorted((Path(shared) / "plans" / "seeds").glob("*.txt"))
    assert files
    for file in files:
        want = facts(json.loads(file.with_suffix("").with_suffix(".expected.json").read_text("utf-8")))
        got = facts(to_json(read_plan(file.read_bytes())))
        assert (file.name, want - got, got - want) == (file.name, Counter(), Counter())
