"""The structure of a document: clean text, numbering marks, the outline, the parts around the body."""
