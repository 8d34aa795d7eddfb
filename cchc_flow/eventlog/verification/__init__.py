"""Proof that a log is whole: every stored byte walked, hashed, and held against the signed checkpoints."""
