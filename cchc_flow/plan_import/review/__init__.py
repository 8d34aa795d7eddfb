"""Helps a person to review a proposal before adopting it: checks, the parts that were not used, a summary."""
