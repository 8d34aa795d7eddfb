"""What inspectors ask for, found when an event is folded, so that a question only looks into an index."""
