"""With which organisation people are counted: found from what they say, inside a transaction."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import bindparam, insert, or_, select, update

from congress.base import columns_of, table_of
from congress.domain import organisation_names
from congress.domain.congresses import Congress
from congress.domain.kinds import PersonKind
from congress.domain.quotas import NOT_COUNTED, Spelling, Spellings
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import Details, RegistrationRequest
from congress.extensions import db
from congress.models import QuotaSpelling, Registration
from congress.queries import delegations as queries
from congress.queries.delegations import Known
from congress.queries.positions import sits_in
from congress.services.places import Ledger

SPELLINGS, PEOPLE = table_of(QuotaSpelling), table_of(Registration)
COUNT = (
    update(PEOPLE)
    .where(PEOPLE.c.id == bindparam("person_id"))
    .values(quota_key=bindparam("new_key"))
)


class Counting:
    """Finds the keys of people one after the other; what is new is known to the next."""

    def __init__(self, known: Known) -> None:
        self._registered = known.registered
        self._spellings = Spellings(known.spellings)
        self._domains = known.domains
        self.new: list[Spelling] = []

    def key_of(self, organisation: str, email_key: str, kind: str) -> str:
        """Return the key: of a confirmed domain, else of what was typed.

        What the register knows by a domain or another name counts under its own name there. A
        spelling that nobody has used and that is only mistyped counts where the right one does,
        unless both are names of the register. A quota is one of attendees alone: whomever
        organisers want there beside them is counted with nobody.
        """
        if kind != PersonKind.ATTENDEE:
            return NOT_COUNTED
        for domain in organisation_names.domains_above(email_key):
            if domain in self._domains:
                return self._domains[domain]
        organisation = self._registered.name_of(organisation, email_key)
        likeness = organisation_names.likeness(organisation)
        if not likeness:
            return NOT_COUNTED
        words = organisation_names.spelling_of(organisation)
        found = self._spellings.find(words, likeness) or self._find_mistyped(words, likeness)
        key = found.key if found else likeness
        if found is None or found.words != words:
            new = Spelling(words, likeness, key)
            self._spellings.add(new)
            self.new.append(new)
        return key

    def _find_mistyped(self, words: str, likeness: str) -> Spelling | None:
        near = self._spellings.mistyped(likeness)
        if not near:
            return None
        spellings = {words, *(each.words for each in near)}
        names = {each: organisation_names.in_register(each) for each in spellings}
        registered = queries.in_register(frozenset().union(*names.values()))
        if not names[words] & registered:
            return near[0]
        return next((each for each in near if not names[each.words] & registered), None)


def counting(congress_id: int, people: Iterable[Details]) -> Counting:
    """Return what finds the keys of these people."""
    said = list(people)
    above = (organisation_names.domains_above(each.email_key) for each in said)
    domains = {domain for of_one in above for domain in of_one}
    return Counting(queries.known(congress_id, [each.organisation for each in said], domains))


def counted(
    congress: Congress, requests: Sequence[RegistrationRequest], *, is_stored: bool = True
) -> list[RegistrationRequest]:
    """Return requests with the organisation each counts with, where the congress has a quota."""
    if not congress.rules.quota or not requests:
        return list(requests)
    found = counting(congress.id, requests)
    said = [
        replace(each, quota_key=found.key_of(each.organisation, each.email_key, each.kind))
        for each in requests
    ]
    if is_stored:
        _store(congress.id, found.new)
    return said


def find_key(congress: Congress, said: Details) -> str | None:
    """Return with which organisation an attendee counts who says this; None without a quota."""
    if not congress.rules.quota:
        return None
    found = counting(congress.id, [said])
    return found.key_of(said.organisation, said.email_key, PersonKind.ATTENDEE)


def recount(ledger: Ledger, people: Mapping[int, Details]) -> None:
    """Count people with the organisation they name now; whoever may move up since, does.

    Nobody loses a place, also where the organisation has more people inside than it may send.
    """
    if not ledger.congress.rules.quota or not people:
        return
    found = counting(ledger.heading.id, people.values())
    columns = (PEOPLE.c.id, PEOPLE.c.quota_key, PEOPLE.c.kind)
    moved = {}
    for row in db.session.execute(
        select(*columns).where(PEOPLE.c.id.in_(list(people))).order_by(PEOPLE.c.id)
    ):
        said = people[row.id]
        key = found.key_of(said.organisation, said.email_key, row.kind)
        if key != row.quota_key:
            moved[row.id] = key
    _store(ledger.heading.id, found.new)
    if moved:
        set_keys(moved)
        ledger.count_anew()


def set_keys(keys: Mapping[int, str]) -> None:
    """Count people with other organisations; `recount` finds out with which."""
    rows = [{"person_id": number, "new_key": key} for number, key in keys.items()]
    if rows:
        db.session.execute(COUNT, rows)


def count_all(congress_id: int) -> None:
    """Count everybody anew, also whoever came while there was no quota, or has left."""
    columns = columns_of(PEOPLE, "id organisation email_key quota_key kind")
    rows = db.session.execute(
        select(*columns).where(PEOPLE.c.congress_id == congress_id).order_by(PEOPLE.c.id)
    ).all()
    found = Counting(queries.all_known(congress_id))
    keys = {row.id: found.key_of(row.organisation, row.email_key, row.kind) for row in rows}
    _store(congress_id, found.new)
    set_keys({row.id: keys[row.id] for row in rows if keys[row.id] != row.quota_key})


def imagine_counted(ledger: Ledger) -> Counter[str]:
    """Count everybody in a ledger by a quota that is only imagined, where nobody is counted yet.

    Nothing is written. Returns how many people of each organisation have a place.
    """
    columns = columns_of(PEOPLE, "id organisation email_key kind")
    waits = PEOPLE.c.state == RegistrationState.WAITING
    here = (PEOPLE.c.congress_id == ledger.heading.id, or_(sits_in(PEOPLE), waits))
    wanted = select(*columns, waits.label("waits")).where(*here).order_by(PEOPLE.c.id)
    found = Counting(queries.all_known(ledger.heading.id))
    keys: dict[int, str] = {}
    taken, waiting = Counter[str](), Counter[str]()
    for row in db.session.execute(wanted):
        keys[row.id] = key = found.key_of(row.organisation, row.email_key, row.kind)
        (waiting if row.waits else taken)[key] += 1
    named = {*taken, *waiting} - {NOT_COUNTED}
    known = queries.delegations(ledger.heading.id, named, ledger.hall.rules.quota)
    sent = {
        key: replace(each, taken=taken[key], waiting=waiting[key]) for key, each in known.items()
    }
    ledger.hall = replace(ledger.hall, delegations=sent)
    ledger.seen_as = lambda each: replace(each, quota_key=keys.get(each.id, NOT_COUNTED))
    del taken[NOT_COUNTED]
    return taken


def _store(congress_id: int, new: Sequence[Spelling]) -> None:
    if new:
        rows = [{"congress_id": congress_id, **each._asdict()} for each in new]
        db.session.execute(insert(SPELLINGS), rows)
