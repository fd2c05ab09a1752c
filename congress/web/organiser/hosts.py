"""Where people lend a hand: the host organisation of each placement, and all in a list."""

from dataclasses import dataclass

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain import hosts as rules
from congress.domain.access import Right
from congress.domain.errors import Refused
from congress.domain.hosts import LONGEST_NAME, Host
from congress.domain.network.organisations import Sector
from congress.domain.planning.item_plan import EditedItem
from congress.queries import hosts as queries
from congress.queries.planning import scheduling
from congress.services.planning import hosting
from congress.web import access, languages, refusals
from congress.web.entries import Entry, read_line, told
from congress.web.languages import gettext as _
from congress.web.network.register_words import SECTORS
from congress.web.organiser import frame

REFUSED, LATE = 422, 409
LONGEST_CHOICE, VERSION = 64, 16
LIST = "/programme/hosts"


@dataclass
class HostForm:
    """The host organisation as typed; `version` is that of what the form was opened with."""

    name: Entry
    sector: Entry
    version: str

    @property
    def errors(self) -> list[tuple[str | None, str]]:
        """What is wrong, in the order of the page."""
        return [*told(self.name), *told(self.sector)]


def hosts() -> str:
    """Show all placements with where they are, and how many people go to which sector."""
    here = access.workspace().id
    there = queries.placements(here)
    items = {each.plan.code: each for each in scheduling.edited_items(here)}
    return frame.page(
        "hosts.html",
        current="programme",
        placements=[(items[each.code], each) for each in there],
        sectors=[(_sector(key), *counts) for key, counts in rules.by_sector(there).items()],
        sector=_sector,
        may_edit=access.may(Right.EDIT_PROGRAMME),
    )


def edit_host(code: str) -> ResponseReturnValue:
    """Show at which organisation a placement is, or take what was entered."""
    here = access.workspace().id
    item = scheduling.find_edited(here, code) or abort(404)
    before = queries.of_item(item.id)
    if request.method == "GET":
        return _show(item, _form(before))
    form = _form(before)
    host = _read(form)
    if host is None:
        return _show(item, form), REFUSED
    try:
        hosting.say(here, code, host, version=form.version, actor=access.actor(), now=clock.now())
    except Refused as refusal:
        form.version = before.version
        return _show(item, form, refusal), LATE
    return frame.done(_("“%(title)s” is saved.", title=languages.text(item.plan.title)), LIST)


def _sector(key: str) -> str:
    return str(SECTORS.get(key, _("Sector not given")))


def _form(host: Host) -> HostForm:
    return HostForm(
        Entry("name", _("Host organisation"), host.name),
        Entry("sector", _("Sector"), host.sector),
        host.version,
    )


def _read(form: HostForm) -> Host | None:
    """Take over what was typed; without an organisation there is no sector."""
    form.version = request.form.get("version", "")[:VERSION]
    name = read_line(form.name, request.form.get("name", ""), most=LONGEST_NAME)
    form.sector.value = request.form.get("sector", "")[:LONGEST_CHOICE]
    if form.sector.value not in {*Sector, ""}:
        form.sector.errors.append(_("Please choose one of these."))
    return None if form.errors else Host(name, form.sector.value if name else "")


def _show(item: EditedItem, form: HostForm, refusal: Refused | None = None) -> str:
    return frame.page(
        "host.html",
        current="programme",
        item=item,
        form=form,
        sectors=SECTORS.items(),
        **refusals.box(refusal or form.errors, access.workspace().zone),
    )
