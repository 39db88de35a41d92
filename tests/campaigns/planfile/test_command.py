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
from tests.campaigns.planfile.containers.papers import data_of, paper_of, word_of

ROOT = Path(__file__).resolve().parents[3]
PLAN = ROOT / "tests" / "data" / "plans" / "ke-hoach.txt"


def test_json_is_what_the_reader_gives() -> None:
    result = CliRunner().invoke(plan, ["read", str(PLAN), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == read_file(PLAN)


@pytest.mark.parametrize("name", ["cong-van.pdf", "cong-van.docx"])
def test_other_formats_are_read_as_well(name: str, tmp_path: Path) -> None:
    file = PLAN.parent / "containers" / name
    if name.endswith(".docx"):
        file = tmp_path / name
        file.write_bytes(data_of(word_of(paper_of((PLAN.parent / "cong-van.txt").read_text("utf-8")))))
    result = CliRunner().invoke(plan, ["read", str(file), "--json"])
    assert result.exit_code == 0
    read = json.loads(result.stdout)
    assert (read["source_file"], read["issuer"], read["date"]) == (
        name,
        "Sở Tài chính tỉnh Sông Trà",
        "2024-02-05",
    )


def test_the_help_says_which_formats_are_read() -> None:
    told = CliRunner().invoke(plan, ["read", "--help"]).stdout
    assert all(kind in told for kind in (".docx", ".pdf", ".xlsx", ".csv", ".txt", ".md"))


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


def test_reading_a_text_loads_no_library_of_another_format() -> None:
    code = (
        "import sys; from campaigns.planfile.command import read_file; read_file(sys.argv[1]);"
        "print(sorted({'docx', 'lxml', 'openpyxl', 'pypdfium2', 'sqlalchemy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(PLAN)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
