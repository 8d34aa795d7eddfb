"""The log: append, read, prove. `port.py` says what every home of a log offers; the other modules keep it."""
