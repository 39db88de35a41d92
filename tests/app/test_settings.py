"""What an installation decides, and what it is told when it decides wrongly."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.errors import Invalid
from app.settings import Settings, load_settings


def load(tmp_path: Path, **given: str) -> Settings:
    return load_settings(
        {"LOA_DATA": str(tmp_path), **{f"LOA_{name}": value for name, value in given.items()}}
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "0", "LOA_PORT phải là số từ 1 đến 65535"),
        ("PORT", "70000", "LOA_PORT"),
        ("PORT", "tám", "“tám”"),
        ("PORT", "9" * 5000, "LOA_PORT"),
        ("PAGE_PROCESSES", "-1", "LOA_PAGE_PROCESSES"),
        ("PAGE_THREADS", "65", "LOA_PAGE_THREADS phải là số từ 1 đến 64"),
        ("PUBLIC_URL", "loa.example.vn", "LOA_PUBLIC_URL phải là địa chỉ http(s)"),
        ("PUBLIC_URL", "ftp://loa.example.vn", "LOA_PUBLIC_URL"),
        ("PUBLIC_URL", "http://[loa", "LOA_PUBLIC_URL"),
        ("PUBLIC_URL", "https://loa.example.vn:nein", "LOA_PUBLIC_URL"),
        ("DATABASE_URL", "mysql://a:mat-khau@b/c", "LOA_DATABASE_URL phải bắt đầu bằng"),
        ("DATABASE_URL", "postgresql+psycopg2://a/b", "LOA_DATABASE_URL"),
        ("DATABASE_URL", "postgresql://a:x/b", "LOA_DATABASE_URL"),
        ("DATABASE_URL", "sqlite://", "LOA_DATABASE_URL phải nêu tệp SQLite"),
        ("DATABASE_URL", "rubbish", "LOA_DATABASE_URL"),
        ("TRUST_PROXY", "maybe", "LOA_TRUST_PROXY phải là 1 hoặc 0"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(tmp_path: Path, name: str, value: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        load(tmp_path, **{name: value})
    assert said in str(refused.value)
    assert "mat-khau" not in str(refused.value)


def test_defaults_are_for_one_machine(tmp_path: Path) -> None:
    made = load(tmp_path)
    assert (made.host, made.port, made.public_url) == ("127.0.0.1", 8057, "http://127.0.0.1:8057")
    assert made.database_url == f"sqlite:///{tmp_path / 'loa.sqlite3'}"
    assert not made.trust_proxy
    assert not made.is_https


def test_the_file_counts_and_the_environment_counts_more(tmp_path: Path) -> None:
    (tmp_path / "loa.toml").write_text(
        'port = 9000\ntrust_proxy = true\nsite_name = "Quảng Ngãi"\npublic_url = "https://loa.vn/"\n', "utf-8"
    )
    made = load(tmp_path, PORT="9001")
    assert (made.port, made.trust_proxy, made.site_name) == (9001, True, "Quảng Ngãi")
    assert made.public_url == "https://loa.vn"
    assert made.is_https


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("prot = 1", "mục không rõ: PROT"),
        ('data = "elsewhere"', "mục không rõ: DATA"),
        ("port = ", "không đọc được"),
        ("port = [1]", "LOA_PORT"),
        ("[server]\nport = 1", "mục không rõ: SERVER"),
    ],
)
def test_a_wrong_file_is_refused_in_words(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "loa.toml").write_text(content, "utf-8")
    with pytest.raises(Invalid) as refused:
        load(tmp_path)
    assert said in str(refused.value)


def test_a_file_of_other_bytes_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "loa.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Invalid, match=r"loa\.toml"):
        load(tmp_path)


def test_a_data_folder_that_cannot_be_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Invalid) as refused:
        load_settings({"LOA_DATA": str(tmp_path / "file" / "data")})
    assert "thư mục dữ liệu" in str(refused.value)


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    first = load(tmp_path).secret_key
    assert len(first) >= 32
    assert load(tmp_path).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_processes_that_start_at_once_share_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: load(tmp_path).secret_key, range(16)))
    assert len(set(found)) == 1


def test_a_damaged_secret_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("")
    with pytest.raises(Invalid) as refused:
        load(tmp_path)
    assert "Khóa bí mật" in str(refused.value)
