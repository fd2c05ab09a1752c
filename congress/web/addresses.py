"""What may stand in an address: everything else is one and the same 404."""

from typing import Any

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, Map

from congress.domain.slugs import CODE, SLUG

LARGEST_ID = 2**31 - 1  # a PostgreSQL integer


class SlugConverter(BaseConverter):
    """`<slug:slug>`, the short name of a congress."""

    regex = SLUG.pattern


class CodeConverter(BaseConverter):
    """`<code:code>`, the short name of a programme item or a room."""

    regex = CODE.pattern


class TokenConverter(BaseConverter):
    """`<token:token>`, the secret part of a link."""

    regex = r"[A-Za-z0-9_-]{22,86}"


class IdConverter(IntegerConverter):
    """`<int:…>` as far as a row can have it: larger numbers fail in the database."""

    def __init__(self, url_map: Map, **options: Any) -> None:  # noqa: ANN401 - those of werkzeug
        super().__init__(url_map, **{"max": LARGEST_ID, **options})


def register_converters(app: Flask) -> None:
    """Teach the routes these parts of addresses."""
    app.url_map.converters.update(
        slug=SlugConverter, code=CodeConverter, token=TokenConverter, int=IdConverter
    )
