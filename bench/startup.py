"""How long a command and the pages take to begin, and what the server holds in memory: ``python -m bench.startup``."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

from app.feature import features
from bench.figures import Figure, show

ROOT = Path(__file__).resolve().parent.parent
READ_GOAL = 2.0  # seconds for a command that reads one small plan
SERVE_GOAL = 5.0  # seconds from the command to the first page, on a folder that is set up
MEMORY_GOAL = 300.0  # MB of all processes of the server after that page
PATIENCE = 60.0
PLAN = """ỦY BAN NHÂN DÂN TỈNH

Số: 12/KH-UBND

KẾ HOẠCH
Truyền thông về chuyển đổi số năm 2026

1. Mục đích
a) Nâng cao nhận thức của người dân.
2. Nhiệm vụ
a) Xây dựng chuyên mục trên báo, đài.
"""


def is_there(word: str) -> bool:
    """Whether ``python -m app <word>`` can be loaded."""
    for feature in features():
        if word in feature.commands:
            try:
                import_module(feature.commands[word].partition(":")[0])
            except ModuleNotFoundError:
                return False
            return True
    return False


def run(*words: str, data: Path, **extra: str) -> subprocess.CompletedProcess[bytes]:
    """Run one command of the product on the data folder."""
    env = {**os.environ, "LOA_DATA": str(data), **extra}
    return subprocess.run(
        [sys.executable, "-m", "app", *words], cwd=ROOT, env=env, capture_output=True, check=False
    )


def time_reading(data: Path) -> list[Figure]:
    """Seconds that ``plan read`` takes on a small text, the best of three."""
    if not is_there("plan"):
        print("plan read: the command is not there, not measured")
        return []
    text = data / "plan.txt"
    text.write_text(PLAN, "utf-8")
    best = PATIENCE
    for _ in range(3):
        begun = time.perf_counter()
        done = run("plan", "read", str(text), data=data)
        if done.returncode:
            print("plan read failed:", done.stderr.decode("utf-8", "replace").strip()[-300:])
            return []
        best = min(best, time.perf_counter() - begun)
    return [Figure("plan read, small text", best, "s", READ_GOAL)]


def time_serving(data: Path) -> list[Figure]:
    """Seconds from ``serve`` to the first page, and the memory of the server then."""
    if not is_there("serve"):
        print("serve: the command is not there, not measured")
        return []
    run("db", "upgrade", data=data)
    port = free_port()
    env = {**os.environ, "LOA_DATA": str(data), "LOA_PORT": str(port)}
    begun = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "app", "serve"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while not answers(port):
            if server.poll() is not None or time.perf_counter() - begun > PATIENCE:
                print("serve: no page came")
                return []
            time.sleep(0.02)
        figures = [Figure("serve to the first page", time.perf_counter() - begun, "s", SERVE_GOAL)]
        if memory := memory_of(server.pid):
            figures.append(Figure("memory of the server", memory, "MB", MEMORY_GOAL))
        return figures
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answers(port: int) -> bool:
    """Whether the sign-in page comes."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/sign-in")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def memory_of(pid: int) -> float:
    """Megabytes that a process and its children hold (shared pages once per process); 0 where /proc is not."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)
    return own + sum(memory_of(int(child)) for child in children)


def main() -> None:
    """Measure and show."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        show([*time_reading(data), *time_serving(data)])


if __name__ == "__main__":
    main()
