"""Runs the plugins: finds and loads them, calls each by itself, checks what they contribute."""
