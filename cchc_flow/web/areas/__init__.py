"""The reform areas and their registers."""
