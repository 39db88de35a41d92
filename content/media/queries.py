"""What can be asked about pictures."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.storage import FileStore
from content.media.models import Asset, AssetSize


def picture_file(session: Session, files: FileStore, asset: Asset, width: int) -> tuple[bytes, str]:
    """Bytes and MIME type of *asset* in the smallest kept size of at least *width* pixels, else the original.

    Raises:
        Missing: its file is no longer in the store.
    """
    size = session.scalar(
        select(AssetSize)
        .where(AssetSize.asset_id == asset.id, AssetSize.width >= width)
        .order_by(AssetSize.width)
        .limit(1)
    )
    kept = size or asset
    return files.read(kept.sha256), kept.mime
