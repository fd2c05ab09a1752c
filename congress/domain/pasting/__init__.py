"""A programme pasted as a table: what each row means, and what has to be asked about it."""
