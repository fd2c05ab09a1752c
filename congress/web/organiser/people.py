"""The people in a programme: how to reach them, asking them by mail, what they answered."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock, extensions
from congress.domain.errors import Refused
from congress.domain.planning.contributors import Contributor, Part, answers_count
from congress.domain.programme import PersonState
from congress.formats.contribution_words import role_name
from congress.queries import congresses
from congress.queries.planning import contributors as queries
from congress.queries.planning import portraits
from congress.queries.planning import profiles as introductions
from congress.services.planning import inviting
from congress.web import access, languages, refusals
from congress.web.entries import Entry, read_address, read_id, told
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame, profiles

REFUSED, UNSEEN = 422, 409
LANGUAGES = ("de", "en")


def people() -> ResponseReturnValue:
    """Show everybody in the programme, and how far they have been asked."""
    return _list()


def _list(*, error: str = "") -> str:
    found = queries.of_congress(access.workspace().id)
    return frame.page(
        "people.html",
        current="programme",
        people=found,
        can_invite=_can_invite(),
        invitable=[each for each in found if each.can_be_invited],
        role_of=role_of,
        state_of=state_of,
        error=error,
    )


def person(person_id: int) -> ResponseReturnValue:
    """Show one person, and take how to reach them."""
    found = _get(person_id)
    email, language = _entries(found)
    if request.method == "GET":
        return _show(found, email, language)
    is_demo = extensions.settings().is_demo
    address = read_address(email, request.form.get("email", ""), is_demo=is_demo)
    language.value = request.form.get("language", "")
    if language.value not in LANGUAGES:
        language.errors.append(_("Please choose one of the languages."))
    if email.errors or language.errors:
        return _show(found, email, language), REFUSED
    try:
        inviting.set_address(
            access.workspace().id,
            person_id,
            address,
            language.value,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        email.errors.append(refusals.text(refusal))
        return _show(found, email, language), REFUSED
    if request.form.get("then") == "invite" and address:
        return frame.go_to(f"/people/invite?person={person_id}")
    return frame.done(_("“%(title)s” is saved.", title=found.name), "/people")


def invite() -> ResponseReturnValue:
    """Show the letters before they are sent, and send them."""
    workspace = access.workspace()
    chosen = [read_id(each) for each in request.values.getlist("person")]
    numbers = [each for each in chosen if each is not None]
    if not numbers:
        return _list(error=_("Please choose at least one person.")), REFUSED
    if request.method == "GET":
        return _ask(numbers)
    seen = request.form.get("seen", "")
    try:
        count = inviting.invite(
            workspace.id, numbers, seen=seen, actor=access.actor(), now=clock.now()
        )
    except Refused as refusal:
        return _ask(numbers, refusal), UNSEEN
    done = ngettext(
        "%(num)d person will receive your email shortly.",
        "%(num)d people will receive your email shortly.",
        count,
    )
    return frame.done(done, "/people")


def role_of(part: Part) -> str:
    """Return what somebody does."""
    return role_name(part.role, languages.current())


def state_of(part: Part) -> tuple[str, str]:
    """Return the kind and words of what somebody said, for its badge."""
    if part.is_cancelled:
        return "off", _("Item cancelled")
    return {
        PersonState.REQUESTED: ("few", _("No answer yet")),
        PersonState.CONFIRMED: ("ok", _("Accepted")),
        PersonState.DECLINED: ("bad", _("Declined")),
    }[part.state]


def _get(person_id: int) -> Contributor:
    return queries.find(access.workspace().id, person_id) or abort(404)


def _can_invite() -> bool:
    congress = congresses.get_congress(access.workspace().id)
    return answers_count(congress.state, is_over=congress.is_over(clock.now()))


def _entries(found: Contributor) -> tuple[Entry, Entry]:
    return (
        Entry("email", _("Email address"), value=found.email),
        Entry("language", _("Language of the emails"), value=found.language, required=True),
    )


def _show(found: Contributor, email: Entry, language: Entry) -> str:
    introduced = introductions.get(access.workspace().id, found.person_id)
    return frame.page(
        "person.html",
        current="programme",
        person=found,
        introduced=introduced,
        changes=profiles.lines(introduced),
        portraits=portraits.of(access.workspace().id, found.person_id),
        email=email,
        language=language,
        languages=[("de", _("German")), ("en", _("English"))],
        errors=[*told(email), *told(language)],
        can_invite=_can_invite(),
        role_of=role_of,
        state_of=state_of,
    )


def _ask(numbers: list[int], refusal: Refused | None = None) -> str:
    return frame.page(
        "invite_people.html",
        current="programme",
        preview=inviting.preview(access.workspace().id, numbers, now=clock.now()),
        can_invite=_can_invite(),
        error=refusals.text(refusal) if refusal else "",
    )
