"""The list of congresses, one congress with its programme, one programme item."""

from flask import abort, render_template

from congress.queries import congresses as queries
from congress.queries import programme


def start() -> str:
    """Show upcoming and past congresses."""
    return render_template("public/start.html", congresses=queries.public_congresses())


def congress(slug: str) -> str:
    """Show one congress."""
    found = queries.find_congress(slug)
    if found is None:
        abort(404)
    return render_template(
        "public/congress.html", congress=found, items=programme.released_items(found.id)
    )


def item(slug: str, code: str) -> str:
    """Show one programme item."""
    found = queries.find_congress(slug)
    entry = programme.find_item(found.id, code) if found else None
    if found is None or entry is None:
        abort(404)
    return render_template("public/item.html", congress=found, item=entry)
