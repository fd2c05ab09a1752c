"""Rules of registration that cannot both hold: found when they are set, and said on that page."""

from collections.abc import Iterable

from congress.domain.answer_files import FilesOnlyInvited, require_invited
from congress.domain.approval import Approval
from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.fields import FieldUse
from congress.domain.hall import Offering
from congress.domain.kinds import HELD_FOR, sizes
from congress.domain.modes import EventMode, LinkToldAlready
from congress.domain.programme import ProgrammeItem
from congress.domain.rules import Access, Rules


class LateWithoutEnd(Refused):
    """Late requests are allowed where registration is open until the event begins anyway."""


class OffersEndWithoutOffers(Refused):
    """The end of offers is named where no place is ever offered."""


class ApprovalOfInvited(Refused):
    """Organisers decide about everybody, and everybody was invited by them."""


class OffersWithApproval(Refused):
    """Organisers decide about everybody, and yet the list asks people by itself."""


class OffersNeverMade(Refused):
    """Between the opening and the end of offers there is less time than one offer runs."""


class QuotaWithoutOrganisation(Refused):
    """Whoever leaves out the organisation would not be counted with any."""


class QuotaOfAll(Refused):
    """As many may come of one organisation as there are places at all, or more."""


class GroupBeyondQuota(Refused):
    """Nobody can register as many people of one organisation as a group may have."""


class GroupOfOne(Refused):
    """One person is no group."""


class HeldBackOfAny(Refused):
    """Places are held back where there are as many as anybody wants."""


class HeldBackBeyond(Refused):
    """More places are held back than there are."""


class PriorityUnclear(Refused):
    """Priority groups are too few to have an order, too many, too long, or named twice."""


class PriorityWithoutQueue(Refused):
    """Priority groups move up in turn where nobody can wait for anything."""


class OnlinePlacesApart(Refused):
    """Places online are counted apart only where people can come on site as well."""


class NoLinkToHoldBack(Refused):
    """A link is to be told late where nobody takes part online, and there is none."""


def contradictions(
    rules: Rules, congress: Congress, items: Iterable[ProgrammeItem]
) -> list[tuple[str, Refused]]:
    """Return what contradicts what in a congress, each with the name of the rule to change."""
    found: list[tuple[str, Refused]] = []
    if rules.approval is not Approval.OFF and rules.access is Access.INVITED:
        found.append(("approval", ApprovalOfInvited()))
    if rules.late and congress.period.closes_at >= congress.starts_at:
        found.append(("late", LateWithoutEnd()))
    if rules.quota and congress.fields.get("organisation") is not FieldUse.REQUIRED:
        found.append(("quota", QuotaWithoutOrganisation()))
    capacity = congress.places.capacity
    everywhere = _all_places(rules, capacity)
    if rules.quota and everywhere is not None and rules.quota >= everywhere:
        found.append(("quota", QuotaOfAll()))
    if rules.quota and rules.group_most > rules.quota:
        found.append(("group_most", GroupBeyondQuota()))
    if rules.group_most == 1:
        found.append(("group_most", GroupOfOne()))
    found += [*_of_offers(rules, congress), *_of_contingents(rules, capacity)]
    found += _of_modes(rules, congress)
    try:
        require_invited(congress.questions, rules.access)
    except FilesOnlyInvited as refusal:
        found.append(("access", refusal))
    return found + _of_priority(rules, congress, items)


def _all_places(rules: Rules, capacity: int | None) -> int | None:
    """Return how many places there are for everybody, online too; None where that has no limit."""
    if capacity is None or not rules.is_hybrid:
        return capacity
    return capacity + rules.online_places if rules.online_places else None


def _of_modes(rules: Rules, congress: Congress) -> list[tuple[str, Refused]]:
    found: list[tuple[str, Refused]] = []
    if rules.online_places and not rules.is_hybrid:
        found.append(("online_places", OnlinePlacesApart()))
    if rules.link_hours and rules.mode is EventMode.ONSITE and not congress.online_link:
        found.append(("link_hours", NoLinkToHoldBack()))
    is_told = congress.state is CongressState.PUBLISHED and not congress.holds_link_back
    people = congress.places.taken + congress.online_places.taken
    is_new = bool(rules.link_hours) and not congress.rules.link_hours
    if is_new and is_told and congress.online_link and people:
        found.append(("link_hours", LinkToldAlready()))
    return found


def _of_contingents(rules: Rules, capacity: int | None) -> list[tuple[str, Refused]]:
    """Return the same of places that are held back, said where the first of them are."""
    held = sizes(rules)
    if not held:
        return []
    name = HELD_FOR[next(iter(held))]
    if capacity is None:
        return [(name, HeldBackOfAny())]
    return [(name, HeldBackBeyond())] if sum(held.values()) > capacity else []


def _of_offers(rules: Rules, congress: Congress) -> list[tuple[str, Refused]]:
    offering = Offering.of(rules, congress.starts_at)
    if offering is None:
        return [("offers_end_hours", OffersEndWithoutOffers())] if rules.offers_end_hours else []
    if rules.approval is not Approval.OFF:
        return [("offer_hours", OffersWithApproval())]
    is_never = offering.until(congress.period.opens_at) is None
    return [("offer_hours", OffersNeverMade())] if is_never else []


def _of_priority(
    rules: Rules, congress: Congress, items: Iterable[ProgrammeItem]
) -> list[tuple[str, Refused]]:
    if not rules.priority:
        return []
    if not rules.priority_groups.fits:
        return [("priority", PriorityUnclear())]
    lists = [congress.places, *(item.places for item in items if item.bookable)]
    has_list = any(each.waiting_list_open for each in lists)
    return [] if has_list else [("priority", PriorityWithoutQueue())]
