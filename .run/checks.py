"""What ./run.sh test runs, in the order in which it fails fastest."""

import argparse
import os

from browser import need_browser
from steps import PYTHON, StepFailed, run, say, step

PYTEST = ("-m", "pytest", "-q", "-n", "auto", "--dist", "worksteal")


def run_all(rest: list[str]) -> int:
    """Lint, types, migrations = models, then every test on both databases and in a browser."""
    parser = argparse.ArgumentParser(prog="./run.sh test")
    parser.add_argument("--long", action="store_true", help="also what takes longer")
    known, more = parser.parse_known_args(rest)
    chromium = need_browser()
    if not chromium and os.environ.get("CI"):
        raise StepFailed(
            "Không có trình duyệt Chromium: trong CI các bài thử trên trình duyệt không được bỏ qua."
        )
    env = {"LOA_CHROMIUM": chromium or "", "LOA_LONG": "1" if known.long else ""}
    if not more:
        lint()
    with step("Bài thử (pytest)", advice="Đọc phần FAILED ở trên."):
        run(PYTHON, *PYTEST, *more, env=env)
    if not chromium:
        say("BỎ QUA: mọi bài thử trên trình duyệt (không tìm thấy và không cài được Chromium).")
    return 0


def lint() -> None:
    """Everything that needs no test to be known wrong."""
    with step("Soát mã (ruff)", advice="./run.sh fix sửa được phần lớn."):
        run(PYTHON, "-m", "ruff", "format", "--check", "--quiet", ".")
        run(PYTHON, "-m", "ruff", "check", "--quiet", ".")
    with step("Soát mẫu trang (djlint)", advice="Sửa mẫu trang được nêu ở trên."):
        run(
            PYTHON,
            "-m",
            "djlint",
            "--lint",
            "--quiet",
            "app",
            "content",
            "campaigns",
            "scheduler",
            quiet=True,
        )
    with step("Soát kiểu (mypy --strict)", advice="Sửa chỗ được nêu ở trên."):
        run(PYTHON, "-m", "mypy")
        run(PYTHON, "-m", "mypy", "tests", "bench")
    with step(
        "Mô hình = bản di trú (db check)",
        advice="Thiếu một bản di trú: python -m app db revise 'nói gì đổi'.",
    ):
        run(PYTHON, "-m", "app", "db", "check")
