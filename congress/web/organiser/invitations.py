"""Who is invited and what they answered: the list, its file, and sending what was not sent yet."""

from collections.abc import Iterator

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from congress import clock
from congress.domain.errors import Refused
from congress.domain.invitations import (
    Answer,
    Counts,
    Invitation,
    mark_of,
    may_be_sent,
    unsent,
)
from congress.domain.network.access import NetworkRight
from congress.domain.people import fold_email
from congress.domain.rules import Access
from congress.formats.attendee_list import kinds
from congress.formats.table import Cell, Heading, Kind
from congress.queries import congresses, dead_mailboxes
from congress.queries import invitations as queries
from congress.services.exporting import FileFormat, Listed, Listing
from congress.services.invitations import sending
from congress.services.network import terms
from congress.web import access, languages, refusals
from congress.web.entries import TICKED, read_number
from congress.web.languages import gettext as _
from congress.web.languages import ngettext
from congress.web.organiser import frame, invitation_words
from congress.web.organiser.filters import LAST_PAGE, member

PAGE = 100
UNSENT, UNSEEN = "unsent", 409
WIDTH = 26  # of a column


def invitations() -> str:
    """Show who is invited, filtered by what the address says."""
    congress = congresses.get_congress(access.workspace().id)
    every = queries.of_congress(congress.id)
    shown, answer = _filtered(every)
    last = max(1, -(-len(shown) // PAGE))
    number = min(read_number(request.args.get("page", ""), most=LAST_PAGE) or 1, last)
    lines = shown[(number - 1) * PAGE : number * PAGE]
    return frame.page(
        "invitations.html",
        current="attendees",
        counts=Counts.of(every),
        answers=invitation_words.answers(),
        kinds=kinds(languages.current()),
        answer=answer,
        lines=lines,
        total=len(shown),
        page=number,
        last_page=last,
        dead=dead_mailboxes.among({fold_email(each.guest.email) for each in lines}),
        badge_of=invitation_words.badge,
        why=invitation_words.why,
        is_only_way=congress.rules.access is Access.INVITED,
        is_for_members=congress.rules.access is Access.MEMBERS,
        may_see_register=access.may_in_network(NetworkRight.SEE_REGISTER),
        can_send=may_be_sent(congress, now=clock.now()),
    )


def invitations_file(suffix: str) -> Response:
    """Hand out the filtered list as a file (SEC-03)."""
    shown, _answer = _filtered(queries.of_congress(access.workspace().id))
    zone, called = access.workspace().zone, kinds(languages.current())

    def rows() -> Iterator[list[Cell]]:
        for each in shown:
            guest = each.guest
            moments = (each.sent_at, each.declined_at)
            yield [
                *(guest.given_name, guest.family_name, guest.organisation, guest.email),
                invitation_words.badge(each)[1],
                ", ".join(one.name for one in each.registered) or each.representative,
                each.reason,
                guest.places,
                len(each.registered),
                *(at.astimezone(zone).replace(tzinfo=None) if at else None for at in moments),
                guest.language,
                called[guest.kind],
            ]

    return frame.listing(Listing(Listed.INVITATIONS, _headings(), rows(), FileFormat(suffix)))


def send_invitations() -> ResponseReturnValue:
    """Show how many invitations would be sent and what they say, and send them."""
    if request.method == "GET":
        return _ask()
    try:
        count = sending.send_all(
            access.workspace().id,
            seen=request.form.get("seen", ""),
            again=_is_again(),
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _ask(refusal), UNSEEN
    done = ngettext(
        "%(num)d invitation will be sent shortly.",
        "%(num)d invitations will be sent shortly.",
        count,
    )
    return frame.done(done, "/invitations")


def _filtered(every: list[Invitation]) -> tuple[list[Invitation], str]:
    """Return what the address asks for, in the order of names, and what that is called."""
    wanted = request.args.get("answer", "")
    one = member(Answer, wanted)
    found = every
    if wanted == UNSENT:
        found = unsent(every)
    elif one is not None:
        found = [each for each in every if each.answer is one]
    else:
        wanted = ""
    return sorted(found, key=lambda each: (_order(each), each.id)), wanted


def _order(invitation: Invitation) -> str:
    guest = invitation.guest
    first = guest.organisation if guest.is_organisation else guest.family_name or guest.given_name
    return (first or guest.email).casefold()


def _is_again() -> bool:
    """Return whether it is about those that were sent and have no answer."""
    return request.values.get("again") == TICKED


def _headings() -> list[Heading]:
    texts = (_("First name"), _("Last name"), _("Organisation"), _("Email"), _("Answer"))
    return [
        *(Heading(each, WIDTH) for each in texts),
        Heading(_("Who is coming"), WIDTH),
        Heading(_("Reason"), 40),
        Heading(_("Places"), 10, Kind.NUMBER),
        Heading(_("taken"), 10, Kind.NUMBER),
        Heading(_("Sent"), 18, Kind.MOMENT),
        Heading(_("Declined on"), 18, Kind.MOMENT),
        Heading(_("Language"), 10),
        Heading(_("Attending as"), 16),
    ]


def _ask(refusal: Refused | None = None) -> str:
    congress = congresses.get_congress(access.workspace().id)
    every = queries.of_congress(congress.id)
    waiting = sending.to_send(congress, every, again=_is_again())
    silent = terms.silent(congress, every)
    keys = {each.id: fold_email(each.guest.email) for each in waiting}
    gone = dead_mailboxes.among(set(keys.values()))
    now = clock.now()
    first = {each.guest.language: each for each in reversed(waiting)}
    return frame.page(
        "send_invitations.html",
        current="attendees",
        waiting=waiting,
        silent=[each for each in every if each.id in silent and each.answer is Answer.OPEN],
        dead=[each for each in waiting if keys[each.id] in gone],
        samples=[
            (each, sending.preview(congress, each, now=now))
            for _lang, each in sorted(first.items())
        ],
        seen=mark_of(waiting),
        again=_is_again(),
        can_send=may_be_sent(congress, now=now),
        error=refusals.text(refusal) if refusal else "",
    )
