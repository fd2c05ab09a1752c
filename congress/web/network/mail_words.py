"""The words of info mails of the network: whom one is for, and who reads it in the archive."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.access import Right
from congress.domain.mails.mailings import OF_NETWORK, OF_PEOPLE_WITH_NAMES, Audience, To
from congress.domain.network.districts import DISTRICTS, REGIONS
from congress.domain.network.mails import STANDINGS, ArchiveReaders
from congress.domain.network.terms import ContactRole
from congress.queries.network import mail_readers
from congress.web import access, languages
from congress.web.languages import gettext
from congress.web.network.register_words import STATES

Choices = list[tuple[str, str]]
AUDIENCES: dict[To, LazyString] = {
    To.CONTACTS: _("Contact persons and deputies"),
    To.COHORT: _("Participants of a training"),
    To.NETWORK_NEWSLETTER: _("Readers of the newsletter of the network"),
}
ROLES: dict[ContactRole, LazyString] = {
    ContactRole.CONTACT: _("Contact persons"),
    ContactRole.DEPUTY: _("Deputies"),
}
ARCHIVE: dict[ArchiveReaders, LazyString] = {
    ArchiveReaders.MEMBERS: _("In the archive for members"),
    ArchiveReaders.PUBLIC: _("In the public archive"),
}


def choices() -> dict[str, Choices]:
    """Return what each field of the form offers."""
    return {
        "to": [(to, str(AUDIENCES[to])) for to in OF_NETWORK],
        "roles": [(role, str(said)) for role, said in ROLES.items()],
        "standings": [(each, str(STATES[each])) for each in STANDINGS],
        "regions": list(REGIONS.items()),
        "districts": [(each.key, each.name) for each in DISTRICTS],
        "cohort": [(str(number), title) for number, title in _cohorts().items()],
    }


def may_write_to_cohort(congress_id: int | None) -> bool:
    """Return whether this account may write to whoever takes part in a training."""
    return congress_id is not None and access.account().may(Right.CHANGE_ATTENDEES, congress_id)


def audience(wanted: Audience) -> str:
    """Return in one line whom an info mail is for: one of each part has to hold."""
    offered = choices()
    parts = [str(AUDIENCES[wanted.to])]
    if wanted.to is To.COHORT:
        titles = {number: languages.text(title) for number, title in mail_readers.cohorts()}
        parts = [
            gettext("Participants of: %(title)s", title=titles.get(wanted.cohort_id or 0, "–"))
        ]
    if wanted.to is To.CONTACTS:
        of = {each: dict(offered[each]) for each in ("roles", "standings", "regions", "districts")}
        if wanted.roles:
            parts = [_any_of(of["roles"], wanted.roles)]
        parts.append(
            gettext("of organisations that are today: %(states)s", states=_standings(wanted))
        )
        if wanted.regions:
            named = _any_of(of["regions"], wanted.regions)
            parts.append(gettext("in the government region %(regions)s", regions=named))
        if wanted.districts:
            named = _any_of(of["districts"], wanted.districts)
            parts.append(gettext("in %(districts)s", districts=named))
    return ", ".join(parts)


def placeholders() -> tuple[str, ...]:
    """Return the values that a text may name."""
    return OF_PEOPLE_WITH_NAMES


def _standings(wanted: Audience) -> str:
    return _any_of({each: str(STATES[each]) for each in STANDINGS}, wanted.standings or STANDINGS)


def _any_of(words: dict[str, str], chosen: tuple[str, ...]) -> str:
    named = [words.get(each, each) for each in chosen]
    if len(named) == 1:
        return named[0]
    return gettext("%(first)s or %(last)s", first=", ".join(named[:-1]), last=named[-1])


def _cohorts() -> dict[int, str]:
    """Return the trainings to whose participants this account may write."""
    return {
        number: languages.text(title)
        for number, title in mail_readers.cohorts()
        if may_write_to_cohort(number)
    }
