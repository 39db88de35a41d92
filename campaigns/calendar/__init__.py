"""The calendar: pieces, slots and occasions by local day; pieces made and moved there."""
