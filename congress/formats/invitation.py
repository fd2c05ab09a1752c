"""What the calendar entry of a registration says: one entry per congress day."""

from collections.abc import Sequence
from dataclasses import replace

from congress.domain import online
from congress.domain.calendars.calendar import Conference, Content
from congress.domain.calendars.public_calendar import place
from congress.domain.congresses import Congress
from congress.domain.programme import DIALOGUE_PARTNER, ProgrammeItem
from congress.domain.registration import RegistrationState
from congress.domain.standing import Standing
from congress.domain.texts import in_language
from congress.domain.times.time_slots import TimeSlot
from congress.formats import kind_words
from congress.formats.catalogue import catalogue
from congress.formats.dates import Dates


def content(congress: Congress, day: TimeSlot, standing: Standing) -> Content:
    """Return the words and times of one day: the congress, with the person's workshops in it.

    Workshops at the same time as others are no entries of their own, so that a calendar never
    shows two that overlap. Nothing here opens what is somebody's own: calendars are shared. The
    room to take part in online is everybody's who takes part there, once it is told.
    """
    language = standing.language
    mine = [each.item for each in standing.confirmed if each.item.slot.overlaps(day)]
    if not online.is_told(congress, standing.mode):
        congress = replace(congress, online_link="")
        mine = [replace(each, face=replace(each.face, online_link="")) for each in mine]
    is_online = online.takes_part_online(congress, standing.mode)
    location = (
        catalogue(language).gettext("Online") if is_online else place(congress, language, day)
    )
    title, module = in_language(congress.title, language), congress.module_of(day)
    of_module = in_language(module.title, language)
    return Content(
        summary=f"{title}: {of_module}" if of_module else title,
        starts=day.starts_at,
        ends=day.ends_at,
        timezone=congress.timezone,
        location=location,
        description=_description(
            congress, mine, language, is_placed=is_online or bool(module.place)
        ),
        reminder=congress.reminder.minutes,
        conferences=(*_of_congress(congress, language), *_of_workshops(mine, language)),
    )


def ended(content: Content, standing: Standing) -> Content:
    """Return what an entry says once it is cancelled, in mails and feeds alike.

    Several programs ignore STATUS, so the title says it, and who of both called it off. What
    was promised to somebody who comes, a workshop or news of the venue, is promised no longer, and
    no room opens online.
    """
    _ = catalogue(standing.language).gettext
    prefix = _("Cancelled:")
    if standing.merged_into_id is not None:  # who comes by the other registration
        prefix = _("Duplicate:")
    elif standing.state is RegistrationState.CANCELLED:
        prefix = _("Not attending:")
    title = f"{prefix} {content.summary}"
    return replace(content, summary=title, description="", conferences=())


def left(content: Content, standing: Standing) -> Content:
    """Return what a cancelled entry says once the person has left: that, and no other reason."""
    _ = catalogue(standing.language).gettext
    prefix = _("Cancelled:")
    title = content.summary.removeprefix(f"{prefix} ")
    return content if title == content.summary else ended(replace(content, summary=title), standing)


def _of_congress(congress: Congress, language: str) -> tuple[Conference, ...]:
    label = catalogue(language).gettext("Online link")
    return (Conference(label, congress.online_link),) if congress.online_link else ()


def _of_workshops(mine: Sequence[ProgrammeItem], language: str) -> tuple[Conference, ...]:
    return tuple(
        Conference(in_language(item.face.title, language), item.face.online_link)
        for item in mine
        if item.face.online_link and not item.face.cancelled
    )


def _description(
    congress: Congress, mine: Sequence[ProgrammeItem], language: str, *, is_placed: bool
) -> str:
    _ = catalogue(language).gettext
    blocks = [f"{each.label}: {each.address}" for each in _of_congress(congress, language)]
    blocks += [_workshop(item, congress, language) for item in mine]
    if not in_language(congress.venue, language) and not is_placed:
        blocks.append(_("The venue will be announced as soon as it is confirmed."))
    blocks.append(
        _("Would you like to change something? We have emailed you the link to your page.")
    )
    return "\n\n".join(blocks)


def _workshop(item: ProgrammeItem, congress: Congress, language: str) -> str:
    _ = catalogue(language).gettext
    title = in_language(item.face.title, language)
    if item.number:
        name = kind_words.numbered(item.kind, item.number, language)
        title = f"{name}: {title}"
    room = in_language(item.face.room, language)
    when = ", ".join(filter(None, [Dates(language, congress.zone).range(item.slot), room]))
    heading = (
        _("Your workshop:") if item.is_workshop else f"{kind_words.kind_name(item.kind, language)}:"
    )
    heading = _("Not taking place:") if item.face.cancelled else heading
    lines = [heading, title, when]
    if partners := dialogue_partners(item):
        lines.append(_("Dialogue partners: {names}").format(names=", ".join(partners)))
    if item.face.online_link and not item.face.cancelled:
        label = _("Online link")
        lines.append(f"{label}: {item.face.online_link}")
    return "\n".join(lines)


def dialogue_partners(item: ProgrammeItem) -> list[str]:
    """Return the names of those who lead a workshop."""
    people = item.face.people
    return [each.name for each in people if each.role == DIALOGUE_PARTNER and each.name]
