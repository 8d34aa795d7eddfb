"""What a person should see before adopting a plan: doubts, what was left unread, a summary."""
