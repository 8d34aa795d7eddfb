"""What administrators do: first start, people and units, settings."""
