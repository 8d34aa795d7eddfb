"""The shape of a document: clean text, numbering, the tree of headings, the parts around the body."""
