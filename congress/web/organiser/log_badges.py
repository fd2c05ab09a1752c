"""The words of the log about badges and certificates."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.queries.audit import LogLine
from congress.web.languages import gettext, ngettext


def _exported(line: LogLine) -> str:
    count = line.details.get("count", 0)
    return ngettext(
        "%(num)d badge was made as PDF (name, organisation, role, photos, code).",
        "%(num)d badges were made as PDF (name, organisation, role, photos, code).",
        count,
    )


def _printed(line: LogLine) -> str:
    count = line.details.get("count", 0)
    return ngettext(
        "%(num)d badge was noted as printed.", "%(num)d badges were noted as printed.", count
    )


def _certificates_issued(line: LogLine) -> str:
    if line.person:
        return gettext("A certificate of attendance was issued to %(person)s.", person=line.person)
    return ngettext(
        "%(num)d certificate of attendance was issued.",
        "%(num)d certificates of attendance were issued.",
        line.details.get("count", 0),
    )


def _certificates_exported(line: LogLine) -> str:
    if line.person:
        return gettext(
            "The certificate of attendance of %(person)s was made as PDF.", person=line.person
        )
    return ngettext(
        "%(num)d certificate of attendance was made as PDF (name, days, workshops).",
        "%(num)d certificates of attendance were made as PDF (name, days, workshops).",
        line.details.get("count", 0),
    )


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "badges_exported": _exported,
    "badges_printed": _printed,
    "certificates_exported": _certificates_exported,
    "certificates_issued": _certificates_issued,
    "signature_saved": _("Who signs certificates of attendance was saved."),
}
