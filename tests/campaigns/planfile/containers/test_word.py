"""What a Word document prints is what its text says: ordinals, tables, boxes; not what it hides."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from campaigns.planfile.as_json import to_json
from campaigns.planfile.containers.opening import open_source
from campaigns.planfile.containers.source import Container
from campaigns.planfile.reader import read_plan
from tests.campaigns.planfile.containers.old_typing import in_tcvn3, in_vni
from tests.campaigns.planfile.containers.packages import (
    HEAD_CELLS,
    abstract_list,
    cell,
    concrete_list,
    numbered,
    paragraph,
    run,
    table,
    word,
)
from tests.campaigns.planfile.containers.papers import data_of, paper_of, word_of

Judge = Callable[[dict[str, Any]], Counter[tuple[str, str]]]


def lines(body: str, **parts: str) -> list[str]:
    """The lines that are read from a bare body, blank ones left out."""
    return [line for line in open_source(word(body, **parts)).text.split("\n") if line]


@pytest.mark.parametrize("name", ["ke-hoach", "cong-van", "khong-dau"])
def test_a_plan_in_word_says_what_its_text_says(name: str, text: Callable[[str], str], facts: Judge) -> None:
    want = facts(to_json(read_plan(text(name))))
    draft = ("status", "present") in want and name == "ke-hoach"
    data = data_of(word_of(paper_of(text(name)), pages=True, draft=draft))
    got = facts(to_json(read_plan(data)))
    assert (want - got, got - want) == (Counter(), Counter())


def test_lines_of_word_are_paragraphs_and_never_joined() -> None:
    source = open_source(word(paragraph("I. NHIỆM VỤ") + paragraph("1. Làm việc") + paragraph("thứ nhất")))
    assert (source.kind, source.whole_lines) == (Container.WORD, True)
    (group,) = read_plan(source).task_groups
    assert (group.title and group.title.value, [item.text.value for item in group.items]) == (
        "Làm việc",
        ["thứ nhất"],
    )


def test_lists_are_numbered_as_word_numbers_them() -> None:
    numbering = abstract_list(
        0, ("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "\uf0b7")
    )
    body = [
        ("MỘT", 0),
        ("a", 1),
        ("b", 1),
        ("x", 2),
        ("y", 2),
        ("g", 3),
        ("c", 1),
        ("HAI", 0),
        ("d", 1),
        ("z", 2),
    ]
    got = lines(
        "".join(numbered(text, 1, level) for text, level in body), numbering=numbering + concrete_list(1, 0)
    )
    assert got == ["I. MỘT", "1. a", "2. b", "a) x", "b) y", "- g", "3. c", "II. HAI", "1. d", "a) z"]


def test_levels_within_levels_and_the_legal_form() -> None:
    levels = abstract_list(0, ("upperRoman", "%1"), ("decimal", "%1.%2."), ("decimalZero", "%3"))
    legal = levels.replace('<w:lvlText w:val="%1.%2."/>', '<w:isLgl/><w:lvlText w:val="%1.%2."/>')
    body = numbered("A", 1) + numbered("b", 1, 1) + numbered("c", 1, 1) + numbered("d", 1, 2)
    assert lines(body, numbering=levels + concrete_list(1, 0)) == ["I A", "I.1. b", "I.2. c", "01 d"]
    assert lines(body, numbering=legal + concrete_list(1, 0)) == ["I A", "1.1. b", "1.2. c", "01 d"]


def test_a_second_list_goes_on_counting_unless_it_starts_anew() -> None:
    numbering = abstract_list(0, ("decimal", "%1.")) + concrete_list(1, 0) + concrete_list(2, 0)
    numbering += concrete_list(3, 0, starts={0: 7})
    body = "".join(
        numbered(text, num_id) for text, num_id in (("a", 1), ("b", 2), ("c", 3), ("d", 3), ("e", 1))
    )
    assert lines(body, numbering=numbering) == ["1. a", "2. b", "7. c", "8. d", "9. e"]


def test_a_style_may_bring_its_number_along() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Muc"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="MucCon"><w:name w:val="MucCon"/><w:basedOn w:val="Muc"/>'
        "</w:style>"
    )
    numbering = abstract_list(0, ("decimal", "%1."), ("lowerLetter", "%2)")) + concrete_list(1, 0)
    numbering = numbering.replace('<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="MucCon"/>')
    body = "".join(
        paragraph(text, f'<w:pStyle w:val="{style}"/>{none}')
        for text, style, none in (
            ("a", "Muc", ""), ("b", "MucCon", ""), ("c", "Muc", ""), ("d", "Muc", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        )
    )  # fmt: skip
    assert lines(body, numbering=numbering, styles=styles) == ["1. a", "a) b", "2. c", "d"]


def test_a_list_may_take_its_levels_from_a_list_style() -> None:
    numbering = abstract_list(0, ("decimal", "%1)"), extra='<w:styleLink w:val="Ds"/>')
    numbering += (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Ds"/></w:abstractNum>'
        + concrete_list(1, 1)
    )
    assert lines(numbered("a", 1) + numbered("b", 1), numbering=numbering) == ["1) a", "2) b"]


def test_letters_after_z_and_large_roman_numbers() -> None:
    for style, last in (("lowerLetter", "bb"), ("upperRoman", "XXVIII")):
        numbering = abstract_list(0, (style, "%1.")) + concrete_list(1, 0)
        assert lines("".join(numbered("x", 1) for _ in range(28)), numbering=numbering)[-1] == f"{last}. x"


def test_breaks_tabs_and_hyphens() -> None:
    broken = "<w:r><w:t>Chủ trì: Sở A</w:t><w:br/><w:t>Thời gian: I,</w:t><w:br/><w:t>năm 2025</w:t></w:r>"
    tabbed = "<w:r><w:t>Số: 57</w:t><w:noBreakHyphen/><w:t>KL/TW</w:t><w:tab/><w:t>Hà Nội</w:t></w:r>"
    assert lines(paragraph(inside=broken) + paragraph(inside=tabbed)) == [
        "Chủ trì: Sở A", "Thời gian: I, năm 2025", "Số: 57-KL/TW\tHà Nội",
    ]  # fmt: skip


def test_what_word_does_not_print_is_not_read() -> None:
    body = paragraph(
        inside=run("Giữ lại ")
        + f"<w:del>{run('đã xóa').replace('w:t>', 'w:delText>').replace('<w:t ', '<w:delText ')}</w:del>"
        + f"<w:moveFrom>{run('đã chuyển')}</w:moveFrom>"
        + f"<w:ins>{run('thêm vào')}</w:ins>"
        + run("ẩn", "<w:vanish/>")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    )
    notes = f'<w:footnote w:id="2">{paragraph("Chú thích chân trang")}</w:footnote>'
    assert lines(body, footnotes=notes) == ["Giữ lại thêm vào"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    assert lines(paragraph("Một câu ", "<w:rPr><w:del/></w:rPr>") + paragraph("liền nhau")) == [
        "Một câu liền nhau"
    ]


def test_a_text_box_is_read_once_whichever_branch_holds_it() -> None:
    box = f"<w:txbxContent>{paragraph('Trong khung')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp>{box}</wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(paragraph(inside=f"<w:r>{both}</w:r>{run('Ngoài khung')}")) == ["Trong khung", "Ngoài khung"]
    only_old = f"<w:r><w:pict><v:shape>{box}</v:shape></w:pict></w:r>"
    assert lines(paragraph(inside=only_old)) == ["Trong khung"]


@pytest.mark.parametrize(
    "header",
    [
        paragraph("DỰ THẢO LẦN 2"),
        paragraph(inside='<w:r><w:pict><v:shape><v:textpath string="DỰ THẢO"/></v:shape></w:pict></w:r>'),
    ],
)
def test_of_a_header_only_the_mark_of_a_draft_is_kept(header: str) -> None:
    assert lines(paragraph("KẾ HOẠCH"), header=header + paragraph("Trang 3")) == ["Dự thảo", "KẾ HOẠCH"]
    assert lines(paragraph("KẾ HOẠCH"), header=paragraph("Sở Tài chính")) == ["KẾ HOẠCH"]


def test_bold_paragraphs_are_marked_and_contents_left_out() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="M1"><w:name w:val="toc 1"/></w:style>'
    body = paragraph("I. MỤC TIÊU\t3", '<w:pStyle w:val="M1"/>') + paragraph(inside=run("Nhiệm vụ", "<w:b/>"))
    body += paragraph(inside=run("Nửa ", "<w:b/>") + run("đậm"))
    assert lines(body, styles=styles) == ["**Nhiệm vụ**", "Nửa đậm"]


def test_merged_cells_keep_their_columns() -> None:
    body = table(
        [cell("STT", '<w:vMerge w:val="restart"/>'), cell("Nhiệm vụ", '<w:vMerge w:val="restart"/>'),
         cell("Thực hiện", '<w:gridSpan w:val="2"/>')],
        [cell("", "<w:vMerge/>"), cell("", "<w:vMerge/>"), cell("Chủ trì"), cell("Phối hợp")],
        [cell("I"), cell("Nhóm một", '<w:gridSpan w:val="3"/>')],
        [cell("1"), cell("Việc\nmột"), cell("Sở A", '<w:vMerge w:val="restart"/>'), cell("Sở B | Sở C")],
        [cell("2"), cell("Việc hai"), cell("", "<w:vMerge/>"), cell("")],
    )  # fmt: skip
    source = word(paragraph("PHỤ LỤC") + body)
    assert [line for line in open_source(source).text.split("\n") if line] == [
        "PHỤ LỤC",
        "| STT | Nhiệm vụ | Thực hiện |  |",
        "| STT | Nhiệm vụ | Chủ trì | Phối hợp |",
        "| I | Nhóm một |  |  |",
        "| 1 | Việc một | Sở A | Sở B \\| Sở C |",
        "| 2 | Việc hai | Sở A |  |",
    ]
    first, second = read_plan(source).annex_tasks
    assert (first.no, first.section, first.text.value) == ("1", "I", "Việc một")
    assert [name.value for name in second.assignment.lead] == ["Sở A"]
    assert [name.value for name in first.assignment.cooperating] == ["Sở B | Sở C"]


def test_a_table_without_rules_only_sets_text_side_by_side() -> None:
    pair = [
        cell("UBND TỈNH\nSố: 1/KH-UBND"),
        cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nội, ngày 01 tháng 3 năm 2025"),
    ]
    assert lines(table(pair, ruled=True)) == lines(table(pair, ruled=False)) == [
        "UBND TỈNH", "Số: 1/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Nội, ngày 01 tháng 3 năm 2025",
    ]  # fmt: skip
    assert lines(table([cell("Khung"), cell("chữ")], ruled=True)) == ["| Khung | chữ |"]
    assert lines(table([cell("Bên trái"), cell("Bên phải")], ruled=False)) == ["Bên trái", "Bên phải"]
    assert lines(table(HEAD_CELLS, ruled=False)) == ["| STT | Nhiệm vụ | Chủ trì | Thời gian |"]


def test_a_table_within_a_cell_and_rows_that_were_deleted() -> None:
    inner = table([cell("trong"), cell("cùng")], ruled=True)
    deleted = "<w:tr><w:trPr><w:del/></w:trPr>" + cell("bỏ") + "</w:tr>"
    body = table(
        HEAD_CELLS, [cell("1"), f"<w:tc>{inner}{paragraph('việc')}</w:tc>", cell("Sở A"), cell("Quý I")]
    )
    assert lines(body)[-1] == "| 1 | \\| trong \\| cùng \\| việc | Sở A | Quý I |"
    assert lines(table(HEAD_CELLS).replace("</w:tbl>", f"{deleted}</w:tbl>")) == [
        "| STT | Nhiệm vụ | Chủ trì | Thời gian |"
    ]


@pytest.mark.parametrize(
    ("font", "typed", "want"),
    [
        (".VnTime", in_tcvn3("Sở Văn hóa"), "Sở Văn hóa"),
        (".VnTimeH", in_tcvn3("kế hoạch"), "KẾ HOẠCH"),
        ("VNI-Times", in_vni("Ủy ban nhân dân"), "Ủy ban nhân dân"),
        (".VnTime", "".join(chr(0xF000 + ord(c)) if ord(c) > 127 else c for c in in_tcvn3("Bộ")), "Bộ"),
    ],
)
def test_runs_in_old_fonts_are_read_in_unicode_beside_others(font: str, typed: str, want: str) -> None:
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>'
    half = len(typed) // 2
    inside = run(typed[:half], fonts) + run(typed[half:], fonts) + run(" và Đề án")
    assert lines(paragraph(inside=inside)) == [f"{want} và Đề án"]


def test_capitals_that_are_only_a_way_of_setting_are_read_as_printed() -> None:
    assert lines(paragraph(inside=run("kế hoạch", "<w:caps/>"))) == ["KẾ HOẠCH"]
