"""What stands for the placeholders of an info mail, in both dresses."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from congress.domain.mails import placeholders
from congress.domain.mails.mailings import NAMES_OF_VALUES
from congress.domain.names import full_name
from congress.domain.programme import ItemKind
from congress.domain.texts import in_one_line
from congress.formats import kind_words
from congress.formats.catalogue import catalogue
from congress.formats.letter_parts import filled
from congress.formats.own_words import Block, Link, Values


def values_of(
    facts: Mapping[str, Any],
    when: Any,  # noqa: ANN401 - letters.Occasion
    links: Mapping[str, Any],
    language: str,
) -> Values:
    """Return what stands for each placeholder, by its names in both languages."""
    _ = catalogue(language).gettext
    given_name, family_name = facts.get("given_name", ""), facts.get("family_name", "")
    named = {
        "given_name": given_name,
        "family_name": family_name,
        "name": full_name(given_name, family_name),
    }
    if "congress" not in facts:  # an info mail of the network
        return {name: value for key, value in named.items() for name in NAMES_OF_VALUES[key]}
    congress = facts["congress"]
    address = in_one_line(congress["address"])
    town = "" if congress["town"] in address else congress["town"]
    place = ", ".join(filter(None, (congress["venue"], address, town)))
    name, words = "manage", _("My registration")
    if "contributor" in facts:
        name, words = "contribution", _("My page")
    elif "invitation" in facts:
        name, words = "invited", _("Answer the invitation")
    own = links.get(name)
    found: dict[str, str | Link | Block] = {
        **named,
        "event": congress["title"],
        "dates": when.period,
        "place": place,
        "deadline": when.last_moment,  # organisers write "until" before it
        "page": Link(own, words) if own else Link(links["congress"], _("Event page")),
    }
    if "confirmed" in facts:
        found["workshops"] = _workshops(facts["confirmed"], when, language)
    return {name: value for key, value in found.items() for name in NAMES_OF_VALUES[key]}


def line(
    text: str,
    facts: Mapping[str, Any],
    when: Any,  # noqa: ANN401 - letters.Occasion
    language: str,
    more: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Fill a line of words alone, such as a subject: what links and lists stand for stays typed."""
    found = values_of(facts, when, {"congress": ""}, language)
    words = {name: value for name, value in found.items() if isinstance(value, str)}
    return placeholders.fill(text, {**words, **more})


def _workshops(items: Iterable[Mapping[str, Any]], when: Any, language: str) -> Block:  # noqa: ANN401
    """Return the workshops somebody has a place in, one a point."""
    _ = catalogue(language).gettext
    lines = [_line(item, when, language) for item in items if not item.get("cancelled")]
    points = lines or [_("You have not chosen anything.")]
    text = "\n".join(filled(line, "- ", "  ") for line in points)
    html = Markup("\n").join(Markup("<li>{}</li>").format(line) for line in points)
    return Block(text, Markup("<ul>\n{}\n</ul>").format(html))


def _line(item: Mapping[str, Any], when: Any, language: str) -> str:  # noqa: ANN401
    _ = catalogue(language).gettext
    name = item["title"]
    if item["number"]:
        kind = ItemKind(item.get("kind", ItemKind.WORKSHOP))
        called = kind_words.numbered(kind, item["number"], language)
        name = f"{called}: {name}"
    slot = when.slot(item["starts_at"], item["ends_at"])
    day = f"{when.dates.day(slot.starts_at)}, " if when.is_long else ""
    return ", ".join(filter(None, (name, f"{day}{when.dates.range(slot)}", item["room"])))
