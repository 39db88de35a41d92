"""One command to keep everything and one to bring it back: ``backup`` and ``restore``.

The archive is a ``tar.gz`` with ``manifest.json`` first, then each table as JSON lines, the settings, and the
files of the store. Tables are written the same way from SQLite and from PostgreSQL (moments as ISO in UTC), so
that what was kept on one is brought back on the other. Tables are read as the database has them, not as the
models say, so that a backup can be made before an upgrade and restored after it.
"""

from app.backup.commands import backup, restore

__all__ = ["backup", "restore"]
