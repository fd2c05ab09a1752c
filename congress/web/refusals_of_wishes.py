"""The words for every "no" about wishes for workshops."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain import ranking
from congress.domain.errors import Refused

HEADINGS: dict[type[Refused], LazyString] = {
    ranking.WishesClosed: _("Wishes can no longer be changed"),
    ranking.NotByWishes: _("Places are no longer given by wishes there"),
}
WORDS: dict[type[Refused], LazyString] = {
    ranking.WishesClosed: _(
        "They could be ranked %(deadline)s. The places are now being assigned, and after that you "
        "can choose what is still free."
    ),
    ranking.NotByWishes: _(
        "They were assigned in the meantime, or the programme has changed. Please look what there "
        "is to choose now."
    ),
}
