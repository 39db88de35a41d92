"""Search over everything, with and without tone marks: one behaviour on SQLite (FTS5) and PostgreSQL (tsvector).

``words.py`` cuts a text into syllables and reads what was typed; ``models.py`` is the table; ``keep.py`` keeps it
with the rows and rebuilds it; ``ask.py`` asks it. What is found is named by the wings (``Feature.search``).
"""

from app.search.ask import found
from app.search.keep import rebuild
from app.search.searchable import Hit, Searchable

__all__ = ["Hit", "Searchable", "found", "rebuild"]
