"""PDF: read in a process of its own, so that a hostile file costs no more than its limits of time and memory.

The library behind it is written in C++ and is not safe to be used by two threads at once; apart from the pages that
serve people neither matters.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from campaigns.planfile.containers.limits import MOST_SECONDS
from campaigns.planfile.containers.source import Container, Source
from campaigns.planfile.unreadable import DAMAGED, Unreadable

_ROOT = Path(__file__).resolve().parents[3]


def open_pdf(data: bytes) -> Source:
    """Return the text of a PDF, its lines as printed, with the page of each.

    Raises:
        Unreadable: damaged, encrypted, without text, too large, or not read within its time.
    """
    try:
        done = subprocess.run(  # noqa: S603 - this project's own module, with fixed words
            [sys.executable, "-m", f"{__package__}.pdf_process"],
            input=data,
            capture_output=True,
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            timeout=MOST_SECONDS,
            check=True,
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise Unreadable(DAMAGED) from error
    if "refusal" in answer:
        raise Unreadable(answer["refusal"])
    return Source("\n".join(answer["lines"]), Container.PDF, pages=tuple(answer["pages"]))
