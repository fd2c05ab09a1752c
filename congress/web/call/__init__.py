"""The form of a call, and the page behind the link of whoever proposed something."""
