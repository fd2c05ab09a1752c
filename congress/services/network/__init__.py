"""What is done to the network."""
