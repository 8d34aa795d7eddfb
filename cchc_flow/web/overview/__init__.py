"""The overview of a plan, and grading."""
