"""The words of the log about a marketplace: its stands, entries and agreements."""

from collections.abc import Callable

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.queries.audit import LogLine
from congress.web.languages import ngettext


def _about(sentence: LazyString) -> Callable[[LogLine], str]:
    return lambda line: str(sentence) % line.details


def _exported(line: LogLine) -> str:
    return ngettext(
        "%(num)d agreement was handed out as %(format)s.",
        "%(num)d agreements were handed out as %(format)s.",
        line.details.get("count", 0),
        format=str(line.details.get("format", "")).upper(),
    )


WORDS: dict[str, LazyString | Callable[[LogLine], str]] = {
    "market_laid_out": _("Categories and stands of the marketplace were changed."),
    "market_party_added": _about(_("“%(name)s” takes part in the marketplace.")),
    "market_party_changed": _about(_("What is said of “%(name)s” in the marketplace was changed.")),
    "market_party_introduced": _about(_("Somebody said on their own page what “%(name)s” does.")),
    "market_party_removed": _about(_("“%(name)s” takes part in the marketplace no longer.")),
    "market_entry_sent": _about(_("“%(title)s” was entered in the marketplace by its people.")),
    "market_entry_added": _about(_("“%(title)s” was entered in the marketplace.")),
    "market_entry_changed": _about(_("“%(title)s” in the marketplace was changed.")),
    "market_entry_published": _about(_("“%(title)s” in the marketplace was published.")),
    "market_entry_withdrawn": _about(_("“%(title)s” in the marketplace is no longer public.")),
    "market_entry_removed": _about(_("“%(title)s” was deleted from the marketplace.")),
    "market_entries_merged": _about(_("Two entries of the marketplace are one now: “%(title)s”.")),
    "market_agreed": _about(_("Agreement %(number)d of the marketplace was entered.")),
    "market_agreement_changed": _about(_("Agreement %(number)d of the marketplace was changed.")),
    "market_agreement_removed": _about(_("Agreement %(number)d of the marketplace was deleted.")),
    "market_agreements_exported": _exported,
}
