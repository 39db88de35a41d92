"""How much of a file is opened; whoever raises a limit raises it here and in its sentence."""

MB = 1024 * 1024

MOST_BYTES = 30 * MB
"""The file as handed in."""
MOST_TEXT = 10 * MB
"""Bytes of a text file, and letters that any other container may hold."""
MOST_PAGES = 500
MOST_UNPACKED = 150 * MB
"""All members of a zip together, as its directory states them."""
MOST_XML = 20 * MB
"""All XML of a zip together: a tree takes about six times as much memory."""
MOST_MEMBERS = 5_000
MOST_LINES = 20_000
"""Paragraphs and rows of a Word document."""
MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_SECONDS = 60
"""Time for a PDF, whose library runs in a process of its own."""
MOST_MEMORY = 700 * MB
"""Memory for that process, of which the library itself maps about a fifth."""
