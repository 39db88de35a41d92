"""What can be asked about pictures."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import N_, Missing
from app.storage import FileStore
from content.media.models import Asset, AssetSize
from content.media.pictures import WIDTHS


@dataclass(frozen=True)
class PictureFile:
    """The bytes of one picture in one width; ``sha256`` is their own, good as an ETag."""

    content: bytes
    mime: str
    sha256: str


def get_asset(session: Session, asset_id: int) -> Asset:
    """The picture of that key.

    Raises:
        Missing: there is none.
    """
    asset = session.get(Asset, asset_id)
    if asset is None:
        raise Missing(N_("Không có ảnh này."))
    return asset


def picture_file(session: Session, files: FileStore, asset: Asset, width: int) -> PictureFile:
    """*asset* in *width* (one of ``WIDTHS``); a picture that is narrower comes in the width it has.

    Raises:
        Missing: no such width, or the file is gone from the store.
    """
    if width not in WIDTHS:
        raise Missing(N_("Không có ảnh cỡ này."))
    sizes = session.scalars(
        select(AssetSize).where(AssetSize.asset_id == asset.id).order_by(AssetSize.width)
    ).all()
    chosen = next((size for size in sizes if size.width >= width), sizes[-1] if sizes else None)
    if chosen is None:
        return PictureFile(files.read(asset.sha256), asset.mime, asset.sha256)
    return PictureFile(files.read(chosen.sha256), chosen.mime, chosen.sha256)
