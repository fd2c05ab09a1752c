"""What no assignment can keep, in words: each contradiction, and what can be done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from congress.domain.programme import ProgrammeItem
from congress.queries import neighbours
from congress.queries.neighbours import Neighbour
from congress.web import access, languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext

Fault = Mapping[str, Any]  # as a run keeps it
Items = Mapping[int, ProgrammeItem]
People = Sequence[Neighbour]
Link = tuple[str, str]  # words, and the address after that of the congress
MOST_NAMED = 6


@dataclass(frozen=True)
class Contradiction:
    """What contradicts what, what one can do, and where."""

    words: str
    advice: str
    links: Sequence[Link] = ()


def in_words(found: Sequence[Fault], items: Items) -> list[Contradiction]:
    """Return every contradiction that a run has found, in words."""
    concerned = {number for each in found for number in _concerned(each)}
    people = neighbours.people(access.workspace().id, concerned) if concerned else ()
    return [_in_words(each, items, people) for each in found]


def _concerned(fault: Fault) -> list[int]:
    """Return whom it is about; of too many it only says how many."""
    group = fault.get("people")
    own = [fault["person"]] if "person" in fault else []
    return own + (group if isinstance(group, list) else [])


def _in_words(fault: Fault, items: Items, people: People) -> Contradiction:
    if fault["fault"] == "NotBoth":
        return _not_both(fault, items, people)
    said = {
        "TooMany": _too_many,
        "TooFew": _too_few,
        "TooFewTogether": _too_few_together,
    }.get(fault["fault"])
    return said(fault, items) if said else _others(fault, items, people)


def _too_many(fault: Fault, items: Items) -> Contradiction:
    key = fault["workshop"]
    places = ngettext("%(num)d place", "%(num)d places", fault["places"])
    words = ngettext(
        "%(workshop)s has %(places)s, but %(num)d person has one in any case.",
        "%(workshop)s has %(places)s, but %(num)d people have one in any case.",
        fault["people"],
        workshop=_name(key, items),
        places=places,
    )
    advice = _("Take back decisions made by hand, or give the workshop more places.")
    return Contradiction(words, advice, [_decisions(), *_edit(key, items)])


def _too_few(fault: Fault, items: Items) -> Contradiction:
    key = fault["workshop"]
    words = ngettext(
        "%(workshop)s needs %(least)d people, but only %(num)d person can have it.",
        "%(workshop)s needs %(least)d people, but only %(num)d people can have it.",
        fault["people"],
        workshop=_name(key, items),
        least=fault["least"],
    )
    links = [*_edit(key, items), *_call_off(key, items), _decisions()]
    return Contradiction(words, _about_minimums(), links)


def _too_few_together(fault: Fault, items: Items) -> Contradiction:
    said = [
        ngettext(
            "%(workshop)s lacks %(num)d person",
            "%(workshop)s lacks %(num)d people",
            missing,
            workshop=_name(key, items),
        )
        for key, missing in fault["missing"]
    ]
    words = _(
        "These workshops cannot all have the people they need, as they compete for the same ones. "
        "At best: %(said)s.",
        said="; ".join(said),
    )
    links = [each for key, _missing in fault["missing"] for each in _edit(key, items)]
    return Contradiction(words, _about_minimums(), [*links, _decisions()])


def _about_minimums() -> str:
    return _(
        "Lower the minimum number, cancel a workshop, give more people a place in it by hand, or "
        "take back decisions made by hand."
    )


def _not_both(fault: Fault, items: Items, people: People) -> Contradiction:
    number = fault["person"]
    words = _(
        "%(person)s has a place in “%(first)s” and in “%(second)s” in any case, but nobody can "
        "have both.",
        person=_named([number], people),
        first=_name(fault["first"], items),
        second=_name(fault["second"], items),
    )
    advice = _("Take one of the two back.")
    links = [(_("Decide by hand"), f"/assignment/people/{number}"), *_attendee(number)]
    return Contradiction(words, advice, links)


def _others(fault: Fault, items: Items, people: People) -> Contradiction:
    """Say who and what is concerned by a limit that fixed places and wishes cannot keep."""
    numbers = _concerned(fault)
    what = [_named(numbers, people)] if numbers else []
    what += [_name(fault["workshop"], items)] if "workshop" in fault else []
    limit = {
        "Alone": _("A workshop goes only with another one that is not assigned with it"),
        "NotWished": _("A place was to be given that is not wished for, or cannot be had"),
        "NotKept": _("A place that is certain cannot be kept"),
        "TooManyOfOne": _("More people of one organisation than may have a place"),
        "Torn": _("People who want to be together cannot be"),
        "NotApart": _("People who want to be apart cannot be"),
    }[fault["fault"]]
    words = f"{limit}: {', '.join(what)}." if what else f"{limit}."
    advice = _("Take back decisions made by hand, or change the limit.")
    return Contradiction(words, advice, [_decisions()])


def _name(key: int, items: Items) -> str:
    item = items.get(key)
    return languages.short_name(item.number, item.face) if item else _("a workshop")


def _named(numbers: Sequence[int], people: People) -> str:
    found = [each for each in people if each.id in numbers]
    named = ", ".join(each.name for each in found[:MOST_NAMED])
    more = len(found) - MOST_NAMED
    return f"{named}, …" if more > 0 else named or _("deleted")


def _decisions() -> Link:
    return _("Decisions made by hand"), "/assignment/decisions"


def _attendee(number: int) -> list[Link]:
    return [(_("Registration"), f"/attendees/{number}")]


def _edit(key: int, items: Items) -> list[Link]:
    item = items.get(key)
    words = _("Change %(workshop)s", workshop=_name(key, items))
    return [(words, f"/programme/{item.code}/edit")] if item else []


def _call_off(key: int, items: Items) -> list[Link]:
    item = items.get(key)
    return [(_("Cancel it …"), f"/programme/{item.code}/call-off")] if item else []
