"""The words of the log about the quota: which spellings are of one organisation, how many come."""

from collections.abc import Callable

from congress.queries.audit import LogLine
from congress.web.languages import gettext, ngettext


def _told_apart(line: LogLine) -> str:
    said = gettext(
        "“%(spelling)s” was parted from an organisation and counts for itself.",
        spelling=_said(line, "spelling"),
    )
    return f"{said} {_people(line)}"


def _put_together(line: LogLine) -> str:
    said = gettext(
        "“%(one)s” and “%(other)s” were put together as one organisation.",
        one=_said(line, "key"),
        other=_said(line, "other"),
    )
    return f"{said} {_people(line)}"


def _places_set(line: LogLine) -> str:
    return gettext(
        "The places for “%(name)s” were changed: %(before)s → %(after)s.",
        name=_said(line, "key"),
        before=_places(line, "before", is_exception=line.details["was_exception"]),
        after=_places(line, "places", is_exception=line.details["is_exception"]),
    )


def _domain_confirmed(line: LogLine) -> str:
    return gettext(
        "Addresses at %(domain)s count as “%(name)s”.",
        domain=_said(line, "domain"),
        name=_said(line, "key"),
    )


def _domain_dropped(line: LogLine) -> str:
    return gettext(
        "Addresses at %(domain)s no longer count as “%(name)s”.",
        domain=_said(line, "domain"),
        name=_said(line, "key"),
    )


def _said(line: LogLine, name: str) -> str:
    return str(line.personal.get(name, "")).removeprefix("=") or gettext("deleted")


def _people(line: LogLine) -> str:
    count = int(line.details.get("people", 0))
    return ngettext("That is %(num)d person.", "That is %(num)d people.", count)


def _places(line: LogLine, name: str, *, is_exception: bool) -> str:
    if not is_exception:
        return gettext("as from every other")
    number = line.details[name]
    return gettext("as many as want to") if number is None else str(number)


WORDS: dict[str, Callable[[LogLine], str]] = {
    "quota_told_apart": _told_apart,
    "quota_put_together": _put_together,
    "quota_places_set": _places_set,
    "quota_domain_confirmed": _domain_confirmed,
    "quota_domain_dropped": _domain_dropped,
}
