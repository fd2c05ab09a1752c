"""What letters state of wishes for workshops, while their places are not given yet."""

from collections.abc import Callable, Sequence
from datetime import datetime

from congress.domain import ranking
from congress.domain.mails.messages import WishesFacts, WorkshopFacts
from congress.domain.programme import ProgrammeItem
from congress.domain.slots import Slot
from congress.domain.standing import Standing


def of(
    standing: Standing,
    slots: Sequence[Slot],
    of_workshop: Callable[[ProgrammeItem, str], WorkshopFacts],
    moment: Callable[[datetime], str],
) -> list[WishesFacts]:
    """Return what somebody wishes for in each of these choices, in their language."""
    said = ranking.by_choice(slots, standing.wishes)
    found: list[WishesFacts] = []
    for slot in slots:
        items = {item.id: item for item in slot.workshops}
        wished, time = said[slot.key], slot.time
        found.append(
            {
                "starts_at": moment(time.starts_at),
                "ends_at": moment(time.ends_at),
                "ranked": [of_workshop(items[key], standing.language) for key in wished.ranked],
                "any_other": wished.any_other,
            }
        )
    return found
