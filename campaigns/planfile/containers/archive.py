"""Zip files of office documents, looked at before anything of them is unpacked."""

import io
import zipfile
import zlib

from campaigns.planfile.containers.limits import MOST_MEMBERS, MOST_UNPACKED, MOST_XML
from campaigns.planfile.unreadable import DAMAGED, ENCRYPTED, TOO_LARGE, Unreadable

_XML = (".xml", ".rels", ".vml")
_UNSOUND = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
"""What zipfile raises for bytes that are no sound archive; for a compression that it does not know it is the fourth."""
_ENTITIES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def list_members(data: bytes) -> list[str]:
    """Return the names of the members of a zip that is safe to unpack.

    Raises:
        Unreadable: it is damaged, encrypted, too large unpacked, or carries XML with entities of its own.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_sizes(members)
            for member in members:
                if member.filename.lower().endswith(_XML):
                    _check_xml(archive, member)
            return [member.filename for member in members]
    except _UNSOUND as error:
        raise error if isinstance(error, Unreadable) else Unreadable(DAMAGED) from error


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    sizes = {"xml": 0, "all": 0}
    for member in members:
        if member.flag_bits & 0x1:
            raise Unreadable(ENCRYPTED)
        sizes["all"] += member.file_size
        sizes["xml"] += member.file_size if member.filename.lower().endswith(_XML) else 0
    if len(members) > MOST_MEMBERS or sizes["all"] > MOST_UNPACKED or sizes["xml"] > MOST_XML:
        raise Unreadable(TOO_LARGE)


def _check_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuse XML that declares entities; office programs write none, bombs are made of them."""
    # The stated size is the most that is unpacked: zipfile stops there and finds the checksum wrong.
    blob = archive.read(member)
    if any(mark in blob for mark in _ENTITIES):
        raise Unreadable(DAMAGED)
