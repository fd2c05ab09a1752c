"""The figures of a congress: fill and queues, where people come from, what they answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import abort
from werkzeug.wrappers import Response

from congress.domain.attendee_list import readable
from congress.domain.congresses import Congress
from congress.domain.fields import ANSWERS, FieldUse
from congress.domain.modes import Mode
from congress.domain.own_questions import QuestionKind
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import RegistrationState
from congress.domain.registration_request import VOLUNTARY
from congress.domain.slots import workshops_in_order
from congress.formats.answer_words import said
from congress.formats.attendee_list import kinds
from congress.formats.field_words import field_words
from congress.formats.table import Cell, Heading, Kind
from congress.queries import (
    attendees,
    confirmations,
    congresses,
    contributor_door,
    figures,
    own_answers,
    programme,
    quota_groups,
)
from congress.queries.figures import Given, Reached
from congress.services.exporting import FileFormat, Listed, Listing
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.mode_words import MODES
from congress.web.organiser import frame, presence
from congress.web.organiser.consent_words import consent_words

MOST = 20  # lines of a table before the rest is a sum; the file has all
BAR = 400  # units of the drawing, for whoever has or waits for a place in the largest workshop


@dataclass(frozen=True)
class Fill:
    """A workshop as a bar: its places, those taken, and the queue behind them."""

    item: ProgrammeItem
    places: float
    taken: float
    waiting: float


@dataclass(frozen=True)
class Question:
    """What a congress asks, and what was answered."""

    label: str
    answered: int
    given: Sequence[Given]

    @property
    def shown(self) -> list[tuple[str, int]]:
        """The answers that most gave, as rows of a table."""
        return [(each.words, each.people) for each in self.given[:MOST]]

    @property
    def rest(self) -> int:
        """How many people gave an answer that is not shown."""
        return sum(each.people for each in self.given[MOST:])


@dataclass(frozen=True)
class Figures:
    """Everything that is counted."""

    people: int
    unconfirmed: int
    waiting: int  # for the event
    on_reserve: int | None  # of them on reserve lists; none without a quota
    fills: Sequence[Fill]
    organisations: Sequence[Reached]
    kinds: Sequence[tuple[str, int, int]]  # in words, organisations, people
    questions: Sequence[Question]
    languages: Sequence[tuple[str, int]]
    consents: Sequence[tuple[str, int]]
    presence: presence.Shown | None  # once it is over
    comers: Sequence[tuple[str, int]]  # as what people come, in words
    contributors: int  # in the programme and without a registration
    modes: Sequence[tuple[str, int]] = ()  # where people choose how to take part

    @property
    def without_organisation(self) -> int:
        """How many people gave none."""
        return self.people - sum(each.people for each in self.organisations)


def show_figures() -> str:
    """Show what is counted of a congress."""
    found = _counted()
    rest = found.organisations[MOST:]
    return frame.page(
        "figures.html",
        current="figures",
        figures=found,
        shown=[(each.name, each.people) for each in found.organisations[:MOST]],
        rest=len(rest),
        rest_people=sum(each.people for each in rest),
        bar=BAR,
    )


def figures_file(suffix: str) -> Response:
    """Hand out the figures, without the name of anybody, as a file."""
    if suffix not in {FileFormat.CSV, FileFormat.XLSX}:
        abort(404)
    headings = [
        Heading(_("Section"), 24),
        Heading(_("What"), 50),
        Heading(_("Count"), 10, Kind.NUMBER),
    ]
    return frame.listing(
        Listing(Listed.FIGURES, headings, list(_lines(_counted())), FileFormat(suffix))
    )


def _counted() -> Figures:
    workspace = access.workspace()
    congress = congresses.get_congress(workspace.id)
    organisations = figures.organisations(workspace.id)
    consents = figures.consents(workspace.id)
    words = consent_words()
    names, called = {"de": _("German"), "en": _("English")}, kinds(languages.current())
    counts = attendees.counts_by_state(workspace.id)
    people = counts[RegistrationState.CONFIRMED]
    has_quota = congress.rules.quota > 0
    return Figures(
        people,
        confirmations.count(workspace.id),
        counts[RegistrationState.WAITING],
        quota_groups.count_on_reserve(workspace.id) if has_quota else None,
        _fills(workshops_in_order(programme.current_items(workspace))),
        organisations,
        _kinds(organisations),
        [*_questions(workspace.id, congress.fields), *_own_questions(congress)],
        [(names[each], many) for each, many in figures.languages(workspace.id).items()],
        [(words[each], consents.get(each, 0)) for each in VOLUNTARY],
        presence.of_congress(congress, people=people, by_day=True),
        [(called[kind], many) for kind, many in figures.comers(workspace.id).items()],
        len(contributor_door.unregistered(workspace.id)),
        _modes(congress),
    )


def _modes(congress: Congress) -> list[tuple[str, int]]:
    found = figures.modes(congress.id) if congress.rules.is_hybrid else {}
    return [(str(MODES[mode]), found.get(mode, 0)) for mode in Mode] if found else []


def _fills(workshops: Sequence[ProgrammeItem]) -> list[Fill]:
    shown = [each for each in workshops if not each.face.cancelled]
    sums = [max(each.places.capacity or 0, each.places.taken) + each.waiting for each in shown]
    unit = BAR / max(1, *sums, 1)
    return [
        Fill(
            each,
            round(max(each.places.capacity or 0, each.places.taken) * unit, 1),
            round(each.places.taken * unit, 1),
            round(each.waiting * unit, 1),
        )
        for each in shown
    ]


def _kinds(organisations: Sequence[Reached]) -> list[tuple[str, int, int]]:
    """Return the kinds of organisation, those of the register first."""
    words = {
        "municipality": _("Municipalities"),
        "district": _("Districts"),
        "agency": _("Volunteer agencies"),
        "association": _("Associations"),
        "company": _("Companies"),
        "ministry": _("Ministries"),
        "": _("Not in the register"),
    }
    found = []
    for kind, called in words.items():
        of_kind = [
            each for each in organisations if (each.kind if each.kind in words else "") == kind
        ]
        if of_kind:
            found.append((called, len(of_kind), sum(each.people for each in of_kind)))
    return found


def _questions(congress_id: int, asked: Mapping[str, FieldUse]) -> list[Question]:
    labels = field_words(languages.current())
    found = []
    for field in ANSWERS:
        if asked[field.name] is FieldUse.OFF or not access.may(field.right):
            continue
        given = figures.answers(congress_id, field)
        answered = sum(each.people for each in given)
        found.append(Question(labels[field.name].label, answered, given))
    return found


def _own_questions(congress: Congress) -> list[Question]:
    """Return what the event asks on its own; longer texts are only counted."""
    roles, language = access.account().roles_in(congress.id), languages.current()
    found = []
    for each in readable(roles, congress.questions):
        given = [
            Given(said(each, (value,), language), people)
            for value, people in own_answers.given(congress.id, each)
        ]
        answered = own_answers.answered(congress.id, each)
        is_text = each.kind in {QuestionKind.TEXT, QuestionKind.FILE}
        found.append(Question(languages.text(each.label), answered, [] if is_text else given))
    return found


def _lines_of_presence(shown: presence.Shown | None) -> Iterator[Sequence[Cell]]:
    if shown is None or not shown.is_recorded:
        return
    yield _("People"), _("came"), shown.presence.came
    yield _("People"), _("did not come"), shown.presence.stayed_away
    for day in shown.days:
        yield _("Days"), _("%(day)s: came", day=day.called), day.presence.came
        yield _("Days"), _("%(day)s: did not come", day=day.called), day.presence.stayed_away
    for each in shown.workshops:
        there, name = each.presence, each.called
        yield _("Workshops"), _("%(workshop)s: were there", workshop=name), there.came
        yield (
            _("Workshops"),
            _("%(workshop)s: stayed away", workshop=name),
            there.booked.stayed_away,
        )
        words = _("%(workshop)s: came without a place in it", workshop=name)
        yield _("Workshops"), words, there.without_booking


def _lines_of_people(found: Figures) -> Iterator[Sequence[Cell]]:
    yield _("People"), _("with a place"), found.people
    for called, many in found.comers if len(found.comers) > 1 else ():
        yield _("Attending as"), called, many
    if found.contributors:
        yield _("People"), _("in the programme, without a registration"), found.contributors
        yield _("People"), _("in all"), found.people + found.contributors


def _lines(found: Figures) -> Iterator[Sequence[Cell]]:
    """Return the figures line by line."""
    yield from _lines_of_people(found)
    if found.on_reserve is not None:
        yield _("People"), _("on the event’s waiting list"), found.waiting - found.on_reserve
        yield _("People"), _("on reserve lists"), found.on_reserve
    yield from _lines_of_presence(found.presence)
    for each in found.fills:
        name = languages.short_name(each.item.number, each.item.face)
        group = _("Workshops") if each.item.is_workshop else languages.kind_of(each.item)
        if each.item.places.capacity is not None:
            yield (
                group,
                _("%(workshop)s: places", workshop=name),
                each.item.places.capacity,
            )
        yield group, _("%(workshop)s: taken", workshop=name), each.item.places.taken
        yield group, _("%(workshop)s: waiting", workshop=name), each.item.waiting
    for kind, many, people in found.kinds:
        yield _("Kinds of organisation"), _("%(kind)s: organisations", kind=kind), many
        yield _("Kinds of organisation"), _("%(kind)s: people", kind=kind), people
    for organisation in found.organisations:
        yield _("Organisations"), organisation.name, organisation.people
    for question in found.questions:
        for answer in question.given:
            yield question.label, answer.words, answer.people
    of_people = {
        _("On site or online"): found.modes,
        _("Language"): found.languages,
        _("Consents"): found.consents,
    }
    for section, counts in of_people.items():
        for words, people in counts:
            yield section, words, people
