"""The command ``plan read``."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from campaigns.planfile.command import plan, read_file
from campaigns.planfile.containers.limits import MOST_BYTES
from campaigns.planfile.unreadable import Unreadable

ROOT = Path(__file__).resolve().parents[3]
PLAN = ROOT / "tests" / "data" / "plans" / "ke-hoach.txt"


def test_json_is_what_the_reader_gives() -> None:
    result = CliRunner().invoke(plan, ["read", str(PLAN), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == read_file(PLAN)


def test_a_summary_is_readable_vietnamese() -> None:
    result = CliRunner().invoke(plan, ["read", str(PLAN)])
    assert result.exit_code == 0
    assert "Cơ quan ban hành: Ủy ban nhân dân tỉnh Sông Trà" in result.stdout
    assert "Chủ trì: Sở Giáo dục và Đào tạo" in result.stdout


@pytest.mark.parametrize(
    ("name", "data"),
    [("trống.txt", b""), ("hình.txt", b"\x00\x01"), ("không có.txt", None), ("thư mục", b"/")],
)
def test_a_bad_file_is_refused_in_one_sentence(name: str, data: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / name
    if data == b"/":
        file.mkdir()
    elif data is not None:
        file.write_bytes(data)
    result = CliRunner().invoke(plan, ["read", str(file)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.strip().endswith(".")
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "lớn.txt"
    with file.open("wb") as large:
        large.truncate(MOST_BYTES + 1)
    with pytest.raises(Unreadable, match="quá lớn"):
        read_file(file)


def test_the_command_loads_neither_web_nor_database() -> None:
    code = "import sys, campaigns.planfile.command; print(sorted({'flask', 'sqlalchemy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
