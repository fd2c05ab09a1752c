"""What the parts of the legal texts are called, for pages, forms and the log."""

from flask_babel import lazy_gettext as _

LABELS = {
    "name": _("Name of the organisation"),
    "address": _("Postal address"),
    "represented_by": _("Represented by"),
    "phone": _("Phone"),
    "email": _("Email"),
    "register": _("Register and number"),
    "vat_id": _("VAT number"),
    "supervised_by": _("Supervisory body"),
    "controller": _("Controller, if it is someone else"),
    "officer": _("Data protection officer"),
    "authority": _("Data protection authority"),
    "arbitration": _("Arbitration body for accessibility"),
}


def label(name: str) -> str:
    """Return what a part is called."""
    return str(LABELS[name])
