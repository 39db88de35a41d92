"""Making a piece on a day of the calendar."""
