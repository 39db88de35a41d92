"""``python -m campaigns.planfile read FILE``: the command group on its own."""

from .command import plan

plan(prog_name="plan")
