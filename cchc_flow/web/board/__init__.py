"""The board and the lists behind its counts."""
