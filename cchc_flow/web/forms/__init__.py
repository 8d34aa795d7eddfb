"""Forms: the widgets of fields, uploaded evidence, the inputs of settings."""
