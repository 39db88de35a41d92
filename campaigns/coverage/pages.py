"""Every page of coverage on one blueprint, as campaigns/feature.py registers it."""

from __future__ import annotations

from campaigns.coverage.behind import views
from campaigns.coverage.views import bp

__all__ = ["bp", "views"]
