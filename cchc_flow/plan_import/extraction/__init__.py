"""What a plan says: areas and tasks, targets and their measures, units, deadlines, the appendix."""
