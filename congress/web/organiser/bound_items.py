"""What goes only with an item that is called off, or takes place again, before that is decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congress.domain import bindings
from congress.domain.programme import ProgrammeItem
from congress.formats.typography import listed
from congress.queries import programme
from congress.services.planning.previewing import ProposedChange
from congress.web import access, languages
from congress.web.registration.cards import full_name


@dataclass(frozen=True)
class Bound:
    """What goes only with an item, and in words with what it goes beside that one."""

    items: Sequence[ProgrammeItem]
    goes_on: str = ""
    is_off: bool = True  # or it takes place again


def to(item_id: int, items: Sequence[ProgrammeItem], *, is_off: bool = True) -> Bound:
    """Return what goes only with an item, of those that take place."""
    mine = next((each for each in items if each.id == item_id), None)
    if mine is None:
        return Bound(())
    others = [full_name(each) for each in bindings.twins(mine, items)]
    needs = bindings.needing(mine, items)
    return Bound(needs, listed(others, languages.current()) if others else "", is_off)


def of_changes(changes: Sequence[ProposedChange]) -> Mapping[int, Bound]:
    """Return the same for each item that a release calls off or lets take place again."""
    turned = {
        each.item.id: each.item.plan.cancelled
        for each in changes
        if each.item.released is not None
        and each.item.released.cancelled != each.item.plan.cancelled
    }
    if not turned:
        return {}
    off = {key for key, is_off in turned.items() if is_off}
    shown = programme.current_items(access.workspace())
    items = [each for each in shown if each.id not in off]
    mine = {each.id: each for each in shown}
    found = {
        key: to(key, [*items, *([mine[key]] if key in off and key in mine else [])], is_off=is_off)
        for key, is_off in turned.items()
    }
    return {key: each for key, each in found.items() if each.items}
