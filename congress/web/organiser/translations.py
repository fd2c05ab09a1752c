"""Which English texts were left as they were when the German ones changed: no form insists."""

from collections.abc import Iterable
from typing import NamedTuple

from congress.domain.planning.item_plan import ItemPlan, people_change
from congress.domain.programme import UNNAMED, Face
from congress.domain.texts import Texts, left_behind, shortened
from congress.formats.typography import listed
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.organiser.field_names import field_name

SECOND = "en"  # in which forms take texts beside the German ones
MOST_QUOTED, LONGEST_QUOTE = 3, 80  # a notice travels in a cookie
OF_ITEM = ("title", "short_title", "abstract")


class Changed(NamedTuple):
    """A text before and after, and what it is called."""

    name: str
    before: Texts
    after: Texts


def of_item(before: ItemPlan, after: ItemPlan) -> list[Changed]:
    """Return the texts of an item that its form holds."""
    return [
        Changed(field_name(name), getattr(before, name), getattr(after, name)) for name in OF_ITEM
    ]


def of_faces(before: Face | None, after: Face) -> list[Changed]:
    """Return the texts of an item as the public sees it; of a new one nothing was before."""
    if before is None:
        return []
    names = (*OF_ITEM, "room")
    found = [
        Changed(field_name(name), getattr(before, name), getattr(after, name)) for name in names
    ]
    return found + [
        Changed(now.name or UNNAMED, was.affiliation, now.affiliation)
        for was, now in people_change(before.people, after.people).restated
    ]


def unchanged(texts: Iterable[Changed]) -> list[str]:
    """Say which English versions stayed; of many, only the first are quoted."""
    kept = [
        (each.name, left[SECOND])
        for each in texts
        if SECOND in (left := left_behind(each.before, each.after))
    ]
    said = [
        _(
            "The English version of “%(what)s” is unchanged: “%(text)s”.",
            what=name,
            text=shortened(" ".join(text.split()), LONGEST_QUOTE),
        )
        for name, text in kept[:MOST_QUOTED]
    ]
    if others := [_("“%(what)s”", what=name) for name, _text in kept[MOST_QUOTED:]]:
        names = listed(others, languages.current())
        said.append(_("The English versions of these are unchanged too: %(names)s.", names=names))
    return said
