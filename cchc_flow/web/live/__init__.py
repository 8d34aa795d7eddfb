"""What keeps an open page true: the scripts of each page ask again and again what came since it was drawn."""
