"""What every page shares: which workspace and person, errors, htmx, security headers, template context."""
