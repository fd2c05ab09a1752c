"""What a congress file says: its values, its checks, and how two of them differ."""
