"""``python -m app backup`` and ``python -m app restore``."""

from __future__ import annotations

from pathlib import Path

import click

from app import clock
from app.backup.bring_back import bring_back
from app.backup.keep import keep
from app.backup.manifest import Manifest
from app.db import make_engine
from app.settings import load_settings


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path | None) -> None:
    """Sao lưu mọi thứ vào một tệp. / Keep database, files and settings in FILE; Loa may go on running."""
    settings, now = load_settings(), clock.now()
    target = file or Path(f"loa-{clock.local(now):%Y%m%d-%H%M%S}.tar.gz")
    engine = make_engine(settings.database_url)
    manifest = keep(settings, engine, target, now=now)
    engine.dispose()
    click.echo(f"{target}: {_summary(manifest)}, {target.stat().st_size:,} byte.")
    for name, (sha, _) in manifest.members.items():
        if name.startswith("files/") and name != f"files/{sha}":
            click.echo(f"! Tệp {name.removeprefix('files/')} trong kho đã hỏng từ trước.", err=True)
    click.echo("Tệp này chứa mật khẩu đã băm và khóa bí mật: hãy giữ như giữ chìa khóa.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Thay dữ liệu đang có. / Replace what is there.")
def restore(file: Path, *, force: bool) -> None:
    """Khôi phục từ một tệp sao lưu; hãy dừng Loa trước. / Bring back what FILE holds."""
    settings = load_settings()
    engine = make_engine(settings.database_url)
    manifest = bring_back(settings, engine, file, force=force)
    engine.dispose()
    click.echo(f"Đã khôi phục {_summary(manifest)} (sao lưu lúc {manifest.made_at}).")
    if (settings.data / "loa.toml.from-backup").exists():
        click.echo(f"Cài đặt cũ nằm ở {settings.data / 'loa.toml.from-backup'}; hãy xem rồi tự chép nếu cần.")


def _summary(manifest: Manifest) -> str:
    """How much an archive holds, in words."""
    files = sum(1 for name in manifest.members if name.startswith("files/"))
    rows = sum(one.rows for one in manifest.tables)
    return f"{rows:,} dòng trong {len(manifest.tables)} bảng, {files:,} tệp"
