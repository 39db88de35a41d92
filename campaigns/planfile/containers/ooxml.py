"""The names of WordprocessingML and how its attributes are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

T = TypeVar("T", int, None)


def find(element: _Element | None, name: str) -> _Element | None:
    """Return the first child of that name (in the namespace of Word)."""
    return None if element is None else element.find(W + name)


def attribute(element: _Element | None, name: str) -> str | None:
    """Return an attribute in the namespace of Word."""
    return None if element is None else element.get(W + name)


def integer(element: _Element | None, default: T) -> int | T:
    """Return the ``w:val`` of an element as a number, or *default* where there is none."""
    value = attribute(element, "val")
    return int(value) if value and value.lstrip("-").isdecimal() else default


def is_on(element: _Element | None) -> bool | None:
    """Return what a switch such as ``w:b`` says; None where it is not there."""
    return None if element is None else attribute(element, "val") not in ("0", "false", "off", "none")
