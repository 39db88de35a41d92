"""Pictures: what may come in, and what is left of it."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import Invalid, Missing
from app.storage import FileStore
from content.media import pictures
from content.media.models import Asset, AssetSize
from content.media.pictures import prepare
from content.media.queries import picture_file
from content.media.services import describe_picture, keep_picture
from tests.conftest import NOW
from tests.factories import make_person


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object
) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    made = Image.new(mode, size, "blue")
    made.paste("red", (0, 0, size[0] // 2, size[1]))
    buffer = io.BytesIO()
    made.save(buffer, kind, **options)
    return buffer.getvalue()


def _opened(content: bytes) -> Image.Image:
    made = Image.open(io.BytesIO(content))
    made.load()
    return made


def test_a_turned_photograph_stands_upright_and_forgets_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees clockwise to see it upright
    exif[0x010F] = "Máy ảnh"
    exif.get_ifd(0x8825).update({1: "N", 2: (15.0, 7.0, 12.0), 3: "E", 4: (108.0, 47.0, 30.0)})
    given = picture(exif=exif)
    assert _opened(given).getexif().get_ifd(0x8825)
    made = prepare(given)
    for one in (made.original, *made.sizes):
        assert (one.width, one.height) == (48, 64)
        assert not _opened(one.content).getexif()
        assert b"Exif" not in one.content
    red, green, blue = _opened(made.original.content).convert("RGB").getpixel((24, 5))  # type: ignore[misc]
    assert red > 200
    assert blue < 60
    assert green < 60


@pytest.mark.parametrize(
    ("kind", "mode", "mime"),
    [
        ("PNG", "RGBA", "image/png"),
        ("PNG", "RGB", "image/jpeg"),
        ("JPEG", "RGB", "image/jpeg"),
        ("JPEG", "L", "image/jpeg"),
        ("JPEG", "CMYK", "image/jpeg"),
        ("WEBP", "RGB", "image/jpeg"),
        ("GIF", "P", "image/jpeg"),
        ("AVIF", "RGB", "image/jpeg"),
    ],
)
def test_each_format_is_kept_as_one_of_two(kind: str, mode: str, mime: str) -> None:
    colour = 0 if mode in {"L", "P"} else "red"
    buffer = io.BytesIO()
    Image.new(mode, (40, 30), colour).save(buffer, kind)
    made = prepare(buffer.getvalue())
    assert made.original.mime == mime
    assert [size.mime for size in made.sizes] == ["image/webp"]


def test_sizes_are_made_at_upload_and_never_larger_than_the_picture() -> None:
    assert [size.width for size in prepare(picture(size=(2000, 1000))).sizes] == [480, 960, 1600]
    assert [size.width for size in prepare(picture(size=(700, 100))).sizes] == [480, 700]
    assert [(size.width, size.height) for size in prepare(picture(size=(1200, 1))).sizes] == [
        (480, 1),
        (960, 1),
        (1200, 1),
    ]


def _bomb(width: int, height: int) -> bytes:
    """A tiny PNG that says it is enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8_000, 7_000), (12_000, 12_000), (60_000, 60_000), (16_001, 1)])
def test_a_decompression_bomb_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(Invalid, match="điểm ảnh"):
        prepare(_bomb(*size))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "SVG"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><svg/>', "SVG"),
        ("<svg/>".encode("utf-16"), "SVG"),
        (b"", "không phải là ảnh"),
        (b"khong phai anh", "không phải là ảnh"),
        (b"%PDF-1.7", "không phải là ảnh"),
        (picture()[:400], "hỏng"),
        (picture("PNG")[:60], "hỏng"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "ảnh"),
    ],
)
def test_what_is_not_a_picture_is_refused_in_words(content: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        prepare(content)


def test_other_formats_of_pillow_stay_shut() -> None:
    for kind in ("BMP", "TIFF", "ICO"):
        with pytest.raises(Invalid, match="không phải là ảnh"):
            prepare(picture(kind))


def test_a_file_over_fifteen_megabytes_is_refused() -> None:
    with pytest.raises(Invalid, match="15 MB"):
        prepare(b"\0" * (pictures.LARGEST + 1))


def _keep(
    session: Session, files: FileStore, content: bytes, *, alt_text: str = "Lớp học số", name: str = "a.jpg"
) -> Asset:
    actor = make_person(session)
    return keep_picture(
        session,
        files,
        content,
        name=name,
        alt_text=alt_text,
        credit="Ảnh: Bình",
        licence="",
        actor=actor,
        now=NOW,
    )


def test_a_png_named_jpg_is_known_by_its_bytes(session: Session, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    asset = _keep(session, files, picture("PNG", mode="RGBA"), name="C:\\Ảnh\\lớp học.jpg")
    assert (asset.mime, asset.name) == ("image/png", "lớp học.jpg")
    assert _opened(files.read(asset.sha256)).format == "PNG"


@pytest.mark.parametrize("alt_text", ["", "  ", "..."])
def test_a_picture_without_alternative_text_is_refused(
    session: Session, tmp_path: Path, alt_text: str
) -> None:
    with pytest.raises(Invalid, match="lời thay ảnh"):
        _keep(session, FileStore(tmp_path), picture(), alt_text=alt_text)
    assert session.scalar(select(func.count()).select_from(Asset)) == 0


def test_pictures_are_served_in_the_next_width(session: Session, tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    asset = _keep(session, files, picture(size=(1000, 500)))
    assert _opened(picture_file(session, files, asset, 480).content).width == 480
    assert _opened(picture_file(session, files, asset, 1600).content).width == 1000
    with pytest.raises(Missing):
        picture_file(session, files, asset, 481)


def test_other_words_for_a_picture_make_another_row_with_the_same_files(
    session: Session, tmp_path: Path
) -> None:
    asset = _keep(session, FileStore(tmp_path), picture(size=(1000, 500)))
    actor = make_person(session)
    given = {"credit": asset.credit, "licence": asset.licence, "actor": actor, "now": NOW}
    assert describe_picture(session, asset, alt_text=asset.alt_text, **given) is asset  # type: ignore[arg-type]
    other = describe_picture(session, asset, alt_text="Bà con học dùng VNeID", **given)  # type: ignore[arg-type]
    assert (other.sha256, asset.alt_text) == (asset.sha256, "Lớp học số")
    rows = select(func.count()).select_from(AssetSize).where(AssetSize.asset_id == other.id)
    assert session.scalar(rows) == 3
