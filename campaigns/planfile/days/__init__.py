"""Days and rhythms as plans print them: to keep, to be done by, to report by."""
