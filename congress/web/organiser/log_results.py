"""The words of the log about results: of a programme item, or of the event itself."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.queries.audit import LogLine
from congress.web.languages import gettext, ngettext
from congress.web.organiser import log_items


def _either(of_item: LazyString, of_event: LazyString) -> Callable[[LogLine], str]:
    """Return the words of a line that is about an item or, without one, about the event."""

    def words(line: LogLine) -> str:
        if line.item is None:
            return str(of_event)
        return str(of_item) % {"item": log_items.name_of(line)}

    return words


def _materials_published(line: LogLine) -> str:
    count = line.details.get("count", 0)
    if line.item is None:
        return ngettext(
            "%(num)d document, photo or link of the event was published.",
            "%(num)d documents, photos or links of the event were published.",
            count,
        )
    return ngettext(
        "%(num)d document, photo or link of “%(item)s” was published.",
        "%(num)d documents, photos or links of “%(item)s” were published.",
        count,
        item=log_items.name_of(line),
    )


def _recommendation_saved(line: LogLine) -> str:
    if line.details.get("is_published"):
        return gettext("A recommendation was saved, which everybody can read.")
    return gettext("A recommendation was saved, which is not public.")


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "results_told": _("Somebody in the programme wrote the results of “%(item)s”."),
    "results_written": _either(
        _("The results of “%(item)s” were written."), _("The results of the event were written.")
    ),
    "results_published": _either(
        _("Results of “%(item)s” were published."), _("Results of the event were published.")
    ),
    "results_withdrawn": _either(
        _("Results of “%(item)s” are no longer public."),
        _("Results of the event are no longer public."),
    ),
    "results_discarded": _either(
        _("Results of “%(item)s” that had been sent were discarded."),
        _("Results of the event that had been written were discarded."),
    ),
    "recommendation_saved": _recommendation_saved,
    "recommendation_removed": _("A recommendation was deleted."),
    "material_added": _either(
        _("A document, photo or link of “%(item)s” was added."),
        _("A document, photo or link of the event was added."),
    ),
    "material_changed": _either(
        _("What is said of a document, photo or link of “%(item)s” was changed."),
        _("What is said of a document, photo or link of the event was changed."),
    ),
    "materials_published": _materials_published,
    "material_withdrawn": _either(
        _("A document, photo or link of “%(item)s” is no longer public."),
        _("A document, photo or link of the event is no longer public."),
    ),
    "material_removed": _either(
        _("A document, photo or link of “%(item)s” was deleted."),
        _("A document, photo or link of the event was deleted."),
    ),
}
