"""What plans a programme and publishes it."""
