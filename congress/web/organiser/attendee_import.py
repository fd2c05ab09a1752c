"""An organiser imports attendees: a table is read, the difference looked at, and taken over."""

from dataclasses import dataclass, replace

from flask import request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import allocation
from congress.domain.attendee_import.answering import with_answers
from congress.domain.attendee_import.comparing import (
    Finding,
    Known,
    Outcome,
    compare,
    mark_of,
)
from congress.domain.attendee_import.people import Bookable, Catalogue
from congress.domain.congresses import CongressState
from congress.formats.attendee_list import kinds
from congress.queries import congresses, everybody, neighbours, programme
from congress.services import kinds as kinds_services
from congress.services import taking_over
from congress.services.kinds import Foresight
from congress.services.taking_over import Done
from congress.web import access, languages
from congress.web.entries import Entry
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.mode_words import MODES
from congress.web.organiser import frame, import_answers, import_words, person_kinds
from congress.web.organiser.import_form import MOST_QUESTIONS, ImportForm, completed
from congress.web.organiser.import_words import OpenRow
from congress.web.organiser.table_form import LARGEST_FILE

REFUSED, UNSEEN = 422, 409
ENDPOINT = "organiser.import_attendees"
LARGEST_FORM = LARGEST_FILE
MOST_NAMED = 20


@dataclass(frozen=True)
class Difference:
    """What taking a table over would come to."""

    added: list[Finding]
    changed: list[Finding]
    unchanged: list[Finding]
    open: list[OpenRow]
    answered: list[OpenRow]
    kept: list[Finding]
    unasked: list[Finding]
    missing: list[Known]
    mark: str
    kinds: Foresight | None  # what it means that people come as something else
    given: int  # how many would have a place where places are still to be given by wishes

    @property
    def told(self) -> int:
        """How many people would get a confirmation."""
        return sum(bool(each.row.said.get("email")) for each in self.added)

    @property
    def told_of_change(self) -> int:
        """How many of the changed have an address."""
        return sum(bool(each.is_corrected and each.after.email) for each in self.changed)

    @property
    def asks_for_consents(self) -> bool:
        """Whether somebody new has agreed to something."""
        return any(any(each.row.consents.values()) for each in self.added)


def import_attendees() -> ResponseReturnValue:
    """Show the form, what a table would change, or take it over as it was seen."""
    form = _form()
    if request.method == "GET" or access.workspace().state is not CongressState.PUBLISHED:
        return _page(form)
    if not form.read(request.form, request.files.get("file")):
        return _page(form), REFUSED
    difference, findings = _compare(form)
    if request.form.get("step") != "apply":
        return _page(form, difference)
    if request.form.get("seen") != difference.mark:
        changed = _("The table or the registrations have changed. Please look at this once more.")
        return _page(form, difference, changed), UNSEEN
    if difference.asks_for_consents and not form.said_by.value:
        form.said_by.errors.append(_("Please enter who gave the consent."))
        return _page(form, difference), REFUSED
    now = clock.now()
    done = taking_over.take_over(
        access.workspace().id,
        form.newcomers(findings),
        difference.changed,
        form.terms(),
        actor=access.actor(),
        now=now,
    )
    return frame.done(_done(done), "/attendees", at=now, undo_several=done.act)


def _form() -> ImportForm:
    workspace = access.workspace()
    workshops = [item for item in programme.current_items(workspace) if item.bookable]
    return ImportForm(
        congress=congresses.with_content(workspace),
        catalogue=Catalogue.of(
            Bookable(item.id, item.number, (item.face.title, item.face.short_title))
            for item in workshops
        ),
        rows=Entry("rows", _("Rows")),
        said_by=Entry("said_by", _("Who said so?")),
    )


def _compare(form: ImportForm) -> tuple[Difference, list[Finding]]:
    known = everybody.registered(access.workspace().id, with_answers=form.has_answers)
    findings, missing = compare(
        form.checked, known, answers=form.answers, has_addresses=form.has_addresses
    )
    codes = {item.id: item.code for item in programme.current_items(access.workspace())}
    findings = with_answers(completed(form, findings), form.congress.questions, codes)
    findings = taking_over.seated(
        access.workspace(), findings, form.newcomers(findings), form.terms(), now=clock.now()
    )
    foreseen = _come_as(findings)
    by_outcome = {
        outcome: [each for each in findings if each.outcome is outcome] for outcome in Outcome
    }
    return Difference(
        added=by_outcome[Outcome.ADDED],
        changed=by_outcome[Outcome.CHANGED],
        unchanged=by_outcome[Outcome.UNCHANGED],
        open=_asked(form, by_outcome[Outcome.OPEN]),
        answered=[
            import_words.opened(each, form.answers[each.row.number])
            for each in findings
            if each.outcome is not Outcome.OPEN and form.answers.get(each.row.number)
        ],
        kept=[each for each in findings if each.kept],
        unasked=[each for each in findings if each.unasked and each.outcome is not Outcome.OPEN],
        missing=missing,
        mark=" ".join([mark_of(findings), *map(str, foreseen.gaining if foreseen else ())]),
        kinds=foreseen,
        given=_given(form, by_outcome[Outcome.ADDED]),
    ), findings


def _given(form: ImportForm, added: list[Finding]) -> int:
    """Return how many new people would have a place before the places there are assigned."""
    items = programme.current_items(access.workspace())
    ranked = allocation.unassigned(items, form.congress.rules.allocation)
    return sum(not ranked.isdisjoint(each.row.workshops or ()) for each in added)


def _come_as(findings: list[Finding]) -> Foresight | None:
    wanted = taking_over.comes_as(findings)
    if not wanted:
        return None
    return kinds_services.foresee(access.workspace(), wanted, now=clock.now())


def _asked(form: ImportForm, findings: list[Finding]) -> list[OpenRow]:
    """Return open rows in words; so many can be answered as a form has fields."""
    rows = [import_words.opened(each, form.answers.get(each.row.number, "")) for each in findings]
    return rows[:MOST_QUESTIONS] + [replace(each, choices=()) for each in rows[MOST_QUESTIONS:]]


def _page(form: ImportForm, difference: Difference | None = None, error: str = "") -> str:
    questions, foreseen = form.congress.questions, difference.kinds if difference else None
    gaining = foreseen.gaining if foreseen else ()
    said = [(each.id, sentence) for each in (form.rows, form.said_by) for sentence in each.errors]
    return frame.page(
        "import_attendees.html",
        current="attendees",
        form=form,
        difference=difference,
        errors=said,
        error=error,
        changes=lambda each: [
            *map(import_words.change, each.changes),
            *import_answers.changes(questions, each),
        ],
        answers=lambda each: import_answers.answers(questions, each.answers),
        unasked=import_answers.unasked,
        kept=import_words.kept,
        kinds=kinds(languages.current()),
        effects=person_kinds.effects(foreseen) if foreseen else (),
        movers=neighbours.people(access.workspace().id, gaining[:MOST_NAMED]),
        gaining=len(gaining),
        groups=form.congress.rules.priority_groups,
        modes=MODES,
        is_open=access.workspace().state is CongressState.PUBLISHED,
    )


def _done(done: Done) -> str:
    said = [
        ngettext("%(num)d person was added.", "%(num)d people were added.", done.added),
        ngettext("%(num)d person was changed.", "%(num)d people were changed.", done.changed),
    ]
    if done.left:
        numbers = ", ".join(map(str, sorted(done.left)))
        said.append(
            _("Something changed meanwhile, so these rows were left out: %(rows)s", rows=numbers)
        )
    return " ".join(said)
