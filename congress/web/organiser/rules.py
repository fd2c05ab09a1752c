"""The rules of registration of a congress: typed, checked against each other, saved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import allocation, editing
from congress.domain.allocation import StillWaiting
from congress.domain.congresses import Congress
from congress.domain.contradictions import contradictions
from congress.domain.errors import Refused
from congress.domain.kinds import sizes
from congress.domain.modes import Mode, TakePartOtherwise
from congress.domain.priority import PriorityGroups
from congress.domain.programme import ProgrammeItem
from congress.domain.rules import (
    DEFAULTS,
    LINES,
    MOST,
    Choice,
    Rules,
    RulesEditedMeanwhile,
    choices_of,
)
from congress.queries import allocations, congresses, neighbours, programme
from congress.queries.allocations import Concerned
from congress.services import priorities, quotas
from congress.services.planning import ruling
from congress.services.quotas import Foresight
from congress.web import access, refusals
from congress.web.entries import Entry, read_line, read_number, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame, meanwhile, rules_words
from congress.web.organiser.change_words import Line
from congress.web.organiser.meanwhile import Meanwhile

REFUSED, ANOTHER = 422, 409
PAGE = "/settings/rules"
LONGEST_LINE, LONGEST_VERSION = 40, 800  # characters
MOST_NAMED = 20


@dataclass
class RulesForm:
    """All entries by name; `version` is that of what the form was opened with."""

    entries: dict[str, Entry]
    version: str

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        return [error for entry in self.entries.values() for error in told(entry)]

    @property
    def values(self) -> dict[str, str]:
        return {name: entry.value for name, entry in self.entries.items()}


@dataclass(frozen=True)
class MovingUp:
    """Who of one waiting list would move up, or be offered a place: a sentence, and the first."""

    sentence: str
    people: Sequence[int]


@dataclass(frozen=True)
class Foreseen:
    """What other rules would change now.

    Who moves up or is offered a place, list by list, how many organisations have more people
    inside than may come, how many people are in a group that goes, by its name, and how many
    would stand elsewhere in a queue. `concerned` are those whom another way of giving places in
    workshops concerns.
    """

    lists: Sequence[MovingUp]
    beyond: int
    gone: Mapping[str, int]
    shifted: int
    concerned: Concerned

    @property
    def is_something(self) -> bool:
        """Whether it has to be shown before."""
        is_given_otherwise = self.concerned.sitting or self.concerned.wishing
        return bool(self.lists or self.beyond or self.gone or self.shifted or is_given_otherwise)


def edit_rules() -> ResponseReturnValue:
    """Show the rules, or save them; what contradicts each other is said beside the rule."""
    congress = congresses.get_congress(access.workspace().id)
    stored = congress.rules.values
    if request.method == "GET":
        return _show(_form(stored, editing.version_of(stored)))
    form = _typed(request.form)
    rules = None if form.errors else _read(form)
    items = programme.current_items(access.workspace())
    for name, refusal in contradictions(rules, congress, items) if rules else ():
        form.entries[name].errors.append(refusals.text(refusal, congress.zone))
    if rules is None or form.errors:
        return _show(form), REFUSED
    seen = _seen(rules)
    if seen != _seen(congress.rules) and request.form.get("seen") != seen:
        foreseen = _foreseen(rules, congress, items)
        if foreseen.is_something:
            return _show(form, foreseen=foreseen, seen=seen), REFUSED
    now = clock.now()
    try:
        names = ruling.rule(congress.id, rules, version=form.version, actor=access.actor(), now=now)
    except RulesEditedMeanwhile as refusal:
        return _after_another(form, refusal)
    except (TakePartOtherwise, StillWaiting) as refusal:
        name = "mode" if isinstance(refusal, TakePartOtherwise) else "allocation"
        form.entries[name].errors.append(refusals.text(refusal, congress.zone))
        return _show(form), REFUSED
    done = _("The rules are saved and apply from now on.") if names else _("Nothing was changed.")
    concerned = _concerned(congress, rules, items)
    return frame.done(" ".join(filter(None, (done, rules_words.untold(concerned)))), PAGE, at=now)


def _seen(rules: Rules) -> str:
    """Return the rules that change something for those who wait, as the question says them."""
    numbers = [f"{kind} {held}" for kind, held in sizes(rules).items()]
    numbers += [str(rules.quota), str(rules.online_places)]
    numbers += [str(rules.offer_hours), str(rules.offers_end_hours), str(rules.allocation)]
    return " / ".join([*numbers, *rules.priority_groups.names])


def _foreseen(rules: Rules, congress: Congress, items: Sequence[ProgrammeItem]) -> Foreseen:
    found = Foresight((), 0)
    both = (congress.rules, rules)
    before, after = ((each.quota, each.online_places, sizes(each)) for each in both)
    if before != after:
        found = quotas.foresee(access.workspace(), rules, now=clock.now())
    gone, shifted = priorities.foresee_groups(
        congress.id, congress.rules.priority_groups, rules.priority_groups
    )
    concerned = _concerned(congress, rules, items)
    return Foreseen(_lists(found, congress), found.beyond, gone, shifted, concerned)


def _concerned(congress: Congress, rules: Rules, items: Sequence[ProgrammeItem]) -> Concerned:
    both = (congress.rules, rules)
    was, becomes = (allocation.unassigned(items, each.allocation) for each in both)
    return allocations.concerned(congress.id, becomes - was, was - becomes)


def _lists(found: Foresight, congress: Congress) -> list[MovingUp]:
    """Return who moves up or is offered a place from each waiting list of the event."""
    lists = []
    said = ((found.moved_up, rules_words.moved_up), (found.offered, rules_words.offered))
    for people, words in said:
        for mode in Mode if congress.rules.is_hybrid else (None,):
            mine = [each for each in people if mode in {None, _mode_of(each, found)}]
            if mine:
                lists.append(MovingUp(words(len(mine), mode), mine))
    return lists


def _mode_of(person: int, found: Foresight) -> Mode:
    return Mode.ONLINE if person in found.online else Mode.ONSITE


def _after_another(form: RulesForm, refusal: RulesEditedMeanwhile) -> ResponseReturnValue:
    """Show what was typed over what was saved meanwhile, and where the two differ."""
    stored = congresses.get_congress(access.workspace().id).rules.values
    if stored == form.values:  # pressed twice
        return frame.done(_("The rules are saved and apply from now on."), PAGE)
    again, others = meanwhile.merged(form.values, stored, form.version, _lines)
    page = _show(_form(again, editing.version_of(stored)), refusal=refusal, others=others)
    return page, ANOTHER


def _form(values: Mapping[str, str], version: str) -> RulesForm:
    entries = {
        name: Entry(name, str(rules_words.LABELS[name]), values.get(name, "")) for name in DEFAULTS
    }
    return RulesForm(entries, version)


def _typed(sent: Mapping[str, str]) -> RulesForm:
    form = _form({}, sent.get("version", "")[:LONGEST_VERSION])
    for name, entry in form.entries.items():
        if isinstance(DEFAULTS[name], bool):
            entry.value = "y" if sent.get(name) else ""
            continue
        if name in LINES:
            read_text(entry, sent.get(name, ""), most=LINES[name])
            entry.value = PriorityGroups.of(entry.value).listed
            continue
        read_line(entry, sent.get(name, ""), most=LONGEST_LINE)
        choices, most = choices_of(name), MOST.get(name)
        if choices and entry.value not in set(choices):
            entry.errors.append(_("Please choose one of these."))
        elif most and entry.value and read_number(entry.value, most=most) is None:
            entry.errors.append(
                _("Please enter a number up to %(most)d, or leave the field empty.", most=most)
            )
    return form


def _read(form: RulesForm) -> Rules:
    chosen: dict[str, Choice] = {}
    for name, value in form.values.items():
        if isinstance(DEFAULTS[name], bool):
            chosen[name] = bool(value)
        else:
            chosen[name] = value if choices_of(name) or name in LINES else int(value or 0)
    return Rules.of(chosen)


def _lines(names: Iterable[str], was: Mapping[str, str], now: Mapping[str, str]) -> list[Line]:
    return [
        Line(
            str(rules_words.LABELS[name]),
            rules_words.said(name, now[name]),
            rules_words.said(name, was[name]),
        )
        for name in names
    ]


def _show(
    form: RulesForm,
    *,
    refusal: Refused | None = None,
    others: Meanwhile | None = None,
    foreseen: Foreseen | None = None,
    seen: str = "",
) -> str:
    return frame.page(
        "rules.html",
        current="settings",
        form=form,
        hints={name: str(hint) for name, hint in rules_words.HINTS.items()},
        options={name: rules_words.options(name) for name in DEFAULTS if choices_of(name)},
        lines=list(LINES),
        ticks=[name for name, usual in DEFAULTS.items() if isinstance(usual, bool)],
        **refusals.box(refusal or form.errors, access.workspace().zone),
        meanwhile=others,
        foreseen=foreseen,
        seen=seen,
        names=_names(foreseen) if foreseen else {},
        most=MOST_NAMED,
    )


def _names(foreseen: Foreseen) -> dict[int, str]:
    """Return the names of the first of each list."""
    people = [each for one in foreseen.lists for each in one.people[:MOST_NAMED]]
    return {each.id: each.name for each in neighbours.people(access.workspace().id, people)}
