"""Pages of the network: the office, the contact person, the public."""
