"""Two registrations of one person become one: chosen side by side, looked at, done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import one_person
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.fields import FIELDS
from congress.domain.hall import Person
from congress.domain.merging import Clash, clashes
from congress.domain.one_person import SeenOtherwise
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import Details
from congress.domain.standing import Standing
from congress.formats.field_words import field_words
from congress.queries import attendees, congresses, neighbours, programme
from congress.queries import places as places_queries
from congress.queries.attendees import Attendee
from congress.services import merging
from congress.services.merging import Merging, Outlook
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.organiser import attendee_wishes, frame
from congress.web.organiser.attendee_wishes import SeenWishes
from congress.web.organiser.attendees import states
from congress.web.organiser.consent_words import consent_words

MISSING, UNSEEN = 422, 409
CHECK = "check"  # the step at which one looks at what would come of it


@dataclass(frozen=True)
class Form:
    """The two registrations side by side, and what was chosen so far."""

    sides: tuple[Attendee, Attendee]
    kept: Attendee
    other: Attendee
    clashes: Sequence[Clash]
    chosen: dict[str, int]  # by the name of each entry, the registration that was chosen

    @property
    def merging(self) -> Merging:
        """What was chosen, as the service takes it."""
        number = self.other.own.id
        fields = (each.name for each in FIELDS)
        return Merging(
            self.kept.own.id,
            number,
            frozenset(name for name in fields if self.chosen.get(_field(name)) == number),
            {
                each.key: self.chosen[_clash(each)] == number
                for each in self.clashes
                if _clash(each) in self.chosen
            },
        )

    @property
    def open(self) -> list[str]:
        """The entries without which nothing can be shown."""
        return [_clash(each) for each in self.clashes if _clash(each) not in self.chosen]

    @property
    def query(self) -> dict[str, int]:
        """What the address says of what was chosen."""
        return {"keep": self.kept.own.id, **self.chosen}


def merge(registration_id: int, other_id: int) -> ResponseReturnValue:
    """Show two registrations side by side; show what would come of merging them; do it."""
    sides = _load(registration_id), _load(other_id)
    if registration_id == other_id:
        abort(404)
    one, other = (each.own.standing for each in sides)
    if RegistrationState.CANCELLED in {one.state, other.state}:
        return _ended_already(one, other)
    form = _form(sides)
    is_asked = request.method == "GET" and request.args.get("step") != CHECK
    if is_asked or access.workspace().state is not CongressState.PUBLISHED:
        return _ask(form)
    if form.open:
        return _ask(form, is_missing=True), MISSING
    return _check(form) if request.method == "GET" else _do(form)


def _do(form: Form) -> ResponseReturnValue:
    now, seen = clock.now(), request.form.get("seen", "")
    try:
        merging.merge(form.merging, seen=seen, actor=access.actor(), now=now)
    except SeenOtherwise as refusal:
        return _check(form, refusal), UNSEEN
    except Refused as refusal:
        return _ask(form, refusal=refusal), MISSING
    return _done(form.kept.own.standing, now)


def _ended_already(one: Standing, other: Standing) -> ResponseReturnValue:
    """Say so; of the same form that was sent before, that it is done."""
    if request.method == "POST" and _is_done(one, other):
        return _done(one if other.merged_into_id == one.id else other, None)
    said = _("One of the two registrations has ended, so there is nothing to merge.")
    return frame.done(said, f"/attendees/{one.id}")


def _is_done(one: Standing, other: Standing) -> bool:
    """Return whether the same form was sent before."""
    return one.merged_into_id == other.id or other.merged_into_id == one.id


def _done(kept: Standing, now: datetime | None) -> ResponseReturnValue:
    said = _("The two registrations of %(person)s are now one.", person=kept.name)
    told = frame.told(_load(kept.id).own.standing)
    return frame.done(f"{said} {told}", f"/attendees/{kept.id}", at=now)


def _load(registration_id: int) -> Attendee:
    return attendees.find_attendee(access.workspace().id, registration_id) or abort(404)


def _form(sides: tuple[Attendee, Attendee]) -> Form:
    """Read what the address says was chosen; what it does not say is chosen beforehand."""
    by_id = {each.own.id: each for each in sides}
    kept, other = one_person.goes_on(*(each.own.standing for each in sides))
    if request.args.get("keep", 0, type=int) == other.id:
        kept, other = other, kept
    workspace, now = access.workspace(), clock.now()
    hall = places_queries.hall(
        congresses.with_content(workspace), programme.current_items(workspace), now=now
    )
    found = clashes(hall, kept.person, other.person)
    chosen = {}
    for each in one_person.choices(by_id[kept.id].own.person, by_id[other.id].own.person):
        said = request.args.get(_field(each.field), 0, type=int)
        chosen[_field(each.field)] = said if said in by_id else kept.id
    for clash in found:
        said = request.args.get(_clash(clash), 0, type=int)
        if said in by_id:
            chosen[_clash(clash)] = said
    return Form(sides, by_id[kept.id], by_id[other.id], found, chosen)


def _field(name: str) -> str:
    return f"field-{name}"


def _clash(clash: Clash) -> str:
    return f"time-{clash.key}"


def _ask(form: Form, *, is_missing: bool = False, refusal: Refused | None = None) -> str:
    missing = [
        (each, _("Please choose what is kept of what takes place at the same time."))
        for each in (form.open if is_missing else [])
    ]
    wrong = refusal or missing
    names = _names()
    return frame.page(
        "merge.html",
        current="attendees",
        form=form,
        states=states(),
        rows=[
            (each.name, field_words(languages.current())[each.name].label)
            for each in FIELDS
            if any(side.own.person.said[each.name] for side in form.sides)
        ],
        sides_of=[_sides(form, clash, names) for clash in form.clashes],
        wished=[_wished(side) for side in form.sides],
        **refusals.box(wrong, access.workspace().zone),
    )


def _wished(*sides: Attendee) -> SeenWishes | None:
    """Return what is wished for; what the first one does not say is as the next one says."""
    congress = congresses.with_content(access.workspace())
    return attendee_wishes.in_words(congress, *(side.own.standing for side in sides))


def _sides(
    form: Form, clash: Clash, names: dict[int, str]
) -> tuple[str, list[tuple[int, str]], bool]:
    """Return the name of an entry, what each registration has at that time, and if it is open."""
    mine, others = form.kept.own.id, form.other.own.id
    return (
        _clash(clash),
        [
            (mine, _listed(form.kept.own.standing.person, clash.mine, names)),
            (others, _listed(form.other.own.standing.person, clash.others, names)),
        ],
        _clash(clash) in form.open,
    )


def _check(form: Form, refusal: SeenOtherwise | None = None) -> str:
    outlook = merging.foresee(access.workspace(), form.merging, now=clock.now())
    if outlook.refusal is not None:
        return _ask(form, refusal=outlook.refusal)
    names = _names()
    return frame.page(
        "merge_check.html",
        current="attendees",
        form=form,
        outlook=outlook,
        state=states()[outlook.after.state],
        details=_in_fields(outlook.details),
        wished=_wished(form.kept, form.other),
        has=[_booked(outlook, each.workshop_id, names) for each in outlook.after.bookings],
        ended=_ended(outlook, names),
        others=neighbours.people(access.workspace().id, outlook.moved_up),
        consents=[consent_words()[each] for each in sorted(outlook.consents_ended)],
        letters=_letters(form, outlook.details),
        refusal=refusals.text(refusal, access.workspace().zone) if refusal else "",
    )


def _in_fields(details: Details) -> list[tuple[str, str]]:
    words = field_words(languages.current())
    return [(words[name].label, value) for name, value in details.said.items() if value]


def _letters(form: Form, details: Details) -> list[tuple[str, str]]:
    """Return which address gets what."""
    told = [(details.email, _("what is kept, with the link to it"))] if details.email else []
    left = {each.own.person.email_key: each.own.person.email for each in form.sides}
    gone = [email for key, email in left.items() if key and key != details.email_key]
    return told + [(email, _("that everything goes to the other address now")) for email in gone]


def _names() -> dict[int, str]:
    items = programme.current_items(access.workspace())
    return {item.id: languages.short_name(item.number, item.face) for item in items}


def _listed(person: Person, keys: Iterable[int], names: dict[int, str]) -> str:
    return ", ".join(_with_state(person, key, names) for key in keys)


def _with_state(person: Person, key: int, names: dict[int, str]) -> str:
    if person.has_place(key):
        return _("“%(workshop)s” (place)", workshop=names[key])
    return _("“%(workshop)s” (waiting)", workshop=names[key])


def _booked(outlook: Outlook, key: int, names: dict[int, str]) -> str:
    """Return what somebody has then; what is new was moved up to by what becomes free."""
    gain = outlook.decision.gains.get(outlook.after.id)
    said = _with_state(outlook.after, key, names)
    return _("%(workshop)s: moves up", workshop=said) if gain and gain.includes(key) else said


def _ended(outlook: Outlook, names: dict[int, str]) -> list[str]:
    """Return what one of the two had and nobody has then, each once."""
    before = [
        (person, booked.workshop_id)
        for person in (outlook.before, outlook.other)
        for booked in person.bookings
    ]
    gone = {key: person for person, key in before if outlook.after.booked(key) is None}
    said = [_with_state(person, key, names) for key, person in gone.items()]
    if outlook.before.in_congress and outlook.other.in_congress:
        said.append(_("the second place at the event"))
    return said
