"""Plans: upload, correct, adopt."""
