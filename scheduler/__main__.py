"""``python -m scheduler``: the process that sends what is due. As many as wanted may run at once."""

from __future__ import annotations

import logging
import sys
from datetime import timedelta

import click
from sqlalchemy.exc import DatabaseError

from app.db import unusable
from app.errors import Fault
from app.settings import load_settings
from app.together import end_with_parent
from scheduler import runner
from scheduler.dispatch.claim import LEASE


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lease",
    default=LEASE.total_seconds(),
    show_default=True,
    type=click.FloatRange(0.5, 3600),
    help="Giây giữ một lịch trong tay trước khi tiến trình khác được tiếp nhận.",
)
def main(lease: float) -> None:
    """Bộ lập lịch: gửi tin bài đến giờ. / Sends what is due."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns of every tick that waits for the last
    logging.getLogger("alembic").setLevel(logging.WARNING)
    end_with_parent()
    try:
        runner.run(load_settings(), lease=timedelta(seconds=lease))
    except DatabaseError as fault:
        if (told := unusable(fault)) is None:
            raise
        click.echo(f"✗ {told}", err=True)
        sys.exit(1)
    except Fault as fault:
        click.echo(f"✗ {fault}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
