"""Other layouts of a plan text: wrapped anew, dense, in one line per paragraph."""

import textwrap


def unwrap(text: str) -> list[str]:
    """Return the paragraphs of a double-spaced text that was wrapped near 78, by a rule of its own.

    A line that starts in lower case, or follows a long line without a stop, goes on.
    """
    paragraphs: list[str] = []
    last = ""
    for line in (raw.strip() for raw in text.split("\n")):
        if not line or line in ("Dự thảo", "2", "3"):
            continue
        marked = (
            line.startswith(("- ", "+ ")) or line.split(" ")[0].rstrip(")").endswith(".") or line[1:3] == ") "
        )
        goes_on = (
            bool(last)
            and (line[0].islower() or (len(last) > 60 and not last.endswith(("./.", ")."))))
            and not marked
        )
        if goes_on:
            paragraphs[-1] += " " + line
        else:
            paragraphs.append(line)
        last = line
    return paragraphs


def wrap(paragraphs: list[str], width: int, gap: str) -> str:
    """Return the paragraphs wrapped at *width*, with *gap* between lines of a paragraph."""
    parts = (gap.join(textwrap.wrap(p, width, break_on_hyphens=False) or [""]) for p in paragraphs)
    return gap.join(parts)
