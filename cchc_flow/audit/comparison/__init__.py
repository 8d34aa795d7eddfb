"""Two moments of the log side by side: what of items and targets became another between them."""
