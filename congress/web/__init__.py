"""Pages: a form comes in, a service or a query is called, a page or a redirect goes out."""
