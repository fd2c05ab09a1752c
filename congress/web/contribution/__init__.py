"""The pages behind the personal link of somebody in a programme."""
