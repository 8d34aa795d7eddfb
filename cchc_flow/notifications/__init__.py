"""What reaches people without their asking: reminders, the inbox, mail and the calendar feed."""
