"""Organisations as the quota counts them: which spellings are of one, its number, its domains."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.errors import Refused
from congress.domain.organisation_names import alike
from congress.queries import congresses, quota_groups
from congress.queries.quota_groups import Group
from congress.services import quotas
from congress.web import access, refusals
from congress.web.entries import Entry, read_line, read_number, told
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame

PAGE = 50  # organisations
PATH = "/attendees/organisations"
LONGEST_KEY, LONGEST_DOMAIN, LONGEST_SEARCH, MOST_PLACES = 400, 253, 100, 999
LONGEST_LINE = 40
REFUSED = 422
RULE, OWN, NO_LIMIT = "rule", "own", "none"


@dataclass
class GroupForm:
    """What can be said of one organisation, as typed."""

    other: Entry
    how_many: Entry
    places: Entry
    domain: Entry
    refused: list[tuple[str | None, str]] = field(default_factory=list)

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        entries = (self.other, self.how_many, self.places, self.domain)
        return [*self.refused, *(error for each in entries for error in told(each))]


def organisations() -> str:
    """Show the organisations of which somebody comes or waits."""
    sought = " ".join(request.args.get("q", "")[:LONGEST_SEARCH].split())
    found = quota_groups.groups(access.workspace().id, _quota(), sought)
    last = max(1, -(-len(found) // PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), last)
    return frame.page(
        "quotas.html",
        current="attendees",
        groups=found[(number - 1) * PAGE : number * PAGE],
        total=len(found),
        quota=_quota(),
        sought=sought,
        page=number,
        last_page=last,
    )


def one_organisation() -> ResponseReturnValue:
    """Show one organisation, or do one thing with it."""
    group = _load(request.values.get("key", ""))
    form = _form(group)
    if request.method == "GET":
        return _page(group, form)
    act, now = ACTS.get(request.form.get("act", "")) or abort(404), clock.now()
    try:
        done = act(group, form, now)
    except Refused as refusal:
        form.refused.append((None, refusals.text(refusal, access.workspace().zone)))
        done = None
    if done is None:
        return _page(group, form), REFUSED
    is_there = quota_groups.find(access.workspace().id, group.key, _quota()) is not None
    return frame.done(done, address(group.key) if is_there else PATH, at=now)


def address(key: str) -> str:
    """Return where an organisation is looked at, below the address of the congress."""
    return f"{PATH}/one?{urlencode({'key': key})}"


def _tell_apart(group: Group, _form: GroupForm, now: datetime) -> str:
    words = request.form.get("words", "")
    written = next((each for each in group.spellings if each.words == words), None) or abort(404)
    quotas.tell_apart(access.workspace().id, group.key, words, actor=access.actor(), now=now)
    return _("“%(name)s” counts as an organisation of its own from now on.", name=written.typed)


def _put_together(group: Group, form: GroupForm, now: datetime) -> str | None:
    form.other.value = request.form.get("other", "")[:LONGEST_KEY]
    other = quota_groups.find(access.workspace().id, form.other.value, _quota())
    if other is None:
        form.other.errors.append(_("Please choose an organisation."))
        return None
    quotas.put_together(access.workspace().id, group.key, other.key, actor=access.actor(), now=now)
    names = {"one": group.name, "other": other.name}
    return _("“%(one)s” and “%(other)s” count as one organisation from now on.", **names)


def _set_places(group: Group, form: GroupForm, now: datetime) -> str | None:
    form.how_many.value = request.form.get("how_many", "")
    read_line(form.places, request.form.get("places", ""), most=LONGEST_LINE)
    places = read_number(form.places.value, most=MOST_PLACES)
    if form.how_many.value not in {RULE, OWN, NO_LIMIT}:
        form.how_many.errors.append(_("Please choose one of these."))
    elif form.how_many.value == OWN and places is None:
        form.places.errors.append(_("Please enter a number up to %(most)d.", most=MOST_PLACES))
    if form.errors:
        return None
    quotas.set_places(
        access.workspace().id,
        group.key,
        places if form.how_many.value == OWN else None,
        is_exception=form.how_many.value != RULE,
        actor=access.actor(),
        now=now,
    )
    return _("The number of places for “%(name)s” is saved.", name=group.name)


def _confirm_domain(group: Group, form: GroupForm, now: datetime) -> str | None:
    read_line(form.domain, request.form.get("domain", ""), most=LONGEST_DOMAIN)
    domain = form.domain.value.rpartition("@")[2].strip().lower()
    if not domain and not form.domain.errors:
        form.domain.errors.append(_("Please enter what stands behind the @."))
    if form.errors:
        return None
    quotas.confirm_domain(access.workspace().id, group.key, domain, actor=access.actor(), now=now)
    names = {"domain": domain, "name": group.name}
    return _("Addresses at %(domain)s count as “%(name)s” from now on.", **names)


def _drop_domain(group: Group, _form: GroupForm, now: datetime) -> str:
    domain = request.form.get("domain", "")
    quotas.drop_domain(access.workspace().id, group.key, domain, actor=access.actor(), now=now)
    return _("Addresses at %(domain)s count by what was entered again.", domain=domain)


ACTS: dict[str, Callable[[Group, GroupForm, datetime], str | None]] = {
    "apart": _tell_apart,
    "together": _put_together,
    "places": _set_places,
    "domain": _confirm_domain,
    "no_domain": _drop_domain,
}


def _quota() -> int:
    return congresses.get_congress(access.workspace().id).rules.quota


def _load(key: str) -> Group:
    return quota_groups.find(access.workspace().id, key[:LONGEST_KEY], _quota()) or abort(404)


def _form(group: Group) -> GroupForm:
    places = group.delegation.places
    said = (NO_LIMIT if places is None else OWN) if group.is_exception else RULE
    return GroupForm(
        other=Entry("other", _("The same organisation as"), required=True),
        how_many=Entry("how_many", _("How many can come"), said, required=True),
        places=Entry("places", _("Places"), str(places) if said == OWN else ""),
        domain=Entry("domain", _("Behind the @ of their addresses")),
    )


def _page(group: Group, form: GroupForm) -> str:
    congress_id, quota = access.workspace().id, _quota()
    others = [each for each in quota_groups.groups(congress_id, quota) if each.key != group.key]
    near = set(alike(group.key, {each.key for each in others}))
    first = sorted(others, key=lambda each: (each.key not in near, each.name.casefold()))
    known = quota_groups.domains_of(congress_id, group.key)
    rule = ngettext(
        "%(num)d person, as from every other", "%(num)d people, as from every other", quota
    )
    return frame.page(
        "quota.html",
        current="attendees",
        group=group,
        form=form,
        errors=form.errors,
        others=[(each.key, each.name) for each in first],
        near=[each for each in first if each.key in near],
        how_many=[
            (RULE, rule if quota else _("as many as want to, as from every other")),
            (OWN, _("another number")),
            (NO_LIMIT, _("as many as want to")),
        ],
        proposed=[each for each in known if each not in group.domains],
        quota=quota,
    )
