"""Event registration and congress management; the application is made in `congress.app`."""
