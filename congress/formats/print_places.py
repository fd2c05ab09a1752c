"""Who has a place in a workshop, for whoever hosts it: names and organisations (GDPR-10)."""

from collections.abc import Sequence
from datetime import datetime

from congress.domain.congresses import Congress
from congress.domain.fields import FieldUse
from congress.domain.on_paper import Named
from congress.domain.programme import ProgrammeItem
from congress.domain.texts import in_language
from congress.formats import print_heading
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates
from congress.formats.printing import Printed


def printed(
    congress: Congress,
    item: ProgrammeItem,
    people: Sequence[Named],
    *,
    language: str,
    now: datetime,
) -> Printed:
    """Return the list as it is now; places may still change."""
    _ = catalogue(language).gettext
    dates, named = Dates(language, congress.zone), print_heading.item_name(item, language)
    stand = _("As of {moment}. Please use this list for the workshop only and destroy it after.")
    return Printed(
        "places.typ",
        title=print_heading.titled(_("List of participants"), named),
        language=language,
        created=now,
        data={
            "heading": print_heading.heading(congress, language),
            "name": named,
            "when": print_heading.moment(congress, item.slot, language),
            "room": in_language(item.face.room, language),
            "organisations": asks_organisation(congress),
            "stand": stand.format(moment=dates.moment(now)),
            "nobody": "" if people else _("Nobody has a place yet."),
            "words": {
                "sheet": _("List of participants"),
                "number": _("No."),
                "name": _("Name"),
                "organisation": _("Organisation"),
            },
            "people": [
                {"name": _in_list(each, congress, language), "organisation": each.organisation}
                for each in people
            ],
        },
    )


def asks_organisation(congress: Congress) -> bool:
    """Return whether lists have a column for organisations: not where nobody is asked."""
    return congress.fields.get("organisation") is not FieldUse.OFF


def called(person: Named, language: str) -> str:
    """Return how somebody stands in a list on paper; who has not confirmed is marked."""
    if not person.is_unconfirmed:
        return person.name
    words = catalogue(language).gettext("{name} (not confirmed)")
    return words.format(name=person.name)


def _in_list(person: Named, congress: Congress, language: str) -> str:
    """Return the same for whoever hosts, to whom it matters who sits in the room."""
    name = called(person, language)
    if not (congress.rules.is_hybrid and person.is_online):
        return name
    return catalogue(language).gettext("{name} (online)").format(name=name)
