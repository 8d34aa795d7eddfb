"""The targets of a plan: how each stands, the readings behind it, and the forms of those who answer."""
