"""What exists only in the demo: the mailbox in which visitors find the mails they get."""
