"""What a congress says of itself, and how one registers: on one page, asked about where it counts.

What nobody is told of is saved at once. What people are told of is shown before, with who.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.access import Right
from congress.domain.congresses import Congress, CongressState
from congress.domain.errors import Refused
from congress.domain.fields import FieldUse, VoluntaryUse
from congress.domain.mails.reach import NOBODY
from congress.domain.modes import EventMode
from congress.domain.planning.concerns import Cause
from congress.domain.planning.particulars import EditedMeanwhile, Particulars, told
from congress.domain.planning.release import StateUnseen, tells_people
from congress.domain.registration import Phase
from congress.queries import congresses
from congress.queries.planning import concerns
from congress.services.planning import amending, previewing
from congress.services.planning.previewing import Preview
from congress.web import access, refusals
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import (
    change_words,
    frame,
    settings_form,
    settings_words,
    translations,
    unreached,
    warning_words,
)
from congress.web.organiser.change_words import Line
from congress.web.organiser.meanwhile import Meanwhile
from congress.web.organiser.settings_form import SettingsForm
from congress.web.registration.occasion import KINDS

REFUSED, ANOTHER = 422, 409
AT_A_GLANCE = 200  # characters; a longer text opens on demand


def edit_settings() -> ResponseReturnValue:
    """Show the form, ask who is to be told of what was changed in it, or save it."""
    congress = congresses.get_congress(access.workspace().id)
    if request.method == "GET":
        return _show(congress, settings_form.filled(Particulars.of(congress), congress.zone))
    form = settings_form.typed(request.form)
    wanted = settings_form.read_particulars(form, congress)
    if wanted is None:
        return _show(congress, form), REFUSED
    if "back" in request.form:
        return _show(congress, form)
    if form.version != Particulars.of(congress).version:
        return _after_another(congress, form, wanted)
    return _save(congress, form, wanted)


def _save(congress: Congress, form: SettingsForm, wanted: Particulars) -> ResponseReturnValue:
    now, before = clock.now(), Particulars.of(congress)
    preview = previewing.of_particulars(
        congress.id, wanted, now=now, with_names=access.may(Right.SEE_ATTENDEES)
    )
    answered = request.form.get("seen")
    if preview.reach != NOBODY and answered != preview.seen:
        error = refusals.text(StateUnseen()) if answered else ""
        return _ask(congress, form, wanted, preview, error=error), ANOTHER if answered else 200
    try:
        names = amending.amend(
            congress.id,
            wanted,
            version=form.version,
            seen=preview.seen,
            actor=access.actor(),
            now=now,
        )
    except EditedMeanwhile:
        return _after_another(congresses.get_congress(congress.id), form, wanted)
    except Refused as refusal:
        return _show(congress, form, refusal=refusal), ANOTHER
    is_told = told(before, wanted, starts_at=congress.starts_at, now=now)
    untold = [] if is_told else _untold(wanted.applied_to(congress), names)
    said = [_done(congress, names), *untold, *_left_behind(before, wanted)]
    return frame.done(" ".join(said), "/settings", at=now, reach=preview.told)


def _ask(
    congress: Congress, form: SettingsForm, wanted: Particulars, preview: Preview, *, error: str
) -> str:
    before = Particulars.of(congress)
    names = told(before, wanted, starts_at=congress.starts_at, now=clock.now())
    return frame.page(
        "confirm_settings.html",
        current="settings",
        form=form,
        preview=preview,
        unreached=unreached.named(preview.reach),
        told=_lines(before, wanted, names),
        others=_lines(
            before, wanted, [each for each in before.changes(wanted) if each not in names]
        ),
        notes=[*_notes(congress, wanted), *_left_behind(before, wanted)],
        error=error,
    )


def _after_another(
    congress: Congress, form: SettingsForm, wanted: Particulars
) -> ResponseReturnValue:
    """Answer somebody before whom another one saved, or they themselves, by pressing twice."""
    if Particulars.of(congress) == wanted:
        return frame.done(_saved(congress), "/settings")
    return _both_versions(congress, form, wanted), ANOTHER


def _both_versions(congress: Congress, form: SettingsForm, wanted: Particulars) -> str:
    """Show what was typed over what was saved meanwhile, and where the two differ.

    What only the other one changed is taken over, so that saving does not undo it.
    """
    stored, version = Particulars.of(congress), form.version
    theirs, mine = stored.changed_since(version), wanted.changed_since(version)
    clashes = [name for name in stored.changes(wanted) if name in theirs and name in mine]
    merged = wanted.over(stored, version)
    meanwhile = Meanwhile(
        _lines(stored, wanted, clashes),
        _lines(wanted, merged, [name for name in theirs if name not in mine]),
    )
    again = settings_form.filled(merged, congress.zone)
    again.version = stored.version
    return _show(congress, again, refusal=EditedMeanwhile(), meanwhile=meanwhile)


def _show(
    congress: Congress,
    form: SettingsForm,
    *,
    refusal: Refused | None = None,
    meanwhile: Meanwhile | None = None,
) -> str:
    return frame.page(
        "settings.html",
        current="settings",
        congress=congress,
        form=form,
        **refusals.box(refusal or form.errors, congress.zone),
        meanwhile=meanwhile,
        notes=_notes(congress, Particulars.of(congress)),
        kinds=list(KINDS.items()),
        colours=list(settings_words.COLOURS.items()),
        uses=list(settings_words.USES.items()),
        reminders=list(settings_words.REMINDERS.items()),
        voluntary_uses=[(use, settings_words.USES[FieldUse(use)]) for use in VoluntaryUse],
        deadline=frame.dates().deadline(congress.period.closes_at),
    )


def _lines(before: Particulars, after: Particulars, names: Iterable[str]) -> list[Line]:
    """Return from what to what some of the particulars change."""
    return [line for name in names for line in _changed(name, before, after)]


def _changed(name: str, before: Particulars, after: Particulars) -> Iterator[Line]:
    label = settings_words.label(name)
    was, now = getattr(before, name), getattr(after, name)
    if isinstance(was, Mapping) and name != "fields":
        is_long = any(len(text) > AT_A_GLANCE for text in (*was.values(), *now.values()))
        yield from change_words.of_texts(label, was, now, is_long=is_long)
    elif was != now:
        yield Line(label, settings_words.said(name, now), settings_words.said(name, was))


def _notes(congress: Congress, own: Particulars) -> list[str]:
    """Return what stops nobody and may not be meant."""
    found, places = [], congress.places
    if congress.state not in {CongressState.DRAFT, CongressState.PUBLISHED}:
        return []
    if own.capacity is not None and own.capacity < places.taken:
        found.append(
            _(
                "%(taken)d places are taken, more than the %(places)d there are. No one loses "
                "theirs; places that are given up go to no one until there are few enough.",
                taken=places.taken,
                places=own.capacity,
            )
        )
    if own.closes_at > congress.starts_at:
        found.append(_("Registration stays open after the event has started."))
    if own.period.phase(clock.now()) is Phase.CLOSED and not congress.is_over(clock.now()):
        found.append(_("The registration deadline has passed, so no one can register."))
    if congress.rules.mode is not EventMode.ONSITE and not congress.online_link:
        of_programme = concerns.of_congress(congress.id)
        found += warning_words.in_sum(
            [each for each in of_programme if each.cause is Cause.NO_LINK]
        )
    return found


def _untold(congress: Congress, names: Sequence[str]) -> list[str]:
    """Say who hears nothing of what their letters stated otherwise."""
    both = (congress.places, congress.online_places)
    people = sum(each.taken + each.waiting for each in both)
    if not (people and "cost" in names and tells_people(congress, clock.now())):
        return []
    if not access.may(Right.SEE_ATTENDEES):
        return [
            ngettext(
                "Whoever is registered (%(num)d person) is not emailed about this.",
                "Whoever is registered (%(num)d people) is not emailed about this.",
                people,
            )
        ]
    return [
        ngettext(
            "Whoever is registered (%(num)d person) is not emailed about this; you can write to "
            "everyone under “Registrations”.",
            "Whoever is registered (%(num)d people) is not emailed about this; you can write to "
            "everyone under “Registrations”.",
            people,
        )
    ]


def _left_behind(before: Particulars, wanted: Particulars) -> list[str]:
    """Say which English texts still say what the German ones said before."""
    return translations.unchanged(
        translations.Changed(
            settings_words.label(name), getattr(before, name), getattr(wanted, name)
        )
        for name in settings_form.TEXTS
    )


def _done(congress: Congress, names: Sequence[str]) -> str:
    return _saved(congress) if names else _("Nothing was changed.")


def _saved(congress: Congress) -> str:
    if congress.state is CongressState.DRAFT:
        return _("The settings are saved.")
    return _("The settings are saved and public.")
