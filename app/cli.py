"""``python -m app``: every word an administrator needs. A command is loaded when it is asked for, not before."""

from __future__ import annotations

import sys

import click
from sqlalchemy.exc import DatabaseError

from app.db import unusable
from app.errors import Fault
from app.feature import features, load


class LazyGroup(click.Group):
    """Words of all wings, each imported at its use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All words in order of the alphabet."""
        return sorted(name for feature in features() for name in feature.commands)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The word's command, imported now."""
        for feature in features():
            if cmd_name in feature.commands:
                command: click.Command = load(feature.commands[cmd_name])
                return command
        return None


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Loa: kế hoạch truyền thông từ văn bản đến báo cáo. The administrator's commands."""


def main() -> None:
    """Run one command; a refusal is one sentence and status 1, never a traceback."""
    try:
        cli()
    except DatabaseError as fault:
        if (told := unusable(fault)) is None:
            raise
        click.echo(f"✗ {told}", err=True)
        sys.exit(1)
    except Fault as fault:
        click.echo(f"✗ {fault}", err=True)
        sys.exit(1)
