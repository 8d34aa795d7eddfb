"""Benchmarks: each figure is a ratio to a baseline that is measured in the same run.

What a browser feels (`wire`, `drop`, `lighthouse`) has aims of its own: bytes, milliseconds and scores.
"""
