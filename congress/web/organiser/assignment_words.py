"""The words of an assignment by wishes: how far it is, how good, why somebody lacks a wish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from congress.domain.assignment.runs import RunKind, RunState
from congress.queries.assignment_runs import Run
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.languages import ngettext

Names = Mapping[int, str]  # of workshops


@dataclass(frozen=True)
class Level:
    """One thing an assignment is judged by: what it came to, and what is proven of that."""

    words: str
    value: int
    proof: str


def state(run: Run, *, is_newest: bool = True) -> tuple[str, str]:
    """Return the kind and words of the state of a run, for its badge; an older one stays so."""
    if run.state is RunState.DONE and not is_newest:
        return "off", _("Not released")
    return {
        RunState.QUEUED: ("wait", _("Waiting to begin")),
        RunState.RUNNING: ("wait", _("Being worked out")),
        RunState.DONE: ("few", _("Not released yet")),
        RunState.CONTRADICTION: ("bad", _("Not possible")),
        RunState.FAILED: ("bad", _("Failed")),
        RunState.STOPPED: ("off", _("Stopped")),
        RunState.RELEASED: ("ok", _("Released")),
    }[run.state]


def kind(run: Run) -> str:
    """Return what a run is for."""
    if run.kind is RunKind.LEAST_CHANGE:
        return _("With as little change as possible")
    return _("Assignment by wishes")


def asked(run: Run) -> str:
    """Return who asked for a run."""
    return run.asked_by or _("by itself, when the wishes closed")


def stage(run: Run) -> str:
    """Say what the worker is at."""
    if run.state is RunState.QUEUED:
        return _("It begins as soon as the worker is free.")
    return {
        "reading": _("Wishes and limits are being read."),
        "building": _("Wishes and limits are being put together."),
        "empty_handed": _("Sought: as few people as possible who get nothing."),
        "unmet": _("Sought: as many wishes as possible that come true."),
        "moved": _("Sought: as few people as possible who have to move."),
        "dissatisfaction": _("Sought: higher wishes for as many as possible."),
        "uneven": _("Sought: nobody who comes off badly twice."),
        "lots": _("Ties are being decided by lot."),
    }.get(run.stage, _("The result is being checked and explained."))


def levels(run: Run) -> list[Level]:
    """Return what an assignment is judged by, in the order in which it counts."""
    words = {
        "empty_handed": _("People who get none of their wishes"),
        "unmet": _("Times at which somebody gets none of their wishes"),
        "moved": _("Places that somebody had and gives up"),
        "dissatisfaction": _("Ranks below the first wishes, added up over all people"),
        "uneven": _("Times that somebody comes off badly once more: nothing, or the last wish"),
        "lots": _("Ties decided by lot: the sum that has to be lowest"),
    }
    has_moved = run.kind is RunKind.LEAST_CHANGE
    return [
        Level(words[each["name"]], each["value"], _proof(each))
        for each in run.levels or ()
        if each["name"] in words and (has_moved or each["name"] != "moved")
    ]


def _proof(level: Mapping[str, Any]) -> str:
    gap = _gap(level)
    if not gap:
        return _("proven: no less is possible")
    return _("at most %(gap)s less might be possible", gap=languages.number(gap))


def _gap(level: Mapping[str, Any]) -> int:
    return max(0, int(level["value"]) - int(level["bound"]))


def is_proven(run: Run) -> bool:
    """Return whether no assignment is better."""
    return all(not _gap(each) for each in run.levels or ())


def quality(run: Run) -> str:
    """Say whether nothing is better, or how much better it could be at most."""
    if is_proven(run):
        return _("Proven to be the best possible: no assignment fulfils the wishes better.")
    return _(
        "Ended after %(seconds)s seconds, before it was proven to be the best possible. The table "
        "says how much better it could be at most.",
        seconds=languages.number(round(run.seconds or 0)),
    )


def gap(run: Run) -> str:
    """Say it in a line of a table."""
    if not run.levels:
        return "–"
    return _("proven") if is_proven(run) else _("not proven")


def nth_wish(rank: int) -> str:
    """Return "2nd wish", as people speak of it; far down they count."""
    names = {1: _("1st wish"), 2: _("2nd wish"), 3: _("3rd wish")}
    return names.get(rank) or _("wish no. %(rank)d", rank=rank)


def any_other() -> str:
    """Say that a workshop was not ranked, but that any other is welcome to somebody."""
    return _("another one that is also fine")


def how(given: str, rank: int | None, *, is_other: bool) -> str:
    """Say by what somebody gets a workshop."""
    fixed = {
        "by_hand": _("decided by hand"),
        "role": _("has a part in it"),
        "booked": _("had the place already"),
        "held": _("decided by hand, keeps the place"),
        "none": _("gets no place"),
    }
    if given in fixed:
        return fixed[given]
    return any_other() if is_other else nth_wish(rank or 1)


def decided(workshop: str, *, is_given: bool) -> str:
    """Say what was decided of somebody and a workshop."""
    if is_given:
        return _("In any case: %(workshop)s", workshop=workshop)
    return _("In no case: %(workshop)s", workshop=workshop)


def reasons(given: Sequence[Mapping[str, Any]], names: Names) -> list[str]:
    """Say of each wish that did not come true why, the dearest first."""
    return [_reason(each, names) for each in given if each["item"] in names]


def _reason(reason: Mapping[str, Any], names: Names) -> str:
    return _(
        "%(wish)s (%(workshop)s): %(why)s",
        wish=any_other() if reason.get("any_other") else nth_wish(reason["rank"]),
        workshop=names[reason["item"]],
        why=_why(reason, names),
    )


def _why(reason: Mapping[str, Any], names: Names) -> str:
    full = _full(reason)
    return {
        "full_lot": _("%(full)s; among equal wishes the lot decided", full=full),
        "full": full,
        "taken": _("had the place; it goes to somebody placed there by hand or with a part in it"),
        "needed": _("had the place; others come in, so not everyone who had one can keep it"),
        "clash": _clash(names.get(reason.get("other", 0), "")),
        "mode": _("takes place only on site, or only online"),
        "alone": _("goes only with another item that they do not have"),
        "by_hand": _("ruled out by hand"),
        "organisation": _("as many people of their organisation as may be are in it"),
        "group": _("would not fit what their group has asked for"),
        "minimum": _("needed elsewhere, so that another workshop has enough people"),
        "kept": _("keeps the place they had"),
        "time": _("nothing stands against it, but the calculation ended before it was through"),
    }[reason["why"]]


def _clash(other: str) -> str:
    if other:
        return _("does not go with “%(workshop)s”", workshop=other)
    return _("does not go with something else that they have a place or a part in")


def _full(reason: Mapping[str, Any]) -> str:
    if reason["places"] is None:
        return _("full")
    first = ngettext("%(num)d first wish", "%(num)d first wishes", reason["first"])
    places = ngettext("%(num)d place", "%(num)d places", reason["places"])
    return _("full (%(first)s, %(places)s)", first=first, places=places)


def one_more(found: Mapping[str, Any] | None, *, has_limit: bool, is_full: bool) -> str:
    """Say what one more place in a workshop would change for all, by the figures of a run."""
    if not has_limit:
        return _("has no limit")
    if not is_full:
        return _("has places left")
    if found is None:
        return _("not worked out yet")
    if not any(found[name] for name in ("met", "first", "moved")):
        return _("would change nothing")
    met, first, moved = found["met"], found["first"], found["moved"]
    said = [
        ngettext("%(num)d wish list more is met", "%(num)d wish lists more are met", met)
        if met
        else "",
        ngettext("%(num)d first wish more", "%(num)d first wishes more", first) if first else "",
        _higher(found["dissatisfaction"]) if not met else "",
        ngettext("%(num)d person gets something else", "%(num)d people get something else", moved),
    ]
    return "; ".join(filter(None, said))


def _higher(ranks: int) -> str:
    """Say how much higher wishes are in all, where as many come true as before."""
    if ranks >= 0:
        return ""
    return ngettext(
        "wishes %(num)d rank higher in all", "wishes %(num)d ranks higher in all", -ranks
    )
