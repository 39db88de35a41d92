"""DTDs taken out of a document. What they declare is used only where it is a few plain letters."""

from __future__ import annotations

import re

from scheduler.watch.feedfile.unreadable import ENTITIES, Unreadable

LONGEST_VALUE = 200  # characters of one entity
MOST_ADDED = 200_000  # characters that all entities may add to a document

LONGEST_SUBSET = 100_000  # characters; the entities of HTML written out take a quarter

_BEGINS = re.compile(r"<!DOCTYPE", re.I)
_DOCTYPE = re.compile(
    r"""<!DOCTYPE(?:[^\[<>"']|"[^"]*"|'[^']*')*+(?:\[(?P<subset>(?:[^\]"']|"[^"]*"|'[^']*')*+)\])?\s*>""",
    re.I,
)
_ENTITY = re.compile(r"""<!ENTITY\s++(%?)\s*+([^\s%"'<>]++)\s++(?:"([^"]*)"|'([^']*)'|[^<>]*)""", re.I)


def without_doctype(text: str) -> str:
    """*text* without its DTD, the plain entities that it declared put in place.

    Raises:
        Unreadable: an entity is made of others, or long enough to swell the document.
    """
    begins = _BEGINS.search(text)
    if begins is None:
        return text
    found = _DOCTYPE.match(text, begins.start())
    if found is None:  # not even a DTD: only its name is taken out
        return text[: begins.start()] + text[begins.end() :]
    rest = text[: found.start()] + text[found.end() :]
    if len(found["subset"] or "") > LONGEST_SUBSET:
        raise Unreadable(ENTITIES)
    declared = _declared(found["subset"] or "")
    if not declared:
        return rest
    added = sum(len(value) * rest.count(f"&{name};") for name, value in declared.items())
    if added > MOST_ADDED or len(declared) > 1000:
        raise Unreadable(ENTITIES)
    return re.sub(r"&([^\s&;]{1,100});", lambda one: declared.get(one[1], one[0]), rest)


def _declared(subset: str) -> dict[str, str]:
    """The entities of a DTD by name; one that lies elsewhere is never fetched and stands for nothing."""
    declared: dict[str, str] = {}
    for one in _ENTITY.finditer(subset):
        value = one[3] if one[3] is not None else one[4]
        if one[1]:
            continue
        if value is not None and (len(value) > LONGEST_VALUE or re.search(r"[<%]|&(?!#)", value)):
            raise Unreadable(ENTITIES)
        declared.setdefault(one[2], value or "")
    return declared
