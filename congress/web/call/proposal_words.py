"""What a call asks for and what can be proposed, in the words of a page."""

from collections.abc import Iterable

from flask_babel import format_decimal

from congress.domain.calls import Call, ProposalKind, ProposalState
from congress.formats import proposal_words
from congress.web import languages
from congress.web.languages import gettext as _

BADGES = {
    ProposalState.NEW: "few",
    ProposalState.SHORTLISTED: "few",
    ProposalState.ACCEPTED: "ok",
    ProposalState.DECLINED: "bad",
    ProposalState.WITHDRAWN: "off",
}


def kind(value: ProposalKind) -> str:
    """Return what is proposed, as a label."""
    name = proposal_words.kind_name(value, languages.current())
    return name[:1].upper() + name[1:]


def kinds(call: Call) -> str:
    """Return "practice example, workshop or stand"."""
    names = [proposal_words.kind_name(each, languages.current()) for each in call.kinds]
    first = ", ".join(names[:-1])
    return _("%(some)s or %(last)s", some=first, last=names[-1]) if first else names[-1]


def state(value: ProposalState) -> tuple[str, str]:
    """Return the kind and words of how far a proposal is, for its badge."""
    return BADGES[value], proposal_words.state_name(value, languages.current())


def state_for_author(value: ProposalState) -> tuple[str, str]:
    """Return the same for its author: what the planning circle thinks of meanwhile is its own."""
    words = {
        ProposalState.ACCEPTED: state(ProposalState.ACCEPTED)[1],
        ProposalState.DECLINED: _("Not included"),
        ProposalState.WITHDRAWN: _("Withdrawn"),
    }
    return BADGES[value], words.get(value) or _("Received")


def points(value: float) -> str:
    """Return "4,5" or "4.5"."""
    return str(format_decimal(round(value, 1)))


def language(code: str) -> str:
    """Return the name of a language."""
    return {"de": _("German"), "en": _("English")}[code]


def fitting(name: str) -> str:
    """Return what a stand can be given."""
    return {
        "needs_table": _("A table"),
        "needs_power": _("Power"),
        "needs_wall": _("A partition wall"),
    }[name]


def fittings(names: Iterable[str]) -> str:
    """Return "A table, Power"."""
    return ", ".join(map(fitting, names))
