"""The rows of items that the board, the counts and the lists read, now and as of any position."""
