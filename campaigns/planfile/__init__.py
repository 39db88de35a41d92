"""The reader of official Vietnamese plans and letters: text in, a traced draft out, no I/O."""
