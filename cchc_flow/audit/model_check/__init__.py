"""Whether what pages show is what the log says: the read models are made anew and compared."""
