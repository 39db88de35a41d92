"""``python -m app verify``: is the audit as it was when it was sealed."""

from __future__ import annotations

import click

from app import audit
from app.db import opened, read_session
from app.migrations.schema import check_current
from app.settings import load_settings


@click.command()
@click.option(
    "--seal", is_flag=True, help="Niêm phong các dòng đang chờ trước khi kiểm tra. / Seal what waits first."
)
@click.option(
    "--known", default="", help="Dấu niêm phong đã ghi lại lần trước. / A seal that was noted before."
)
def verify(*, seal: bool, known: str) -> None:
    """Kiểm tra chuỗi niêm phong của nhật ký. / Verify the audit's chain; status 1 when it is broken."""
    with opened(load_settings().database_url) as engine:
        check_current(engine)
        while seal and audit.seal(engine):
            pass
        with read_session(engine) as session:
            verdict = audit.verify(session)
            is_whole = not known or audit.holds_seal(session, known)
    click.echo(f"Đã niêm phong: {verdict.sealed}. Đang chờ niêm phong: {verdict.waiting}.")
    if not verdict.holds:
        click.echo(f"✗ Chuỗi bị đứt ở dòng {verdict.broken_seq}: nhật ký đã bị sửa hoặc mất dòng.", err=True)
        raise SystemExit(1)
    if not is_whole:
        click.echo("✗ Không còn dòng mang dấu đã ghi lại: phần cuối nhật ký đã bị cắt.", err=True)
        raise SystemExit(1)
    click.echo(f"Nhật ký nguyên vẹn. Dấu cuối, hãy ghi lại ở nơi khác: {verdict.last}")
