"""Pages: a form comes in, a service or a query is called, a page or a redirect goes out."""

from congress.left_out import left_out

with left_out("rich"):  # tools of developers bring it, and structlog would load all of it
    import structlog  # noqa: F401 - before any page does
