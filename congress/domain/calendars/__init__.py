"""Calendar entries and what they say."""
