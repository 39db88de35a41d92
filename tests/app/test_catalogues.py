"""Both languages are complete."""

from __future__ import annotations

import string

import pytest

from app.web.catalogues import WINGS, catalogue, untranslated


@pytest.mark.parametrize("wing", WINGS)
def test_every_sentence_has_its_english(wing: str) -> None:
    assert list(untranslated(wing)) == []


@pytest.mark.parametrize("wing", WINGS)
def test_english_fills_in_the_same_values(wing: str) -> None:
    def names(text: str) -> set[str]:
        return {
            name
            for _, name, _, _ in string.Formatter().parse(text.replace("%(", "{").replace(")s", "}"))
            if name
        }

    wrong = [
        (message.id, message.string)
        for message in catalogue(wing)
        if isinstance(message.id, str) and message.id and names(message.id) != names(str(message.string))
    ]
    assert wrong == []
