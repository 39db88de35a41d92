"""``python -m app``: every word an administrator needs. A command is loaded when it is asked for, not before."""

from __future__ import annotations

import sys

import click

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
    except Exception as fault:
        told = fault if isinstance(fault, Fault) else _of_the_database(fault)
        if told is None:
            raise
        click.echo(f"✗ {told}", err=True)
        sys.exit(1)


def _of_the_database(fault: Exception) -> Fault | None:
    """What to tell of a database that cannot be used; None for any other fault.

    Imported here: a command that only reads a file never loads the database.
    """
    if "sqlalchemy" not in sys.modules:
        return None
    from sqlalchemy.exc import DatabaseError  # noqa: PLC0415

    from app.db import unusable  # noqa: PLC0415

    return unusable(fault) if isinstance(fault, DatabaseError) else None
