"""The newsroom: documents, themes, outlets, pictures, channels, items, slots, publications."""
