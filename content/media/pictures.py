"""Pictures as bytes: what may come in, and what is kept of it. Pure; Pillow is met here and nowhere else."""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from app.errors import N_, Invalid

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
LARGEST = 15 * 1024 * 1024  # bytes
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 16_000  # pixels; WebP ends at 16,383
WIDTHS = (480, 960, 1600)
_OPTIONS: dict[str, dict[str, int | bool]] = {
    "PNG": {"optimize": False},
    "JPEG": {"quality": 88, "progressive": True},
    "WEBP": {"quality": 82, "method": 2},
}
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error)

# Pillow warns from MAX_IMAGE_PIXELS on and refuses at twice as many; for us the warning is a refusal as well.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Rendition:
    """One encoded picture: its bytes, how wide and high it is in pixels, and its MIME type."""

    content: bytes
    width: int
    height: int
    mime: str


@dataclass(frozen=True)
class Prepared:
    """The original as it is kept, and the same picture in the widths that pages ask for."""

    original: Rendition
    sizes: tuple[Rendition, ...]


def prepare(content: bytes) -> Prepared:
    """*content* verified, upright, encoded anew (so that camera notes and GPS are gone), with its sizes.

    Raises:
        Invalid: too large, not one of ``FORMATS``, or damaged.
    """
    picture, profile = _open(content)
    has_alpha = picture.has_transparency_data
    upright = picture.convert("RGBA" if has_alpha else "RGB")
    widths = sorted({min(width, upright.width) for width in WIDTHS})
    return Prepared(
        original=_encode(upright, "PNG" if has_alpha else "JPEG", profile),
        sizes=tuple(_encode(_resize(upright, width), "WEBP", profile) for width in widths),
    )


def _open(content: bytes) -> tuple[Image.Image, bytes | None]:
    """The decoded picture, upright, and its colour profile when that still fits."""
    if len(content) > LARGEST:
        raise Invalid(N_("Ảnh nặng hơn 15 MB. Hãy giảm kích thước ảnh rồi chọn lại."))
    if _is_svg(content):
        raise Invalid(
            N_("Loa không nhận ảnh SVG vì trong đó có thể có mã chạy. Hãy xuất ảnh thành PNG hoặc JPEG.")
        )
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as found:
            _check_size(found.width, found.height)
            found.load()
            profile = found.info.get("icc_profile") if found.mode in {"RGB", "RGBA", "P"} else None
            return ImageOps.exif_transpose(found), profile if isinstance(profile, bytes) else None
    except UnidentifiedImageError as fault:
        raise Invalid(N_("Tệp này không phải là ảnh PNG, JPEG, WebP, GIF hoặc AVIF.")) from fault
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise _too_many_pixels() from fault
    except _DAMAGED as fault:
        raise Invalid(N_("Tệp ảnh bị hỏng nên không đọc được. Hãy chọn tệp khác.")) from fault


def _check_size(width: int, height: int) -> None:
    """Refuse what would not fit into memory or into the formats we write."""
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise _too_many_pixels()


def _too_many_pixels() -> Invalid:
    return Invalid(
        N_(
            "Ảnh có quá nhiều điểm ảnh (nhiều nhất 50 triệu, mỗi cạnh 16.000). Hãy giảm kích thước ảnh rồi chọn lại."
        )
    )


def _is_svg(content: bytes) -> bool:
    """Whether the file says that it is SVG or other XML, plain or in UTF-16."""
    head = content[:1024].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith((b"<?xml", b"<svg", b"<!doctype svg", b"<!--")) or b"<svg" in head


def _resize(picture: Image.Image, width: int) -> Image.Image:
    """*picture* in that width, its shape kept."""
    if width == picture.width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _encode(picture: Image.Image, kind: str, profile: bytes | None) -> Rendition:
    """*picture* as bytes of that format, with nothing beside the pixels but the colour profile."""
    buffer = io.BytesIO()
    picture.info.clear()  # some encoders write EXIF, XMP or comments that they find here
    picture.save(buffer, kind, icc_profile=profile or b"", **_OPTIONS[kind])
    return Rendition(buffer.getvalue(), picture.width, picture.height, f"image/{kind.lower()}")
