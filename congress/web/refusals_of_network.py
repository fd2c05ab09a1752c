"""The words for every "no" of the network (`congress.web.refusals`)."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.errors import Refused
from congress.domain.network import contacts

HEADINGS: dict[type[Refused], LazyString] = {
    contacts.TermNotInForce: _("This term is not in force"),
}
WORDS: dict[type[Refused], LazyString] = {
    contacts.TermNotInForce: _(
        "Links and codes are sent only to whoever speaks for an organisation today. Please check "
        "first and last day of the term."
    ),
}
