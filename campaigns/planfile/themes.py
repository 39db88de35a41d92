"""Themes that a plan proposes by what its tasks name: movements in quotes, policies by number."""

import re
from collections.abc import Sequence

from app.text import fold
from campaigns.planfile.draft import Text, ThemeKind, ThemeProposal
from campaigns.planfile.text.block import cut
from campaigns.planfile.text.paragraphs import Paragraph
from content.references.citations import Citation, find_citations

_MOVEMENT = re.compile(
    r"(?P<kind>phong\s+trào|cuộc\s+vận\s+động|chiến\s+dịch|chương\s+trình|tháng\s+cao\s+điểm)(?:\s+thi\s+đua)?\s*[“\"«]"
    r"(?P<name>[^”\"»]{3,120})[”\"»]",
    re.IGNORECASE,
)
_POLICY = re.compile(r"nghị quyết|kết luận|chỉ thị|chương trình|đề án|chiến lược", re.IGNORECASE)
_OFTEN = 2


def read_themes(
    paragraphs: Sequence[Paragraph], tasks: Sequence[Text], title: Text | None
) -> tuple[ThemeProposal, ...]:
    """Return proposals of themes, those named most in the tasks first.

    *tasks* are the texts of groups and items. A movement needs one mention in quotes; a policy document
    needs two mentions in the tasks, or one in the tasks and one in the title.
    """
    found = [*_movements(paragraphs), *_documents(paragraphs, tasks, title)]
    return tuple(sorted(found, key=lambda theme: -theme.mentions))


def _movements(paragraphs: Sequence[Paragraph]) -> list[ThemeProposal]:
    seen: dict[str, ThemeProposal] = {}
    whole = fold(" ".join(paragraph.text for paragraph in paragraphs))
    for paragraph in paragraphs:
        for found in _MOVEMENT.finditer(paragraph.text):
            if find_citations(found["name"]):
                continue
            name = cut(paragraph, *found.span("name"), sure=0.9)
            key = fold(name.value)
            if key not in seen:
                seen[key] = ThemeProposal(name, (name.value,), None, ThemeKind.MOVEMENT, whole.count(key))
    return list(seen.values())


def _documents(
    paragraphs: Sequence[Paragraph], tasks: Sequence[Text], title: Text | None
) -> list[ThemeProposal]:
    counts: dict[str, int] = {}
    for text in [*tasks, *([title] if title else [])]:
        for number in {cite.number for cite in find_citations(text.value)}:
            counts[number] = counts.get(number, 0) + 1
    themes: list[ThemeProposal] = []
    for number, mentions in counts.items():
        source = _best_source(paragraphs, number) if mentions >= _OFTEN else None
        if source and (theme := _theme(*source, mentions)):
            themes.append(theme)
    return themes


def _best_source(paragraphs: Sequence[Paragraph], number: str) -> tuple[Paragraph, Citation] | None:
    """Return the citation of *number* that says most about it."""
    cites = [(p, c) for p in paragraphs for c in find_citations(p.text) if c.number == number]
    return max(cites, key=lambda pair: len(pair[1].subject or "") > 0) if cites else None


def _theme(paragraph: Paragraph, cite: Citation, mentions: int) -> ThemeProposal | None:
    if not cite.type_word or not _POLICY.match(cite.type_word):
        return None
    title = f"{cite.type_word} {cite.number}"
    subject = re.split(r"\s+(?:đến năm|trên địa bàn|giai đoạn|trong tình hình)|[“”\"]", cite.subject or "")[
        0
    ].strip(" ,")
    phrases = [title, f"{cite.type_word} số {cite.number}", cite.number]
    phrases += [subject] if 8 <= len(subject) <= 160 else []
    phrases += [cite.short_name] if cite.short_name else []
    name = cut(paragraph, cite.start, cite.end, f"{title} – {subject}" if subject else title, 0.8)
    return ThemeProposal(name, tuple(dict.fromkeys(phrases)), cite.number, ThemeKind.DOCUMENT, mentions)
