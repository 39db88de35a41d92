"""Files by content."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from app.errors import Missing
from app.storage import FileStore


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    store = FileStore(tmp_path / "files")
    name = store.keep(b"Loa")
    assert store.keep(b"Loa") == name == hashlib.sha256(b"Loa").hexdigest()
    assert store.read(name) == b"Loa"
    assert [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()] == [name]


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FileStore(tmp_path)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.keep(b"Loa")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_damaged_file_is_refused_and_can_be_kept_again(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    name = store.keep(b"Loa")
    store.path(name).write_bytes(b"loa")
    with pytest.raises(Missing, match="hỏng"):
        store.read(name)
    store.keep(b"Loa")
    assert store.read(name) == b"Loa"


def test_a_file_that_is_gone_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="không còn"):
        FileStore(tmp_path).read("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 62 + "/x", "0" * 65])
def test_a_name_that_is_no_hash_is_missing(tmp_path: Path, name: str) -> None:
    with pytest.raises(Missing):
        FileStore(tmp_path).path(name)
