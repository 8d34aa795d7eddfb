"""What `cchc-flow plugin new` copies: a plugin that works, its tests, and what makes a package of it."""
