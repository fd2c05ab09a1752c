"""The words for what was edited and not published yet: from what to what, who came and went."""

from collections.abc import Iterator
from dataclasses import dataclass

from congress.domain.planning.item_plan import EditedItem, people_change
from congress.domain.programme import UNNAMED, Face, PublicPerson
from congress.domain.texts import REQUIRED_LANGUAGE, Texts
from congress.formats.contribution_words import role_name, role_names
from congress.web import languages
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.field_names import field_name


@dataclass(frozen=True)
class Line:
    """One thing that changed; without `before` it is there for the first time."""

    name: str
    after: str
    before: str | None = None
    is_long: bool = False


def usual_roles() -> dict[str, str]:
    """Return the roles that have a name in the language of the page."""
    return role_names(languages.current())


def badge(item: EditedItem) -> tuple[str, str]:
    """Return the kind and words of what becomes of an item."""
    if item.released is None:
        return "few", _("New")
    if item.working.cancelled != item.released.cancelled:
        return ("bad", _("Cancelled")) if item.working.cancelled else ("ok", _("On after all"))
    return "few", _("Changed")


def lines(item: EditedItem) -> list[Line]:
    """Return everything that changed of an item, in the order of its form."""
    before = item.released
    return list(_of_new(item.working) if before is None else _changed(item, before))


def _of_new(face: Face) -> Iterator[Line]:
    yield Line(field_name("time"), _when(face))
    if room := languages.text(face.room):
        yield Line(field_name("room"), room)
    if face.people:
        yield Line(field_name("people"), _names(face.people))


def _changed(item: EditedItem, before: Face) -> Iterator[Line]:
    after = item.working
    for name in item.changes:
        if name == "time":
            yield Line(field_name(name), _when(after), _when(before))
        elif name == "room":
            yield from of_names(field_name(name), before.room, after.room)
        elif name == "online_link":
            none = _("none")
            was, now = before.online_link or none, after.online_link or none
            yield Line(field_name(name), now, was)
        elif name == "people":
            yield from _people(before, after)
        elif name != "cancelled":
            yield from of_texts(
                field_name(name),
                getattr(before, name),
                getattr(after, name),
                is_long=name == "abstract",
            )


def of_texts(name: str, before: Texts, after: Texts, *, is_long: bool = False) -> Iterator[Line]:
    """Compare a text in each language; only where there are others is the language named."""
    for language in sorted({*before, *after}, key=lambda each: (each != REQUIRED_LANGUAGE, each)):
        was, now = before.get(language, ""), after.get(language, "")
        if was != now:
            label = name if language == REQUIRED_LANGUAGE else f"{name} ({language})"
            none = _("none")
            yield Line(label, now or none, was or none, is_long=is_long)


def of_names(name: str, before: Texts, after: Texts) -> Iterator[Line]:
    """Compare what is called something in each language: once, as whoever reads it calls it."""
    was, now = languages.text(before), languages.text(after)
    if was == now:
        yield from of_texts(name, before, after)
    else:
        none = _("none")
        yield Line(name, now or none, was or none)


def _people(before: Face, after: Face) -> Iterator[Line]:
    change = people_change(before.people, after.people)
    if change.came:
        yield Line(_("Now taking part"), _names(change.came))
    if change.left:
        yield Line(_("No longer taking part"), _names(change.left))
    for was, now in change.restated:
        name = now.name or UNNAMED
        yield from of_names(name, was.affiliation, now.affiliation)
        if was.role != now.role:
            language = languages.current()
            yield Line(name, role_name(now.role, language), role_name(was.role, language))
    if not (change.came or change.left or change.restated):
        yield Line(_("Order of people"), _names(after.people), _names(before.people))


def _names(people: tuple[PublicPerson, ...]) -> str:
    return ", ".join(map(_name, people))


def _name(person: PublicPerson) -> str:
    affiliation = languages.text(person.affiliation)
    name = person.name or UNNAMED
    return f"{name} ({affiliation})" if affiliation else name


def _when(face: Face) -> str:
    return f"{frame.dates().date(face.slot.starts_at)}, {frame.dates().range(face.slot)}"
