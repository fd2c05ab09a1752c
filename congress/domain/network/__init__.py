"""The network of municipalities: its register, its members and who speaks for them."""
