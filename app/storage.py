"""Files by their SHA-256 in a folder: the same bytes are kept once, and a file never changes under its name."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from app.errors import N_, Missing


class FileStore:
    """A folder ``ab/abcdef…`` of files named by content; writing is atomic, so a kill leaves no half file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes) -> str:
        """Store *content* and return its SHA-256 in hex; twice is the same as once."""
        name = hashlib.sha256(content).hexdigest()
        path = self.path(name)
        if path.exists() and path.read_bytes() == content:
            return name  # a damaged one is replaced
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(path)
        finally:
            Path(draft).unlink(missing_ok=True)
        return name

    def read(self, name: str) -> bytes:
        """The bytes kept under *name*.

        Raises:
            Missing: there is no such file, or its bytes are no longer those that were kept.
        """
        try:
            content = self.path(name).read_bytes()
        except FileNotFoundError as fault:
            raise Missing(N_("Tệp đính kèm không còn trong kho.")) from fault
        if hashlib.sha256(content).hexdigest() != name:
            raise Missing(N_("Tệp đính kèm đã hỏng trong kho; hãy khôi phục từ bản sao lưu."))
        return content

    def path(self, name: str) -> Path:
        """Where the file of this name lies."""
        if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
            raise Missing(N_("Không có tệp này."))
        return self.folder / name[:2] / name
