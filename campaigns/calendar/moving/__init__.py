"""Moving a piece or a slot to another local day, and back."""
