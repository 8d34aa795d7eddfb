"""What belongs to the person who is signed in: session, account, inbox, calendar feed."""
