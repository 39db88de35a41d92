"""The room's blueprint with all its pages on it: importing a module of views registers them."""

from __future__ import annotations

import content.publications.log.views
import content.publications.lookups.views
import content.publications.page.views
import content.publications.queue.unmatched.views
import content.publications.queue.views
from content.publications.views import bp

__all__ = ["bp", "content"]
