"""The pages of the commune's own reports, and of the register of what it has issued."""
