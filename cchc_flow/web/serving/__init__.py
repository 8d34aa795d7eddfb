"""The HTTP server: connections that nobody can hold open, and the threads that answer requests."""
