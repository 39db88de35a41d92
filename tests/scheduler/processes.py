"""Real scheduler processes for tests: started, waited for, and never left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, text

ROOT = Path(__file__).resolve().parents[2]


def start(*words: str, data: Path, database_url: str) -> subprocess.Popen[bytes]:
    """A Python process of this project on that database; its words go to ``<data>/<pid of this>.log``."""
    data.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "LOA_DATA": str(data),
        "LOA_DATABASE_URL": database_url,
        "LOA_PUBLIC_URL": "https://loa.example.vn",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with (data / "log").open("ab") as log:
        return subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment, stdout=log, stderr=log)


def start_scheduler(data: Path, database_url: str, *, lease: float = 1.0) -> subprocess.Popen[bytes]:
    """A healthy ``python -m scheduler``."""
    return start("-m", "scheduler", "--lease", str(lease), data=data, database_url=database_url)


def end(*processes: subprocess.Popen[bytes]) -> list[int]:
    """Ask all to stop by SIGTERM, wait, and give their exit codes; what does not stop is killed."""
    for process in processes:
        process.terminate()
    codes = []
    for process in processes:
        try:
            codes.append(process.wait(20))
        except subprocess.TimeoutExpired:
            process.kill()
            codes.append(process.wait())
    return codes


def wait_until(holds: Callable[[], bool], *, seconds: float = 30.0) -> bool:
    """Whether *holds* came true in time."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if holds():
            return True
        time.sleep(0.1)
    return holds()


def count(engine: Engine, asked: str) -> int:
    """The one number that a statement gives."""
    with engine.connect() as connection:
        return int(connection.execute(text(asked)).scalar_one())
