"""What letters state of wishes for workshops, while their places are not given yet."""

from collections.abc import Callable, Sequence

from congress.domain import ranking
from congress.domain.congresses import Congress
from congress.domain.mails.messages import WorkshopFacts
from congress.domain.mails.wishing import AboutWishes, WishesFacts
from congress.domain.programme import ProgrammeItem
from congress.domain.ranking import Wishes
from congress.domain.slots import Slot
from congress.domain.standing import Standing
from congress.services.mails.moments import moment


def add(
    facts: AboutWishes,
    standing: Standing,
    congress: Congress,
    taking: Sequence[Slot],
    of_workshop: Callable[[ProgrammeItem, str], WorkshopFacts],
) -> None:
    """Say what somebody wishes for in the choices that take wishes, and until when they can."""
    slots = standing.without_place(taking)
    if not slots:
        return
    said = ranking.by_choice(slots, standing.wishes)
    facts["wishes"] = [_of_choice(slot, said[slot.key], standing, of_workshop) for slot in slots]
    facts["wishes_until"] = moment(congress.wishes_close_at)
    if standing.wished_at is not None:
        facts["has_wished"] = True


def _of_choice(
    slot: Slot,
    said: Wishes,
    standing: Standing,
    of_workshop: Callable[[ProgrammeItem, str], WorkshopFacts],
) -> WishesFacts:
    items = {item.id: item for item in slot.workshops}
    return {
        "starts_at": moment(slot.time.starts_at),
        "ends_at": moment(slot.time.ends_at),
        "items": [*items],
        "ranked": [of_workshop(items[key], standing.language) for key in said.ranked],
        "any_other": said.any_other,
    }
