"""Reading: statements in, rows or domain values out; nothing here writes."""
