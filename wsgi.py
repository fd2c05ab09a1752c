"""The entry for WSGI servers: `gunicorn wsgi:app`."""

from congress.app import create_app

app = create_app()
