"""The pages of an inspection: its decision, samples and findings."""
