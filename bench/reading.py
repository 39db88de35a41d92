"""Reading a plan in the process: seed 004 where ``LOA_SHARED`` names its folder, else our own plan of its shape."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

from bench.figures import Figure, show
from campaigns.planfile.reader import read_plan

OWN = Path(__file__).resolve().parents[1] / "tests" / "data" / "plans" / "ke-hoach.txt"
GOAL = 0.5  # seconds
RUNS = 5


def main() -> None:
    """Show the median of a few readings beside its goal."""
    shared = os.environ.get("LOA_SHARED")
    path = Path(shared) / "plans" / "seeds" / "004.txt" if shared else OWN
    content = path.read_bytes()
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        read_plan(content, name=path.name)
        taken.append(time.perf_counter() - began)
    show([Figure(f"read {path.name} in the process", statistics.median(taken), "s", GOAL)])


if __name__ == "__main__":
    main()
