"""What is told upward, computed from the log: figures with the events behind them."""
