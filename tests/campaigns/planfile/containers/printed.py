"""A printer of small PDFs: words at places, straight rules; letters are found by their code, no font is embedded."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
ADVANCE = 0.5
"""Each letter is half as wide as it is high."""

_TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
{count} beginbfrange
{ranges}
endbfrange endcmap CMapName currentdict /CMap defineresource pop end end"""


@dataclass
class Sheet:
    """One page to be printed: texts by place from the top left, rules, and its rotation."""

    texts: list[tuple[float, float, float, str]] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    rotation: int = 0
    raw: list[bytes] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 12) -> None:
        """Print a text from *x* on, its baseline *y* below the top."""
        self.texts.append((x, y, size, text))

    def turned(self, place: tuple[float, float], degrees: int, text: str) -> None:
        """Print a text so that it stands upright on a page that is shown turned; *place* from the top left, unturned."""
        a, b = {90: (0, 1), 180: (-1, 0), 270: (0, -1)}[degrees]
        x, y = place
        codes = text.encode("utf-16-be").hex()
        self.raw.append(f"BT /F 12 Tf {a} {b} {-b} {a} {x} {HEIGHT - y} Tm <{codes}> Tj ET".encode())

    def centred(self, y: float, text: str, size: float = 12, middle: float = WIDTH / 2) -> None:
        """Print a text around the middle of the page, or of a column."""
        self.text(middle - len(text) * size * ADVANCE / 2, y, text, size)

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Rule a table with those columns and rows."""
        self.rules += [(x, ys[0], x, ys[-1]) for x in xs]
        self.rules += [(xs[0], y, xs[-1], y) for y in ys]

    def content(self) -> bytes:
        """Return the page in the language of the printer."""
        lines = [f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S" for x0, y0, x1, y1 in self.rules]
        for x, y, size, text in self.texts:
            codes = text.encode("utf-16-be").hex()
            lines.append(f"BT /F {size} Tf {x} {HEIGHT - y} Td <{codes}> Tj ET")
        return b"\n".join(["\n".join(lines).encode(), *self.raw])


def _font() -> list[bytes]:
    ranges = "\n".join(
        f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in (0, 1, 3, 0x1E, 0x20, 0xFB)
    )
    unicode = _TO_UNICODE.format(count=ranges.count("\n") + 1, ranges=ranges).encode()
    return [
        b"<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Own/CIDSystemInfo 7 0 R/DW 500/FontDescriptor 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(unicode), unicode),
        b"<</Type/FontDescriptor/FontName/Own/Flags 4/FontBBox[0 -200 1000 800]/Ascent 800/Descent -200/StemV 80>>",
        b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
    ]


def print_pdf(sheets: Sequence[Sheet]) -> bytes:
    """Return a PDF of those pages."""
    first = 8
    kids = b" ".join(b"%d 0 R" % (first + 2 * i) for i in range(len(sheets)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(sheets)),
        *_font(),
    ]
    for i, sheet in enumerate(sheets):
        content = sheet.content()
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Rotate %d/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (WIDTH, HEIGHT, sheet.rotation, first + 2 * i + 1)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()
