"""Bundles of proof: a part of the log as one ZIP, which who receives it verifies without this program."""
