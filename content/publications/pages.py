"""The room's blueprint with all its pages on it: importing a module of views registers them."""

from __future__ import annotations

from content.publications import log_views, page_views
from content.publications.views import bp

__all__ = ["bp", "log_views", "page_views"]
