"""The role of each line of a plan document, found for the whole document at once."""
