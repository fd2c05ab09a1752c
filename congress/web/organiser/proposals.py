"""What was proposed: a list to choose from, and one proposal with what the circle thinks."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from congress import clock
from congress.domain.calls import (
    LONGEST_COMMENT,
    LONGEST_PLACE,
    POINTS,
    UNDECIDED,
    ProposalKind,
    ProposalState,
    wanted_fittings,
)
from congress.domain.errors import Refused
from congress.domain.planning.contributors import answers_count
from congress.queries import calls as queries
from congress.queries import congresses
from congress.queries.calls import Listed
from congress.services.calling import rating, stands
from congress.web import access, refusals
from congress.web.call import proposal_words
from congress.web.entries import Entry, read_line, read_number, read_text, told
from congress.web.languages import gettext as _
from congress.web.organiser import frame
from congress.web.organiser.filters import member

REFUSED, LATE = 422, 409
UNANSWERED = "unanswered"


def proposals() -> str:
    """Show the proposals, filtered by what the address says."""
    workspace = access.workspace()
    kind = member(ProposalKind, request.args.get("kind", ""))
    state = request.args.get("state", "")
    one = member(ProposalState, state)
    states = UNDECIDED if state == UNANSWERED else {one} if one else ()
    return frame.page(
        "proposals.html",
        current="programme",
        call=queries.find(workspace.id),
        listed=queries.proposals(workspace.id, access.account().id, kind=kind, states=states),
        user_id=access.account().id,
        kind=kind,
        state=state if states else "",
        kinds=[(str(each), proposal_words.kind(each)) for each in ProposalKind],
        states=[
            (UNANSWERED, _("Not answered yet")),
            *((str(each), proposal_words.state(each)[1]) for each in ProposalState),
        ],
        kind_of=proposal_words.kind,
        badge_of=proposal_words.state,
        points_of=proposal_words.points,
        market=_market(),
        has_left=queries.count(workspace.id, *UNDECIDED) > 0,
    )


def _market() -> tuple[int, str]:
    """Return how many stands were accepted, and what they need in all: "A table: 3, Power: 2"."""
    accepted = queries.accepted_stands(access.workspace().id)
    needed = wanted_fittings(each.content for each in accepted)
    words = (f"{proposal_words.fitting(name)}: {number}" for name, number in needed.items())
    return len(accepted), ", ".join(words)


def one_proposal(proposal_id: int) -> str:
    """Show one proposal, with the form to rate it."""
    return _show(_get(proposal_id))


def rate(proposal_id: int) -> ResponseReturnValue:
    """Take what an account thinks of a proposal."""
    found = _get(proposal_id)
    points, comment = _entries(found)
    points.value = request.form.get("points", "")
    number = read_number(points.value, most=max(POINTS))
    if number not in POINTS:
        points.errors.append(_("Please choose from 1 to 5 points."))
    read_text(comment, request.form.get("comment", ""), most=LONGEST_COMMENT)
    if number is None or points.errors or comment.errors:
        return _show(found, typed=(points, comment)), REFUSED
    try:
        rating.rate(
            access.workspace().id,
            proposal_id,
            number,
            comment.value,
            user_id=access.account().id,
            now=clock.now(),
        )
    except Refused as refusal:
        return _show(found, typed=(points, comment), refusal=refusal), LATE
    return frame.done(_("Your rating is saved."), f"/call/proposals/{proposal_id}")


def shortlist(proposal_id: int) -> ResponseReturnValue:
    """Put a proposal on the shortlist, or take it off."""
    _get(proposal_id)
    chosen = request.form.get("chosen") == "y"
    try:
        rating.shortlist(
            access.workspace().id,
            proposal_id,
            chosen=chosen,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _show(_get(proposal_id), refusal=refusal), LATE
    done = _("It is on the shortlist.") if chosen else _("It is no longer on the shortlist.")
    return frame.done(done, f"/call/proposals/{proposal_id}")


def place_stand(proposal_id: int) -> ResponseReturnValue:
    """Save where a stand is."""
    found = _get(proposal_id)
    place = _place(found)
    read_line(place, request.form.get("place", ""), most=LONGEST_PLACE)
    if place.errors:
        return _show(found, place=place), REFUSED
    try:
        stands.place(
            access.workspace().id,
            proposal_id,
            place.value,
            actor=access.actor(),
            now=clock.now(),
        )
    except Refused as refusal:
        return _show(_get(proposal_id), place=place, refusal=refusal), LATE
    return frame.done(_("The place of the stand is saved."), f"/call/proposals/{proposal_id}")


def _place(found: Listed) -> Entry:
    return Entry("place", _("Where the stand is"), value=found.proposal.stand_place)


def _get(proposal_id: int) -> Listed:
    return queries.find_proposal(access.workspace().id, proposal_id) or abort(404)


def _entries(found: Listed) -> tuple[Entry, Entry]:
    own = found.own(access.account().id)
    return (
        Entry("points", _("Points"), value=str(own.points) if own else "", required=True),
        Entry("comment", _("Comment"), value=own.comment if own else ""),
    )


def _show(
    found: Listed,
    *,
    typed: tuple[Entry, Entry] | None = None,
    place: Entry | None = None,
    refusal: Refused | None = None,
) -> str:
    points, comment = typed or _entries(found)
    place = place or _place(found)
    proposal = found.proposal
    congress, now = congresses.get_congress(access.workspace().id), clock.now()
    counts = answers_count(congress.state, is_over=congress.is_over(now))
    return frame.page(
        "proposal.html",
        current="programme",
        listed=found,
        proposal=proposal,
        item=queries.item_of([proposal]),
        can_accept=counts and proposal.may_become(ProposalState.ACCEPTED),
        can_decline=proposal.may_become(ProposalState.DECLINED),
        kind=proposal_words.kind(proposal.content.kind),
        spoken=proposal_words.language(proposal.content.language),
        badge_of=proposal_words.state(proposal.state),
        points_of=proposal_words.points,
        fittings=proposal_words.fittings,
        place=place,
        own_rating=found.own(access.account().id),
        points=points,
        comment=comment,
        scale=[(str(each), str(each)) for each in POINTS],
        errors=[*told(place), *told(points), *told(comment)],
        refused=refusals.text(refusal) if refusal else "",
    )
