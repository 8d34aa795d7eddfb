"""One item: its page, its steps, and what a command answers."""
