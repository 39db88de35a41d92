"""The one door through which files are opened: what a file is shows in its bytes, never in its name."""

from collections.abc import Callable

from app.feature import load
from campaigns.planfile.containers.archive import list_members
from campaigns.planfile.containers.delimited import read_delimited
from campaigns.planfile.containers.limits import MOST_BYTES
from campaigns.planfile.containers.plain import open_text
from campaigns.planfile.containers.source import Source
from campaigns.planfile.unreadable import (
    ARCHIVE,
    DAMAGED,
    ENCRYPTED,
    OLD_SHEET,
    OLD_WORD,
    OPEN_DOCUMENT,
    PICTURE,
    RICH_TEXT,
    SLIDES,
    TOO_LARGE,
    Unreadable,
)

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PDF_WITHIN = 1024  # a PDF may begin behind some other bytes
_REFUSED = (
    (PICTURE, (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM\x00", b"II*\x00", b"MM\x00*")),
    (ARCHIVE, (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"PK\x05\x06")),
    (RICH_TEXT, (b"{\\rtf",)),
)


def open_source(data: bytes) -> Source:
    """Return the text that a file holds.

    Takes DOCX, PDF with text, XLSX, CSV, and text in UTF-8, UTF-16, Windows-1258, TCVN3 or VNI.

    Raises:
        Unreadable: anything else; the sentence says what to do about it.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(TOO_LARGE)
    try:
        return _opener(data)(data)
    except Unreadable:
        raise
    except Exception as error:
        # The libraries raise whatever a damaged file makes them stumble over.
        raise Unreadable(DAMAGED) from error


def _opener(data: bytes) -> Callable[[bytes], Source]:
    """Return what opens such bytes.

    Raises:
        Unreadable: nothing does.
    """
    if data.startswith(_ZIP):
        return _office_opener(list_members(data))
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return _by_need("pdf:open_pdf")
    if data.startswith(_OLD_OFFICE):
        raise Unreadable(_old_office(data))
    for sentence, marks in _REFUSED:
        if data.startswith(marks):
            raise Unreadable(sentence)
    if data[:4] == b"RIFF" or data[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif"):
        raise Unreadable(PICTURE)
    return _open_text_file


def _by_need(name: str) -> Callable[[bytes], Source]:
    """Return an opener whose library is loaded for it: reading a text costs none of them."""
    opener: Callable[[bytes], Source] = load(f"{__package__}.{name}")
    return opener


def _open_text_file(data: bytes) -> Source:
    """Return a text file, its rows as rows where it is one table."""
    source = open_text(data)
    return read_delimited(source.text) or source


def _office_opener(members: list[str]) -> Callable[[bytes], Source]:
    if "word/document.xml" in members or any(name.startswith("word/document") for name in members):
        return _by_need("word:open_word")
    if any(name.startswith("xl/worksheets/") for name in members):
        return _by_need("sheet:open_sheet")
    if any(name.startswith("ppt/") for name in members):
        raise Unreadable(SLIDES)
    raise Unreadable(OPEN_DOCUMENT if "mimetype" in members and "content.xml" in members else ARCHIVE)


def _old_office(data: bytes) -> str:
    """Return what to do with a file of the old Office form, which also wraps encrypted new ones."""
    for name, sentence in (
        ("EncryptedPackage", ENCRYPTED),
        ("Workbook", OLD_SHEET),
        ("PowerPoint Document", SLIDES),
    ):
        if name.encode("utf-16-le") in data:
            return sentence
    return OLD_WORD
