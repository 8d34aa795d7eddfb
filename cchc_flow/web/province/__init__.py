"""The pages of a province, and the page on which a commune joins or leaves one."""
