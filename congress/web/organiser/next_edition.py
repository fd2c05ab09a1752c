"""The next edition of a congress: its first day is asked for, and what a copy brings is shown."""

from collections.abc import Iterator
from datetime import date, datetime

from flask import redirect, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.congress_file.plan import CongressPlan
from congress.domain.congresses import CongressState
from congress.domain.errors import Refused
from congress.domain.planning import next_edition as rules
from congress.domain.planning.next_edition import NotWholeWeeks, StartsInThePast
from congress.domain.texts import REQUIRED_LANGUAGE, Texts, in_one_line
from congress.queries.planning import scheduling
from congress.queries.planning.congress_files import free_slug, get_plan
from congress.queries.workspaces import Workspace
from congress.services.planning import copying
from congress.services.planning.copying import SlugNotUsable, SlugTaken
from congress.web import access, languages, refusals
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import edition_checks, edition_form, frame, made_already
from congress.web.organiser.edition_form import EditionForm
from congress.web.organiser.readers import day_of

REFUSED, TAKEN = 422, 409


def next_edition() -> ResponseReturnValue:
    """Show what the next edition would be, or make it.

    "Work it out again" stores nothing: it shows the same for another day.
    """
    last, now = get_plan(access.workspace().slug), clock.now()
    today = now.astimezone(last.zone).date()
    proposed = rules.proposed_start(last, today=today)
    if request.method == "GET":
        form = edition_form.filled(last, proposed, free_slug(_slug(last, proposed)))
        return _show(form, last, proposed)
    form = edition_form.typed(request.form, last)
    starting = day_of(form.starting)
    if starting is not None:
        starting = _checked(form, last, starting, today)
    if starting is not None:
        _follow(form, last, proposed, starting)
    if "look" in request.form:
        return _show(form, last, starting)
    return _make(form, last, starting, now=now)


def _make(
    form: EditionForm, last: CongressPlan, starting: date | None, *, now: datetime
) -> ResponseReturnValue:
    if starting is None or form.errors:
        return _show(form, last, starting), REFUSED
    try:
        copied = copying.copy_edition(
            last.slug,
            starting=starting,
            new_slug=form.slug.value,
            title=form.title,
            actor=access.actor(),
            now=now,
        )
    except (SlugTaken, SlugNotUsable) as refusal:
        made = made_already.find(refusal, form.title.get(REQUIRED_LANGUAGE, ""))
        form.slug.errors.append(made_already.sentence(refusal, made))
        return _show(form, last, starting, made), TAKEN
    except Refused as refusal:  # the last edition was moved meanwhile
        form.starting.errors.append(refusals.text(refusal, last.zone))
        return _show(form, last, None), TAKEN
    frame.notify(_("The next edition is created as a draft. Only organisers can see it."))
    return redirect(languages.link(f"/organiser/{copied.slug}/preview"), code=303)


def _checked(form: EditionForm, last: CongressPlan, starting: date, today: date) -> date | None:
    """Return the first day if the congress can be moved there; else it is said at its field."""
    try:
        rules.require_to_come(last, starting, today=today)
        rules.weeks_until(last.first_day, starting)
    except (StartsInThePast, NotWholeWeeks) as refusal:
        form.starting.errors.append(refusals.text(refusal, last.zone))
        return None
    return starting


def _follow(form: EditionForm, last: CongressPlan, proposed: date, starting: date) -> None:
    """Let name and title follow another year, as long as they are those that were proposed.

    Whoever only looks is shown a name that is free. What is sent twice must not find one.
    """
    slug, wanted = _slug(last, proposed), _slug(last, starting)
    if wanted != slug and form.slug.value in {slug, free_slug(slug)}:
        form.slug.value = free_slug(wanted) if "look" in request.form else wanted
    before, after = _title(last, proposed), _title(last, starting)
    for language, entry in form.titles.items():
        if entry.value == before[language]:
            entry.value = after[language]


def _slug(last: CongressPlan, starting: date) -> str:
    return rules.suggest_slug(last.slug, last.first_day, starting)


def _title(last: CongressPlan, starting: date) -> Texts:
    return rules.suggest_title(last.title, last.first_day, starting)


def _show(
    form: EditionForm,
    last: CongressPlan,
    starting: date | None,
    made: Workspace | None = None,
) -> str:
    plan = _copy(form, last, starting) if starting is not None else None
    return frame.page(
        "next_edition.html",
        current="",
        form=form,
        made=made,
        last_day=frame.dates().day(last.first_day),
        weeks=_weeks(last, starting) if starting is not None else "",
        rows=_rows(last, plan) if plan is not None else [],
        days=edition_checks.of_days(plan) if plan is not None else [],
        unpublished=scheduling.count_unpublished(access.workspace()),
        texts=edition_checks.of_texts(plan, last) if plan is not None else [],
    )


def _copy(form: EditionForm, last: CongressPlan, starting: date) -> CongressPlan:
    return rules.next_edition(
        last,
        starting=starting,
        slug=form.slug.value,
        state=CongressState.DRAFT,
        title=form.title,
    )


def _weeks(last: CongressPlan, starting: date) -> str:
    weeks = rules.weeks_until(last.first_day, starting)
    return ngettext(
        "All days and times are %(num)d week later.",
        "All days and times are %(num)d weeks later.",
        weeks,
    )


def _rows(last: CongressPlan, plan: CongressPlan) -> list[tuple[str, str, str]]:
    """Return what differs, or has to be looked at, line by line: as it was, and as it will be."""
    dates, before, after = frame.dates(), last.registration, plan.registration
    venue = ", ".join(filter(None, [languages.text(last.venue), last.town]))
    unsettled = ", ".join(filter(None, [last.town, _("venue yet to be confirmed")]))
    first, then = (dates.last_day(each.closes_at) for each in (before, after))
    return [
        (_("Day"), _days(last), _days(plan)),
        (_("Registration opens"), dates.moment(before.opens_at), dates.moment(after.opens_at)),
        (_("Registration deadline"), first, then),
        (_("Venue"), venue or _("none"), unsettled),
        *_copied(last, plan),
    ]


def _copied(last: CongressPlan, plan: CongressPlan) -> Iterator[tuple[str, str, str]]:
    same = _("the same, to be checked")
    if number := edition_checks.asked(plan):
        people = ngettext("%(num)d person", "%(num)d people", number)
        yield _("People"), people, _("requested, not named in public (“N. N.”)")
    if number := len(plan.rooms):
        yield _("Rooms"), ngettext("%(num)d room", "%(num)d rooms", number), same
    if cost := languages.text(last.cost):
        yield _("Cost"), in_one_line(cost), same
    if called_off := [languages.text(item.title) for item in last.items if item.cancelled]:
        yield _("Cancelled"), ", ".join(called_off), _("left out")


def _days(plan: CongressPlan) -> str:
    dates, first, last = frame.dates(), plan.days[0].slot, plan.days[-1].slot
    if len(plan.days) == 1:
        return dates.day(first.starts_at)
    return dates.period(first.starts_at, last.ends_at)
