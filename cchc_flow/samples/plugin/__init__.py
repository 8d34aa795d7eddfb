"""What `cchc-flow plugin new` copies: a working plugin, its tests, and the files that make it a package."""
