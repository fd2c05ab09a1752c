"""Which mails there are, when they are due, and what of them is kept."""
