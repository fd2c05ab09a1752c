"""Commands: what operators type after `flask`."""
