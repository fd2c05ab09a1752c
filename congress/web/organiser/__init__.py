"""The organisers' workspace."""
