"""The pure core: definitions, decide, evolve, policy, calendar. Its law is in README.md beside this file."""
