"""Each word of ./run.sh, in the order in which a newcomer meets them."""

import argparse
import os
import subprocess
import sys

import checks
import setup
from browser import need_browser
from steps import PYTHON, ROOT, StepFailed, become, run, say

USAGE = """\
./run.sh start [--demo]         cài đặt (nếu cần), dựng cơ sở dữ liệu, chạy trang và bộ lập lịch
                                set up if needed, migrate, run pages and scheduler;
                                --demo: một tỉnh minh họa vào cơ sở dữ liệu trống / filled with an example
./run.sh test [--long] [...]    kiểm tra tất cả: lint, kiểu, cơ sở dữ liệu, mọi bài thử
                                lint, types, db check, every test; further words go to pytest
./run.sh bench                  đo các con số đã hứa, đặt cạnh mục tiêu
                                print each promised figure beside its goal
./run.sh shots [--only TÊN]     chụp mọi trang của dữ liệu minh họa vào docs/screenshots, soát bố cục
                                pictures of every page of the demonstration; layout faults are told
./run.sh app ...                lệnh quản trị: python -m app ... (backup, restore, user, verify, plan, db)
                                the administrator's commands
./run.sh setup [--dev]          chỉ cài đặt / only the set-up
./run.sh lock                   khóa lại phiên bản các gói / renew the hashed locks
./run.sh words                  gom câu chữ cho bản tiếng Anh / renew the English catalogues
./run.sh fix                    sắp lại mã nguồn / format and mend what ruff can
"""


def main(argv: list[str]) -> int:
    """Carry out one word and return the exit status."""
    if not argv or argv[0] in {"-h", "--help", "help"}:
        print(USAGE, end="")
        return 0
    word = WORDS.get(argv[0])
    if word is None:
        print(f"Không có từ “{argv[0]}”. Các từ có:\n{USAGE}", end="", file=sys.stderr)
        return 2
    try:
        return word(argv[1:])
    except StepFailed as fault:
        print(f"✗ {fault}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as fault:
        print(f"✗ {' '.join(map(str, fault.cmd))}: mã {fault.returncode}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def start(rest: list[str]) -> int:
    """Set up what is missing, then become the two processes."""
    setup.set_up(dev=False)
    return become([PYTHON, "-m", "app", "start", *rest])


def test(rest: list[str]) -> int:
    """Run every check; see checks.py."""
    setup.set_up(dev=True)
    return checks.run_all(rest)


def bench(rest: list[str]) -> int:
    """Measure what the product promises."""
    setup.set_up(dev=True)
    return become([PYTHON, "-m", "bench", *rest])


def shots(rest: list[str]) -> int:
    """Photograph every page; see shots.py."""
    setup.set_up(dev=True)
    chromium = need_browser()
    if not chromium:
        raise StepFailed("Cần Chromium để chụp: đặt LOA_CHROMIUM, hoặc cài gói chromium.")
    env = {"LOA_CHROMIUM": chromium, "PYTHONPATH": str(ROOT)}
    return become([PYTHON, ROOT / ".run" / "shots.py", *rest], env)


def app(rest: list[str]) -> int:
    """Hand the words to the administrator's commands."""
    setup.set_up(dev=False)
    return become([PYTHON, "-m", "app", *rest])


def only_setup(rest: list[str]) -> int:
    """Set up and stop."""
    parser = argparse.ArgumentParser(prog="./run.sh setup")
    parser.add_argument("--dev", action="store_true")
    setup.set_up(dev=parser.parse_args(rest).dev)
    say("Đã cài đặt xong.")
    return 0


def lock(rest: list[str]) -> int:
    """Renew both locks from pyproject.toml; the development set stays on the product's versions."""
    compile_lock = [
        setup.need_uv(),
        "pip",
        "compile",
        "-q",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-emit-index-url",
        "pyproject.toml",
        *rest,
    ]
    run(*compile_lock, "-o", "requirements.txt")
    run(*compile_lock, "--group", "dev", "-c", "requirements.txt", "-o", "requirements-dev.txt")
    return 0


def words(rest: list[str]) -> int:
    """Renew the English catalogues of the wings from code and templates."""
    setup.need_packages(dev=True)
    return subprocess.run(
        [str(PYTHON), "-m", "app.web.catalogues", *rest], cwd=ROOT, env=os.environ, check=False
    ).returncode


def fix(rest: list[str]) -> int:
    """Format, and mend what can be mended without thought."""
    setup.need_packages(dev=True)
    run(PYTHON, "-m", "ruff", "check", "--fix", *rest, ".")
    run(PYTHON, "-m", "ruff", "format", ".")
    return 0


WORDS = {
    "start": start,
    "test": test,
    "bench": bench,
    "shots": shots,
    "app": app,
    "setup": only_setup,
    "lock": lock,
    "words": words,
    "fix": fix,
}
