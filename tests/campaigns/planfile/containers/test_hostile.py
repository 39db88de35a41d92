"""Files that are damaged, closed or made to harm: a sentence, never an error, a hang or a full memory."""

import zlib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.planfile import unreadable
from campaigns.planfile.containers import limits
from campaigns.planfile.containers.opening import open_source
from campaigns.planfile.unreadable import Unreadable
from tests.campaigns.planfile.containers.packages import HEAD_CELLS, package, paragraph, table, word, zipped
from tests.campaigns.planfile.containers.printed import Sheet, print_pdf
from tests.campaigns.planfile.containers.test_sheets import HEADS, ROWS, data_of, workbook
from tests.factories import plan_text

FILES = Path(__file__).resolve().parents[3] / "data" / "plans" / "containers"
ENTITIES = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + "]><w>&i;</w>"  # fmt: skip
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def refusal(data: bytes) -> str:
    """The sentence that a file is refused with."""
    with pytest.raises(Unreadable) as caught:
        open_source(data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (OLD, unreadable.OLD_WORD),
        (OLD + "Workbook".encode("utf-16-le"), unreadable.OLD_SHEET),
        (OLD + "EncryptedPackage".encode("utf-16-le"), unreadable.ENCRYPTED),
        (OLD + "PowerPoint Document".encode("utf-16-le"), unreadable.SLIDES),
        (rb"{\rtf1\ansi K\'ea}", unreadable.RICH_TEXT),
        (b"\x89PNG\r\n\x1a\n", unreadable.PICTURE),
        (b"\xff\xd8\xff\xe0JFIF", unreadable.PICTURE),
        (b"RIFF\x00\x00\x00\x00WEBP", unreadable.PICTURE),
        (b"\x00\x00\x00\x18ftypheic", unreadable.PICTURE),
        (b"Rar!\x1a\x07", unreadable.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c", unreadable.ARCHIVE),
        (zipped({"ke-hoach.txt": plan_text()}), unreadable.ARCHIVE),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            unreadable.OPEN_DOCUMENT,
        ),
        (zipped({"ppt/slides/slide1.xml": "<a/>"}), unreadable.SLIDES),
        (b"PK\x03\x04" + b"\x00" * 60, unreadable.DAMAGED),
        (zipped({"word/document.xml": "<w>"}), unreadable.DAMAGED),
        (word(paragraph("")), unreadable.EMPTY),
        (data_of(workbook([(1, 2, 3)])), unreadable.EMPTY),
        (b"%PDF-1.7\nnothing", unreadable.DAMAGED),
        (print_pdf([Sheet()]), unreadable.SCANNED),
        ((FILES / "anh-chup.pdf").read_bytes(), unreadable.SCANNED),
        ((FILES / "co-mat-khau.pdf").read_bytes(), unreadable.ENCRYPTED),
        (b"", unreadable.EMPTY),
        (b" " * (limits.MOST_BYTES + 1), unreadable.TOO_LARGE),
        (b"a" * (limits.MOST_TEXT + 1), unreadable.TOO_LARGE),
    ],
)
def test_what_is_not_read_is_told_what_to_do(data: bytes, sentence: str) -> None:
    assert refusal(data) == sentence
    assert sentence.endswith(".")


def test_a_zip_bomb_is_seen_before_it_is_unpacked() -> None:
    body = package(paragraph("KẾ HOẠCH"))
    assert (
        refusal(zipped({**body, "word/media/a.bin": b"\x00" * (limits.MOST_UNPACKED + 1)}))
        == unreadable.TOO_LARGE
    )
    assert refusal(zipped({**body, "word/b.xml": b" " * (limits.MOST_XML + 1)})) == unreadable.TOO_LARGE
    many = {f"word/media/{i}": b"" for i in range(limits.MOST_MEMBERS)}
    assert refusal(zipped({**body, **many})) == unreadable.TOO_LARGE


def test_a_zip_that_lies_about_its_sizes_is_damaged() -> None:
    text = "a" * 400_000
    data = word(paragraph(text))
    size = len(package(paragraph(text))["word/document.xml"]).to_bytes(4, "little")
    assert size in data
    assert refusal(data.replace(size, (1_000).to_bytes(4, "little"))) == unreadable.DAMAGED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/_rels/document.xml.rels", "xl/worksheets/sheet1.xml"]
)
def test_xml_with_entities_of_its_own_is_refused(encoding: str, name: str) -> None:
    bomb = ENTITIES.replace('"1.0"', f'"1.0" encoding="{encoding}"').encode(encoding)
    assert refusal(zipped({**package(paragraph("KẾ HOẠCH")), name: bomb})) == unreadable.DAMAGED


