"""The archive of past congresses, and the library of practice examples: to read and to search."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from flask import render_template, request

from congress import clock
from congress.domain.archive import (
    LONGEST_SOUGHT,
    MOST_FOUND,
    Found,
    Sought,
    examples,
    past,
    search,
)
from congress.domain.folding import fold_for_order
from congress.queries import archive as queries
from congress.web.entries import TICKED, Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.registration.occasion import KINDS, occasion


def archive() -> str:
    """Show past congresses, or what of them fits the words and choices of the address."""
    there = past(queries.everything(), clock.now())
    known = examples(there)
    places = _in_order(each.municipality for each in known)
    topics = _in_order(each.topic for each in known)
    search_for = Entry("q", _("Search"))
    read_line(search_for, request.args.get("q", ""), most=LONGEST_SOUGHT)
    sought = Sought(
        search_for.value,
        request.args.get("examples") == TICKED,
        _chosen("place", places),
        _chosen("topic", topics),
    )
    found = search(there, sought) if not search_for.errors else []
    shown = _first(found)
    return render_template(
        "public/archive.html",
        search_for=search_for,
        errors=told(search_for),
        sought=sought,
        found=shown,
        is_all=shown == found,
        places=[(each, each) for each in places],
        topics=[(each, each) for each in topics],
        KINDS=KINDS,
        occasion=occasion,
    )


def _chosen(name: str, known: Collection[str]) -> str:
    """Return a choice of the address; what nobody offers is none."""
    typed = request.args.get(name, "")
    return typed if typed in known else ""


def _in_order(names: Iterable[str]) -> list[str]:
    return sorted(set(names), key=fold_for_order)


def _first(found: Sequence[Found]) -> list[Found]:
    """Return what one page lists: so many items, and the congresses they are of."""
    left, shown = MOST_FOUND, []
    for each in found[:MOST_FOUND]:
        if each.items and left <= 0:
            break
        shown.append(replace(each, items=each.items[:left]) if each.items else each)
        left -= len(each.items)
    return shown
