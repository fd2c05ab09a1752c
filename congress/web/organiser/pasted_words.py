"""What is said of a pasted row beside its values, in the language of the page."""

from collections.abc import Mapping
from datetime import UTC, date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from congress.domain.pasting.clock_words import clock_text
from congress.domain.pasting.columns import Part
from congress.domain.pasting.doubts import Doubt, Remark
from congress.domain.programme import ItemKind
from congress.web import languages
from congress.web.organiser.change_words import usual_roles

PARTS: Mapping[str, LazyString] = {
    Part.DAY: _("Day"),
    Part.NUMBER: _("Number"),
    Part.TIME: _("Time"),
    Part.END: _("End"),
    Part.DURATION: _("Duration"),
    Part.TITLE: _("Title"),
    Part.KIND: _("Kind"),
    Part.ROOM: _("Room"),
    Part.PLACES: _("Places"),
    Part.MINIMUM: _("Minimum number of people"),
    Part.PEOPLE: _("People"),
    Part.DESCRIPTION: _("Description"),
}
SENTENCES: Mapping[Doubt, LazyString] = {
    Doubt.END_FROM_NEXT: _("End added: %(time)s, when the next item begins."),
    Doubt.END_FROM_CONGRESS: _("End added: %(time)s, when the event ends."),
    Doubt.ALL_DAY: _("All day: %(starts)s to %(ends)s."),
    Doubt.KIND_FROM_TITLE: _("Kind taken from the title: %(kind)s."),
    Doubt.KIND_FROM_PLACES: _("Read as %(kind)s, because it has places."),
    Doubt.KIND_SHORT: _("“%(text)s” read as %(kind)s."),
    Doubt.NUMBER_FROM_TITLE: _("Number taken from the title: %(number)s."),
    Doubt.DESCRIPTION_FROM_TITLE: _("“%(text)s” becomes the description."),
    Doubt.TIME_CARRIED: _("There is no time here, so that of row %(row)s is used. Is that right?"),
    Doubt.TIME_ABOUT: _("Read as exactly %(time)s. Is that right?"),
    Doubt.END_GUESSED: _("There is no end here, so %(time)s is assumed. Is that right?"),
    Doubt.OUTSIDE_HOURS: _(
        "This is outside the event’s hours, %(starts)s to %(ends)s. Is that right?"
    ),
    Doubt.KIND_GUESSED: _("What kind of item is this? Read as %(kind)s. Is that right?"),
    Doubt.CELL_GUESSED: _("“%(text)s” read as: %(part)s. Is that right?"),
    Doubt.LINE_JOINED: _("“%(text)s” is on a line of its own. Does it belong to this row?"),
    Doubt.COLUMN_LEFT_OUT: _(
        "“%(text)s” is left out: the column “%(name)s” is not known. Is that right?"
    ),
    Doubt.TEXT_LEFT_OUT: _("“%(text)s” is left out. Is that right?"),
    Doubt.PLACES_LEFT_OUT: _(
        "Only workshops, placements, days, evening events and meals have places, so "
        "%(number)s is left out. Is that right?"
    ),
    Doubt.MINIMUM: _("Needs at least %(number)s people."),
    Doubt.MINIMUM_LEFT_OUT: _(
        "Only what people choose has a minimum, so %(number)s is left out. Is that right?"
    ),
    Doubt.UNKNOWN_MINIMUM: _(
        "How many people are needed at least? “%(text)s” is not a number such as 8."
    ),
    Doubt.MINIMUM_ABOVE_PLACES: _(
        "At least %(number)s people are more than there are places (%(places)s). Please correct "
        "one of the two."
    ),
    Doubt.PLACES_ABOUT: _("“%(text)s” read as %(number)s places. Is that right?"),
    Doubt.TITLE_HOLDS_MORE: _(
        "“%(text)s” stays in the title. If it belongs elsewhere, put it in a cell of its own."
        " Is that right?"
    ),
    Doubt.NUMBER_TWICE: _("The number %(number)s appears more than once. Is that right?"),
    Doubt.ROOM_LIKE: _("Is “%(room)s” another room than “%(other)s”? If not, write both alike."),
    Doubt.ROOM_A_NUMBER: _("Read as the room “%(text)s”. Is that right?"),
    Doubt.NAME_OF_ONE_WORD: _("Is “%(name)s” somebody’s whole name?"),
    Doubt.AFFILIATION_GUESSED: _(
        "“%(affiliation)s” read as where %(name)s comes from. Is that right?"
    ),
    Doubt.ROLE_CARRIED: _("%(name)s read as %(role)s, like the person before. Is that right?"),
    Doubt.NOT_A_TIME: _("When is this? “%(text)s” is not a time such as 10:30–12:00."),
    Doubt.TIME_OR_DATE: _("Is “%(text)s” a time or the date? Write %(time)s if it is the time."),
    Doubt.NO_TIME: _("When is this? Put a time such as 10:30–12:00 first, or delete the row."),
    Doubt.NO_END: _("When does this end? Write both times, such as 10:30–12:00."),
    Doubt.END_BEFORE_START: _(
        "When is this? The end, %(ends)s, is not after the start, %(starts)s."
    ),
    Doubt.MORNING_OR_AFTERNOON: _(
        "Is %(time)s in the afternoon? Then write %(other)s; otherwise change the event’s "
        "hours above."
    ),
    Doubt.WORKSHOP_OUTSIDE_HOURS: _(
        "When is this? What people choose must be within the event’s hours, %(starts)s to "
        "%(ends)s. Change them above, or the time here."
    ),
    Doubt.NO_SUCH_TIME: _(
        "When is this? %(time)s does not exist on that day: the clocks go forward then."
    ),
    Doubt.NO_DAY: _("On which day is this? Put a line with the date above the rows of each day."),
    Doubt.OTHER_DAY: _("On which day is this? “%(text)s” is not one of the days above."),
    Doubt.OTHER_WEEKDAY: _(
        "On which day is this? The date and the day of the week differ: it is %(day)s."
    ),
    Doubt.NO_TITLE: _("What is this called? The title is missing."),
    Doubt.TOO_LONG: _("“%(text)s” is too long; at most %(most)s characters fit."),
    Doubt.UNKNOWN_KIND: _(
        "What is “%(text)s”? Write Plenary, Talk, Case study, Workshop, Panel, Break, Day, "
        "Evening event or Meal."
    ),
    Doubt.UNKNOWN_PLACES: _("How many places are there? “%(text)s” is not a number such as 25."),
    Doubt.UNKNOWN_CELL: _(
        "What is “%(text)s”? Put a heading above the column, or write for example “Room: …” "
        "or “Speaker: …” in the cell."
    ),
    Doubt.UNKNOWN_ROLE: _(
        "What does somebody do as “%(role)s”? Write Dialogue partner, Speaker or Moderator."
    ),
    Doubt.NOT_A_NAME: _(
        "Who is “%(text)s”? Write first and last names, with a comma between two people."
    ),
    Doubt.SEPARATED_BY_COMMAS: _(
        "Are the cells separated by commas? Then put headings such as Time,Title,Room above them."
    ),
    Doubt.TOO_MANY_ROWS: _(
        "These are %(rows)s rows, and at most %(most)s can be read. Is it the right table?"
    ),
}
OF_NOBODY = _(
    "“%(affiliation)s” read as an organisation, with “N. N.” for the person. Is that right?"
)


