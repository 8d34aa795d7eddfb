"""Who read what: a log of its own beside the log of events, one file a month, with the same proofs."""
