"""The English catalogues: one for each wing, drawn from its code and templates. ``./run.sh words`` renews them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.web.i18n import ROOT

WINGS = ("app", "content", "campaigns", "scheduler")
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS: dict[str, dict[str, Any]] = {
    "**/templates/**.html": {"extensions": "jinja2.ext.do", "encoding": "utf-8"}
}
CONSTANT_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # so that a renewal without news changes no file
KEYWORDS: dict[str, Any] = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


def path_of(wing: str) -> Path:
    """Where the wing's English catalogue lies."""
    return ROOT / wing / "translations" / "en" / "LC_MESSAGES" / "messages.po"


def sentences(wing: str) -> Catalog:
    """Every sentence of a wing, with the places where it stands."""
    found = Catalog(charset="utf-8")
    for file, line, message, _comments, context in extract_from_dir(
        ROOT / wing, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS
    ):
        found.add(message, None, [(f"{wing}/{file}", line)], context=context)
    return found


def catalogue(wing: str) -> Catalog:
    """The wing's catalogue as it is; an empty one when there is none yet."""
    path = path_of(wing)
    if not path.is_file():
        return Catalog(
            locale="en", charset="utf-8", project="Loa", version="1", header_comment="# Loa, English"
        )
    with path.open("rb") as file:
        return read_po(file, locale="en")


def untranslated(wing: str) -> Iterator[str]:
    """Sentences of the wing that have no English, or a doubtful one."""
    known = catalogue(wing)
    for message in sentences(wing):
        if message.id:
            held = known.get(message.id)
            if held is None or not held.string or held.fuzzy:
                yield message.id if isinstance(message.id, str) else message.id[0]


def renew(wing: str) -> int:
    """Bring the catalogue up to the code, keeping what was translated; returns how many sentences lack English."""
    path, known = path_of(wing), catalogue(wing)
    known.update(sentences(wing), no_fuzzy_matching=True)
    known.obsolete.clear()
    known.fuzzy = False
    known.header_comment = "# Loa: English beside the Vietnamese source."
    known.project, known.version, known.last_translator, known.msgid_bugs_address = "Loa", "1", "Loa", "-"
    known.creation_date = known.revision_date = CONSTANT_DATE
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file,
            known,
            width=110,
            omit_header=False,
            sort_output=True,
            no_location=True,
            ignore_obsolete=True,
        )
    return sum(1 for _ in untranslated(wing))


def main() -> int:
    """Renew all catalogues and say what is missing; status 1 when something is."""
    missing = 0
    for wing in WINGS:
        lacking = renew(wing)
        missing += lacking
        print(f"{wing}: {len(catalogue(wing))} câu, thiếu tiếng Anh {lacking}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
