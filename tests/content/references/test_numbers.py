"""The grammar of document numbers."""

import pytest

from content.references.numbers import Form, find_blank_symbol, find_numbers, parts_of


@pytest.mark.parametrize(
    ("printed", "key", "form"),
    [
        ("254-KH/TU", "254-KH/TU", Form.PARTY),
        ("57-KL/TW", "57-KL/TW", Form.PARTY),
        ("57-NQ/TW", "57-NQ/TW", Form.PARTY),
        ("02-QC/BCĐTW", "02-QC/BCĐTW", Form.PARTY),
        ("10-CTr/TU", "10-CTr/TU", Form.PARTY),
        ("309-CV/ĐU", "309-CV/ĐU", Form.PARTY),
        ("37-HD/BTGDVTW", "37-HD/BTGDVTW", Form.PARTY),
        ("202/2025/QH15", "202/2025/QH15", Form.LAW),
        ("81/2025/UBTVQH15", "81/2025/UBTVQH15", Form.LAW),
        ("116/KH-UBND", "116/KH-UBND", Form.STATE),
        ("47/NQ-CP", "47/NQ-CP", Form.STATE),
        ("1169/QĐ-TTg", "1169/QĐ-TTg", Form.STATE),
        ("27/2025/QĐ-UBND", "27/2025/QĐ-UBND", Form.STATE),
        ("1677/NQ-UBTVQH15", "1677/NQ-UBTVQH15", Form.STATE),
        ("04/TTr-BKHCN-BTTTT", "04/TTr-BKHCN-BTTTT", Form.STATE),
        ("39/2020/TT-BTTTT", "39/2020/TT-BTTTT", Form.STATE),
        ("01/2016/NQLT-CP-UBTVQH-ĐCTUBTWMTTQVN", "01/2016/NQLT-CP-UBTVQH-ĐCTUBTWMTTQVN", Form.STATE),
        ("66.22/2025/NQ-CP", "66.22/2025/NQ-CP", Form.STATE),
        ("0123/QĐ-SKHCN", "0123/QĐ-SKHCN", Form.STATE),
        ("1001/UBND-KGVX", "1001/UBND-KGVX", Form.LETTER),
        ("4259/SGTVT-VP", "4259/SGTVT-VP", Form.LETTER),
        ("8935/BNV-CTTN&BĐG", "8935/BNV-CTTN&BĐG", Form.LETTER),
    ],
)
def test_each_form_is_read_whole(printed: str, key: str, form: Form) -> None:
    text = f"theo văn bản số {printed} ngày 01/02/2025, cùng các văn bản khác."
    [number] = find_numbers(text)
    assert (number.key, number.form, text[number.start : number.end]) == (key, form, printed)


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("57-\nKL/TW", "57-KL/TW"),
        ("57-\n\nKL/TW", "57-KL/TW"),
        ("57- NQ/TW", "57-NQ/TW"),
        ("57 - NQ / TW", "57-NQ/TW"),
        ("57–NQ/TW", "57-NQ/TW"),
        ("254-KH/\nTU", "254-KH/TU"),
        ("27/NQ- TW", "27-NQ/TW"),
        ("1169/QĐ-TTG", "1169/QĐ-TTg"),
        ("10-CTR/TU", "10-CTr/TU"),
        ("12/TTR-SYT", "12/TTr-SYT"),
        ("1169/QÐ-TTg", "1169/QĐ-TTg"),
        ("116 /KH-UBND", "116/KH-UBND"),
    ],
)
def test_slips_of_print_are_normalised_and_kept(printed: str, key: str) -> None:
    [number] = find_numbers(f"Kế hoạch số {printed} của tỉnh")
    assert number.key == key
    assert number.printed.replace("Đ", "Ð") == printed or number.printed == printed


@pytest.mark.parametrize(
    "text",
    [
        "ngày 22/12/2024",
        "Nghị quyết 57",
        "năm 2025-2030",
        "24/7",
        "khu 4G/5G",
        "tỷ lệ 3/4",
        "km 12/CÔNG",
        "1/10",
        "và/hoặc",
    ],
)
def test_what_is_no_full_number_is_left(text: str) -> None:
    assert find_numbers(text) == []


def test_two_documents_with_one_57_are_never_mixed() -> None:
    text = "Kết luận số 57-KL/TW, Nghị quyết số 57-NQ/TW và Thông tư 57/2025/TT-BCT"
    assert [number.key for number in find_numbers(text)] == ["57-KL/TW", "57-NQ/TW", "57/2025/TT-BCT"]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("Số:           /SKHCN-HCTH", "SKHCN-HCTH"),
        ("Số: /KH-UBND", "KH-UBND"),
        ("Số: ……/QĐ-UBND", "QĐ-UBND"),
        ("Số:     -KH/TU", "KH/TU"),
        ("Số liệu", None),
        ("Số: ", None),
    ],
)
def test_a_blank_number_keeps_its_symbol(text: str, symbol: str | None) -> None:
    assert find_blank_symbol(text) == symbol


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("57-NQ/TW", ("57", None, "NQ", ("TW",))),
        ("1169/QĐ-TTg", ("1169", None, "QĐ", ("TTg",))),
        ("27/2025/QĐ-UBND", ("27", "2025", "QĐ", ("UBND",))),
        ("04/TTr-BKHCN-BTTTT", ("04", None, "TTr", ("BKHCN", "BTTTT"))),
        ("202/2025/QH15", ("202", "2025", None, ("QH15",))),
        ("1001/UBND-KGVX", ("1001", None, None, ("UBND", "KGVX"))),
    ],
)
def test_a_number_has_parts(key: str, parts: tuple[object, ...]) -> None:
    found = parts_of(key)
    assert found is not None
    assert (found.number, found.year, found.kind, found.bodies) == parts


def test_what_is_no_number_has_no_parts() -> None:
    assert [parts_of(one) for one in ("", "Số 5", "năm 2025", "57")] == [None] * 4
