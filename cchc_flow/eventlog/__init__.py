"""The event log: append, read, prove. `port.py` is the interface, the rest implements it on SQLite."""
