"""The rows of items that the board, the counts and the lists query, as of now or any position."""