def sentence(remark: Remark) -> str:
    """Return what a remark says or asks."""
    facts = dict(remark.facts)
    if "kind" in facts:
        facts["kind"] = languages.kind_name(ItemKind(facts["kind"]))
    if "part" in facts:
        facts["part"] = str(PARTS[facts["part"]])
    if "role" in facts:
        facts["role"] = usual_roles().get(facts["role"], facts["role"])
    for name in ("rows", "most"):
        if name in facts:
            facts[name] = languages.number(int(facts[name]))
    if remark.doubt is Doubt.OTHER_WEEKDAY:
        facts["day"] = languages.dates(UTC).day(date.fromisoformat(facts["day"]))
    if remark.doubt is Doubt.AFFILIATION_GUESSED and not facts["name"]:
        return str(OF_NOBODY) % facts
    for name in ("time", "other", "starts", "ends"):
        if name in facts and remark.doubt is not Doubt.ROOM_LIKE:
            facts[name] = _clock(facts[name])
    return str(SENTENCES[remark.doubt]) % facts


def _clock(text: str) -> str:
    """Return a time as pages of this language write it."""
    return text.replace(":", ".") if languages.current() == "de" else text


def times(starts: int | None, ends: int | None) -> str:
    """Return "10.30 – 12.00", as far as it is known."""
    said = (_clock(clock_text(each)) for each in (starts, ends) if each is not None)
    return " – ".join(said)
