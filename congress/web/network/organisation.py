"""One organisation of the register: what is known of it, its other names and mail domains."""

import re

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.network.access import NetworkRight
from congress.queries.network import contact_log, contacts, register
from congress.queries.network.contact_log import Wanted
from congress.queries.network.register import Details
from congress.services.network import cataloguing, naming
from congress.web import access, refusals
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.languages import number
from congress.web.network import register_words as words
from congress.web.network.contact_log import ADDRESS as LOG
from congress.web.network.contact_log import due_among
from congress.web.network.contact_log_words import KINDS
from congress.web.network.frame import done, page, today, zone
from congress.web.network.organisation_form import (
    LONGEST_NAME,
    OrganisationForm,
    organisation_form,
)
from congress.web.network.organisations import ADDRESS

REFUSED, LATE = 422, 409
LATEST = 5  # notes of the contact log
LIST = "/organisations"
LONGEST_DOMAIN = 253
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def organisation(organisation_id: int) -> str:
    """Show one organisation."""
    return _show(_get(organisation_id))


def add_organisation() -> ResponseReturnValue:
    """Show an empty form, or put an organisation into the register."""
    form = organisation_form()
    if request.method == "GET":
        return _form(form)
    facts = form.read(request.form, besides=None)
    if facts is None:
        return _form(form), REFUSED
    try:
        added = cataloguing.add(facts, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _form(form, refusal=refusal), LATE
    return done(_("%(name)s is in the register now.", name=facts.name), f"{LIST}/{added}")


def edit_organisation(organisation_id: int) -> ResponseReturnValue:
    """Show the form of an organisation, or save it."""
    found = _get(organisation_id)
    successor = found.successors[0].name if found.successors else ""
    form = organisation_form(found.facts, successor)
    if request.method == "GET":
        return _form(form, found)
    facts = form.read(request.form, besides=found.id)
    if facts is None:
        return _form(form, found), REFUSED
    try:
        cataloguing.change(
            found.id, facts, version=form.version, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        again = _get(organisation_id)
        form.version = again.facts.version  # what is saved next was looked at
        return _form(form, again, refusal=refusal), LATE
    return done(_("%(name)s is saved.", name=facts.name), f"{LIST}/{found.id}")


def add_alias(organisation_id: int) -> ResponseReturnValue:
    """Let an organisation be known by another name."""
    found = _get(organisation_id)
    entry = _alias()
    name = read_line(
        entry,
        request.form.get(entry.name, ""),
        most=LONGEST_NAME,
        missing=_("Please enter a name."),
    )
    if entry.errors:
        return _show(found, alias=entry), REFUSED
    try:
        naming.add_alias(found.id, name, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _show(found, alias=entry, refusal=refusal), LATE
    return done(
        _("%(name)s is also found as “%(alias)s” now.", name=found.facts.name, alias=name),
        f"{LIST}/{found.id}",
    )


def remove_alias(organisation_id: int, alias_id: int) -> ResponseReturnValue:
    """Let an organisation be known by a name no more."""
    found = _get(organisation_id)
    naming.remove_alias(found.id, alias_id, actor=access.actor(), now=clock.now())
    return done(_("The other name is removed."), f"{LIST}/{found.id}")


def confirm_domain(organisation_id: int) -> ResponseReturnValue:
    """Confirm that a mail domain is an organisation's own."""
    found = _get(organisation_id)
    entry = _domain()
    read_line(
        entry,
        request.form.get(entry.name, ""),
        most=LONGEST_DOMAIN,
        missing=_("Please enter what stands behind the @."),
    )
    domain = entry.value.rpartition("@")[2].strip().lower()
    if not entry.errors and not DOMAIN.fullmatch(domain):
        entry.errors.append(
            _("This is not a mail domain. Please enter what stands behind the @, as example.org.")
        )
    if entry.errors:
        return _show(found, domain=entry), REFUSED
    try:
        naming.confirm_domain(found.id, domain, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        return _show(found, domain=entry, refusal=refusal), LATE
    said = _(
        "Addresses at %(domain)s belong to %(name)s from now on.",
        domain=domain,
        name=found.facts.name,
    )
    return done(said, f"{LIST}/{found.id}")


def remove_domain(organisation_id: int, domain_id: int) -> ResponseReturnValue:
    """Take a mail domain back."""
    found = _get(organisation_id)
    naming.remove_domain(found.id, domain_id, actor=access.actor(), now=clock.now())
    return done(_("The mail domain is removed."), f"{LIST}/{found.id}")


def _alias() -> Entry:
    return Entry("alias", _("Another name"), required=True)


def _domain() -> Entry:
    return Entry("domain", _("Behind the @ of their addresses"), required=True)


def _get(organisation_id: int) -> Details:
    return register.find(organisation_id, day=today()) or abort(404)


def _form(
    form: OrganisationForm, found: Details | None = None, *, refusal: Refused | None = None
) -> str:
    return page(
        "edit_organisation.html",
        current="organisations",
        base=ADDRESS,
        found=found,
        form=form,
        kinds=_with(words.KINDS, form.entries["kind"].value),
        sectors=words.SECTORS,
        districts=_with(register.districts(), form.entries["district"].value),
        **refusals.box(refusal or form.errors, zone()),
    )


def _with(choices: dict[str, object] | dict[str, str], value: str) -> list[tuple[str, str]]:
    """Return choices and, where it is none of them, what is chosen already."""
    known = [(key, str(label)) for key, label in choices.items()]
    return known if not value or value in choices else [*known, (value, value)]


def _show(
    found: Details,
    *,
    alias: Entry | None = None,
    domain: Entry | None = None,
    refusal: Refused | None = None,
) -> str:
    alias, domain = alias or _alias(), domain or _domain()
    return page(
        "organisation.html",
        current="organisations",
        base=ADDRESS,
        here=f"{ADDRESS}/{found.id}",
        found=found,
        facts=found.facts,
        day=today(),
        people=contacts.of_organisation(found.id),
        district=register.districts().get(found.facts.district or ""),
        kind=words.kind_of(found.facts.kind),
        sectors=words.SECTORS,
        size=words.size_words(found.facts.inhabitants),
        states=words.STATES,
        number=number,
        alias=alias,
        domain=domain,
        **_noted(found.id),
        **refusals.box(refusal or [*told(alias), *told(domain)], zone()),
    )


def _noted(organisation_id: int) -> dict[str, object]:
    """Return the latest notes of the contact log, for whoever may read it."""
    if not access.may_in_network(NetworkRight.SEE_CONTACT_LOG):
        return {}
    wanted, day = Wanted(organisation_id=organisation_id), today()
    notes, has_more = contact_log.listed(wanted, today=day, limit=LATEST)
    return {
        "log": LOG,
        "contact_kinds": KINDS,
        "notes": notes,
        "has_more_notes": has_more,
        "due": due_among(notes, day),
    }
