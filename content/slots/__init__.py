"""Slots: this variant, on this channel, at this moment, in this state."""
