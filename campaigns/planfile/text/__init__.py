"""The text of a document as it stands: lines, marks, paragraphs, tables, regions, outline."""
