"""What an inspector reads: each event as a sentence, and the proof that nothing was changed."""
