"""The history for those who audit, and the proof that it is whole."""
