"""What every word needs: where things lie, how to say what is being done, and how to fail clearly."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = "Scripts" if os.name == "nt" else "bin"
PYTHON = ROOT / ".venv" / BIN / "python"


class StepFailed(Exception):
    """One step of the set-up or of the checks did not work; the message says what to do."""


def say(text: str) -> None:
    """Print one line of progress at once."""
    print(f"» {text}", flush=True)


@contextmanager
def step(what: str, *, advice: str) -> Iterator[None]:
    """Announce *what*, time it, and turn a failed command into StepFailed with *advice*."""
    say(f"{what} …")
    began = time.monotonic()
    try:
        yield
    except (subprocess.CalledProcessError, OSError) as fault:
        raise StepFailed(f"{what}: không xong ({fault}).\n  {advice}") from fault
    say(f"{what}: xong trong {time.monotonic() - began:.1f} s")


def run(
    *command: str | Path, env: Mapping[str, str] | None = None, cwd: Path = ROOT, quiet: bool = False
) -> None:
    """Run a command in the project's folder; a quiet one shows its output only when it fails."""
    words = [str(word) for word in command]
    full = {**os.environ, **(env or {})}
    if not quiet:
        subprocess.run(words, cwd=cwd, env=full, check=True)
        return
    done = subprocess.run(words, cwd=cwd, env=full, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        raise subprocess.CalledProcessError(done.returncode, words)


def become(command: Sequence[str | Path], env: Mapping[str, str] | None = None) -> int:
    """Replace this process by *command*, so that signals reach it unchanged; on Windows wait for it."""
    words = [str(word) for word in command]
    full = {**os.environ, **(env or {})}
    sys.stdout.flush()
    os.chdir(ROOT)
    if os.name == "nt":
        return subprocess.run(words, env=full, check=False).returncode
    return os.execve(words[0], words, full)  # never returns
