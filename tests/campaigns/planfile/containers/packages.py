"""Office files put together from bare XML, for what no library writes and for what nobody should."""

import io
import zipfile

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN = {"document": "document.main"}
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOTS = {
    "document": "document",
    "numbering": "numbering",
    "styles": "styles",
    "header": "hdr",
    "footnotes": "footnotes",
}


def zipped(members: dict[str, bytes | str]) -> bytes:
    """Return a zip of those members."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return kept.getvalue()


def package(body: str, **parts: str) -> dict[str, bytes | str]:
    """Return the members of a DOCX: the inside of its body, and of other parts by their names."""
    inside = {"document": f"<w:body>{body}</w:body>", **parts}
    members: dict[str, bytes | str] = {
        f"word/{name}.xml": f"<w:{_ROOTS[name]} {_NAMES}>{xml}</w:{_ROOTS[name]}>"
        for name, xml in inside.items()
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_KIND}.{_MAIN.get(name, name)}+xml"/>'
        for name in inside
    )
    members["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    members["_rels/.rels"] = _relations({"officeDocument": "word/document.xml"})
    members["word/_rels/document.xml.rels"] = _relations({name: f"{name}.xml" for name in parts})
    return members


def _relations(targets: dict[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="r{i}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'


def word(body: str, **parts: str) -> bytes:
    """Return a DOCX of bare XML."""
    return zipped(package(body, **parts))


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str = "", properties: str = "", *, inside: str = "") -> str:
    """Return a paragraph of one run, or of what *inside* gives."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside or run(text)}</w:p>"


def numbered(text: str, num_id: int, level: int = 0) -> str:
    """Return a paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')


def abstract_list(key: int, *levels: tuple[str, str], extra: str = "") -> str:
    """Return an abstract list of levels, each a format and a text."""
    listed = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (style, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{key}">{extra}{listed}</w:abstractNum>'


def concrete_list(num_id: int, abstract: int, *, starts: dict[int, int] | None = None) -> str:
    """Return a list of an abstract one, some levels starting anew."""
    overrides = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for level, start in (starts or {}).items()
    )
    return f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def cell(text: str, properties: str = "") -> str:
    """Return a cell of a table, a paragraph for each line of *text*."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(paragraph, text.splitlines() or ['']))}</w:tc>"


def table(*rows: list[str], ruled: bool = True) -> str:
    """Return a table of rows of cells."""
    rule = "single" if ruled else "nil"
    borders = f'<w:tblBorders><w:insideH w:val="{rule}"/><w:insideV w:val="{rule}"/></w:tblBorders>'
    listed = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr>{listed}</w:tbl>"


HEAD_CELLS = [cell(text) for text in ("STT", "Nhiệm vụ", "Chủ trì", "Thời gian")]
"""The head of a table of tasks."""
