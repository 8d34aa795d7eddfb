"""Questions that an inspector finds ready to ask: each with its rule in words, parameters, and hits."""
