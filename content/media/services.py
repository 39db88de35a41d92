"""What can be done with pictures: keep one, describe it anew. Rows are never changed, so what was approved stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import audit
from app.accounts.models import Person
from app.errors import N_, Invalid
from app.storage import FileStore
from app.text import clean
from content.media.models import Asset, AssetSize
from content.media.pictures import Rendition, prepare


def keep_picture(
    session: Session,
    files: FileStore,
    content: bytes,
    *,
    name: str,
    alt_text: str,
    credit: str,
    licence: str,
    actor: Person,
    now: datetime,
) -> Asset:
    """Keep *content* as a picture with its sizes: verified, upright, without the camera's notes.

    Raises:
        Invalid: there is no alternative text, or the file is not a picture that we take.
    """
    check_alt_text(alt_text)
    made = prepare(content)
    asset = Asset(
        sha256=files.keep(made.original.content),
        mime=made.original.mime,
        width=made.original.width,
        height=made.original.height,
        size=len(made.original.content),
        name=_plain_name(name),
        alt_text=alt_text,
        credit=credit,
        licence=licence,
        added_by_id=actor.id,
        added_at=now,
    )
    session.add(asset)
    session.flush()
    session.add_all(_size_row(files, asset, size) for size in made.sizes)
    session.flush()
    audit.record(
        session, actor, "asset.add", asset, at=now, details={"name": asset.name, "sha256": asset.sha256}
    )
    return asset


def describe_picture(
    session: Session, asset: Asset, *, alt_text: str, credit: str, licence: str, actor: Person, now: datetime
) -> Asset:
    """The same picture with other words: *asset* itself when they are the same, else a new row.

    A text that was approved names its picture's row, so a row's words never change under it.

    Raises:
        Invalid: there is no alternative text.
    """
    check_alt_text(alt_text)
    if (alt_text, credit, licence) == (asset.alt_text, asset.credit, asset.licence):
        return asset
    copied = ("sha256", "mime", "width", "height", "size", "name")
    made = Asset(
        **{column: getattr(asset, column) for column in copied},
        alt_text=alt_text,
        credit=credit,
        licence=licence,
        added_by_id=actor.id,
        added_at=now,
    )
    session.add(made)
    session.flush()
    for size in session.scalars(select(AssetSize).where(AssetSize.asset_id == asset.id)):
        session.add(
            AssetSize(
                asset_id=made.id, width=size.width, height=size.height, sha256=size.sha256, mime=size.mime
            )
        )
    session.flush()
    audit.record(
        session, actor, "asset.describe", made, at=now, details={"of": asset.id, "alt_text": alt_text}
    )
    return made


def check_alt_text(alt_text: str) -> None:
    """Ask for words that stand for the picture.

    Raises:
        Invalid: there are none.
    """
    if not any(letter.isalnum() for letter in alt_text):
        raise Invalid(N_("Nhập lời thay ảnh: ảnh cho thấy điều gì, để người không nhìn thấy ảnh cũng biết."))


def _size_row(files: FileStore, asset: Asset, made: Rendition) -> AssetSize:
    return AssetSize(
        asset_id=asset.id,
        width=made.width,
        height=made.height,
        sha256=files.keep(made.content),
        mime=made.mime,
    )


def _plain_name(name: str) -> str:
    """The file's name without folders, as long as the column."""
    last = clean(name).replace("\\", "/").rpartition("/")[2].replace("\n", " ").replace("\t", " ")
    return last[-200:] or "anh"
