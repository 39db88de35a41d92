"""Days off that an office sets by hand, over the calendar of holidays."""
