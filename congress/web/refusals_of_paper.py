"""The words for every "no" about what was typed from a signed paper."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import sign_in, signed_papers
from congress.domain.errors import Refused

HEADINGS: dict[type[Refused], LazyString] = {
    sign_in.PaperUnseen: _("Something has changed since you looked at it"),
}
WORDS: dict[type[Refused], LazyString] = {
    sign_in.NoRowsSaid: _("Please say who signed: numbers of rows, “all”, or “none” for nobody."),
    sign_in.RowsNotUnderstood: _(
        "This was not understood: %(parts)s. Please write numbers of rows, for example “1-12, 15” "
        "or “all except 4, 17”."
    ),
    sign_in.NoSuchRows: _(
        "The sheet has no such row: %(numbers)s. Its last row is %(last)s; whoever signed below "
        "it, please pick by name."
    ),
    signed_papers.EvidenceDayOutside: _(
        "Please choose a day from %(first)s to %(last)s, or leave the field empty."
    ),
    signed_papers.TooManyPapers: _(
        "There is no room for another one: an event has at most 200 files of 200 MB in all. Please "
        "delete what is filed twice, or scan in black and white."
    ),
    sign_in.PaperUnseen: _("So nothing has been saved yet. This is how it would be now."),
}


def facts(refusal: Refused) -> dict[str, str]:
    """Return what a sentence names; nothing for what is said elsewhere."""
    if isinstance(refusal, sign_in.RowsNotUnderstood):
        return {"parts": ", ".join(refusal.parts)}
    if isinstance(refusal, sign_in.NoSuchRows):
        return {"numbers": ", ".join(map(str, refusal.numbers)), "last": str(refusal.last)}
    if isinstance(refusal, signed_papers.EvidenceDayOutside):
        return {"first": f"{refusal.first:%d.%m.%Y}", "last": f"{refusal.last:%d.%m.%Y}"}
    return {}
