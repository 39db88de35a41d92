"""The process that reads one PDF: its bytes come in, its lines and their pages go out as JSON."""

import contextlib
import json
import sys

from app.text import nfc
from campaigns.planfile.containers.legacy import repair
from campaigns.planfile.containers.limits import MOST_MEMORY, MOST_SECONDS, MOST_TEXT
from campaigns.planfile.containers.pdf_pages import read_pages
from campaigns.planfile.containers.pdf_text import write_pages
from campaigns.planfile.unreadable import SCANNED, TOO_LARGE, Unreadable

_FEWEST_LETTERS = 20  # on all pages together; stamps on a scan have about as many
_LETTERS_PER_PAGE = 5


def read_pdf(data: bytes) -> tuple[list[str], list[int]]:
    """Return the lines of a PDF and the page, from 1, of each.

    Raises:
        Unreadable: it wants a password, is too large, or its pages are pictures.
    """
    pages = list(read_pages(data))
    letters = sum(c.isalpha() for page in pages for word in page.words for c in word.text)
    if letters < max(_FEWEST_LETTERS, _LETTERS_PER_PAGE * len(pages)):
        raise Unreadable(SCANNED)
    lines, numbers = write_pages(pages)
    text = nfc(repair("\n".join(lines)))
    if len(text) > MOST_TEXT:
        raise Unreadable(TOO_LARGE)
    return text.split("\n"), numbers


def _limit() -> None:
    """Bound the memory and the time of this process, where the system takes such limits."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


def main() -> None:
    """Read the PDF on the standard input; what else goes wrong ends the process and is a damaged file."""
    _limit()
    try:
        lines, pages = read_pdf(sys.stdin.buffer.read())
        answer: dict[str, object] = {"lines": lines, "pages": pages}
    except Unreadable as refusal:
        answer = {"refusal": str(refusal)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