def test_ten_thousand_tables_within_each_other_are_refused() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 10_000 + paragraph("đáy") + "</w:tc></w:tr></w:tbl>" * 10_000
    assert refusal(word(deep)) == unreadable.DAMAGED


def test_tables_as_deep_as_xml_allows_are_read() -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 70 + paragraph("đáy") + "</w:tc></w:tr></w:tbl>" * 70
    assert "đáy" in open_source(word(deep)).text


def test_styles_and_lists_that_rest_on_themselves_end() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="A"/></w:style>'
    numbering = '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="A"/><w:styleLink w:val="A"/></w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = paragraph("chữ", '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="1"/></w:numPr>')
    assert open_source(word(body, styles=styles, numbering=numbering)).text == "chữ"


def test_a_document_of_more_paragraphs_than_are_read_is_refused() -> None:
    assert refusal(word(paragraph("a") * (limits.MOST_LINES + 1))) == unreadable.TOO_LARGE


def test_more_pages_than_are_read_are_refused() -> None:
    assert refusal(print_pdf([Sheet()] * (limits.MOST_PAGES + 1))) == unreadable.TOO_MANY_PAGES
    assert str(limits.MOST_PAGES) in unreadable.TOO_MANY_PAGES


def test_a_pdf_that_unpacks_without_end_is_stopped_by_its_limits() -> None:
    packed = zlib.compress(b" " * 10_000_000)
    for _ in range(2):
        packed = zlib.compress(packed)
    filters = b"[/FlateDecode/FlateDecode/FlateDecode]"
    stream = b"<</Length %d/Filter%s>>stream\n%s\nendstream" % (len(packed), filters, packed)
    plain = print_pdf([Sheet()])
    start = plain.index(b"<</Length", plain.index(b"/Contents"))
    end = plain.index(b"endstream", start) + len(b"endstream")
    assert refusal(plain[:start] + stream + plain[end:]) in (unreadable.SCANNED, unreadable.DAMAGED)


@cache
def _files() -> dict[str, bytes]:
    sheet = Sheet()
    for i, line in enumerate(plan_text().split("\n")[:40]):
        sheet.text(60, 60 + 16 * i, line)
    return {
        "word": word(paragraph("KẾ HOẠCH") + table(HEAD_CELLS)),
        "sheet": data_of(workbook([HEADS, *ROWS])),
        "pdf": print_pdf([sheet]),
    }


def _opens(data: bytes) -> None:
    """Open bytes; a refusal is a sentence."""
    source, said = None, ""
    try:
        source = open_source(data)
    except Unreadable as fault:
        said = str(fault)
    assert source is not None or said.endswith(".")
    assert source is None or not source.pages or len(source.pages) == source.text.count("\n") + 1


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"{\\rtf"]),
)
def test_any_bytes_are_opened_or_refused(data: bytes, start: bytes) -> None:
    _opens(start + data)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["word", "sheet"]),
    st.floats(0, 1),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255))),
)
def test_a_damaged_office_file_is_opened_or_refused(
    name: str, kept: float, flips: list[tuple[float, int]]
) -> None:
    data = bytearray(_files()[name])
    for where, byte in flips:
        data[int(where * (len(data) - 1))] = byte
    _opens(bytes(data[: max(4, int(kept * 1.2 * len(data)))]))


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(
        ["word/document.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"]
    ),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=6),
)
def test_a_word_file_with_damaged_xml_is_opened_or_refused(
    name: str, edits: list[tuple[float, int, bytes]]
) -> None:
    numbering = '<w:abstractNum w:abstractNumId="0"/><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    members = package(paragraph("KẾ HOẠCH") + table(HEAD_CELLS), numbering=numbering)
    xml = members[name]
    data = xml.encode() if isinstance(xml, str) else xml
    for where, length, piece in edits:
        at = int(where * len(data))
        data = data[:at] + piece + data[at + length :]
    _opens(zipped({**members, name: data}))


@settings(max_examples=12, deadline=None)
@given(st.floats(0, 1), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=30))
def test_a_damaged_pdf_is_opened_or_refused(kept: float, flips: list[tuple[float, int]]) -> None:
    data = bytearray(_files()["pdf"])
    for where, byte in flips:
        data[int(where * (len(data) - 1))] = byte
    _opens(bytes(data[: max(8, int(kept * 1.2 * len(data)))]))
