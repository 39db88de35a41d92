"""``python -m app plan read``: a file in, JSON out, without pages, database or settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PLAN = ROOT / "tests" / "data" / "plans" / "ke-hoach.txt"


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command in an empty folder, where nothing is set up."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LOA_")}
    environ |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )


def test_the_reading_comes_as_json_and_leaves_no_data_folder(tmp_path: Path) -> None:
    done = run("-m", "app", "plan", "read", str(PLAN), "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    assert read["task_groups"][1]["lead"] == ["Sở Giáo dục và Đào tạo"]
    assert read["trace"]["title"]
    assert list(tmp_path.iterdir()) == []


def test_neither_pages_nor_database_are_loaded(tmp_path: Path) -> None:
    code = (
        "import sys; from click.testing import CliRunner; from app.cli import cli; "
        f"answer = CliRunner().invoke(cli, ['plan', 'read', {str(PLAN)!r}, '--json']); "
        "assert answer.exit_code == 0, answer.output; "
        "print([name for name in ('flask', 'sqlalchemy', 'wtforms', 'app.settings', 'app.db') if name in sys.modules])"
    )
    done = run("-c", code, folder=tmp_path)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_what_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    done = run("-m", "app", "plan", "read", "khong-co.txt", folder=tmp_path)
    assert done.returncode == 2
    assert "khong-co.txt" in done.stderr
    assert "Traceback" not in done.stderr
