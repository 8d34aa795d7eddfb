"""The settings of a workspace: their values, the forms that change them, and how they are described."""
