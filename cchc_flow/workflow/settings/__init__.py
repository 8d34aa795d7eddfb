"""The settings of a workspace: their values, the forms that change them, and their words."""
