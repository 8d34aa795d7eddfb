"""The HTTP server: its address, connections that nobody can hold open, and the threads that answer."""
