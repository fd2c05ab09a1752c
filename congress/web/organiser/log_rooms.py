"""The words of the log about rooms."""

from collections.abc import Iterator

from congress.domain.texts import Texts
from congress.queries.audit import LogLine
from congress.web.languages import gettext, text


def edited(line: LogLine) -> str:
    """Say which rooms came and went, and what of the others is otherwise."""
    return gettext("The rooms were changed: %(what)s.", what="; ".join(_said(line)))


def _said(line: LogLine) -> Iterator[str]:
    details = line.details
    for name in details["rooms_added"]:
        yield gettext("%(room)s is new", room=_quoted(name))
    for name in details["rooms_removed"]:
        yield gettext("%(room)s is gone", room=_quoted(name))
    for was, now in details["names"]:
        yield f"{_quoted(was)} → {_quoted(now)}"
    for name, was, now in details["seats"]:
        yield gettext(
            "chairs in %(room)s: %(before)s → %(after)s",
            room=_quoted(name),
            before="–" if was is None else was,
            after="–" if now is None else now,
        )
    if details["is_reordered"]:
        yield gettext("their order")


def _quoted(name: Texts) -> str:
    return gettext("“%(title)s”", title=text(name))
