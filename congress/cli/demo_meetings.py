"""The network meetings of the demo: topics voted on, delegates who came, questions to the Land.

Two are those of the year 2015/16; the next one is always to come, with a vote that is open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from congress import links
from congress.cli import demo_moments as demo
from congress.cli.demo_moments import at, german
from congress.cli.demo_network import PARTNERS
from congress.cli.demo_proposals import MEETINGS, NEXT, Meeting, Proposal
from congress.domain.access import COMMAND
from congress.domain.answer_files import PDF
from congress.domain.congresses import OrganisationRole
from congress.domain.invitations import mark_of, unsent
from congress.domain.network.terms import ContactRole
from congress.domain.network.topics import CallFor, RoundPlan, ballot_mark
from congress.domain.planning.item_plan import ItemPlan
from congress.domain.planning.materials import (
    Described,
    MaterialAudience,
    MaterialFile,
    MaterialKind,
)
from congress.domain.planning.workshop_reports import Results
from congress.domain.times.time_slots import TimeSlot
from congress.formats.dates import Dates
from congress.formats.dossier import Dossier, dossier
from congress.queries import invitations
from congress.queries.congresses import get_congress
from congress.queries.network import delegates
from congress.queries.network import topics as topic_queries
from congress.queries.planning import materials, outcomes, workshop_reports
from congress.services import filling
from congress.services.invitations import delegates as inviting
from congress.services.invitations import sending
from congress.services.network import (
    answering_topics,
    contact_sending,
    proposing_topics,
    topic_letters,
    topic_rounds,
)
from congress.services.planning import collecting, releasing, reporting

FILE = "netzwerktreffen-2015"
POINTS = 3
LINKS_SENT = date(2014, 11, 3)
WEEK = timedelta(weeks=1)
# Of what is proposed, the first two get time: in the morning and after lunch.
SLOTS = ((time(10, 45), time(12, 15)), (time(13, 15), time(14, 30)))
TOWNS = (*PARTNERS, *(f"Kommune {number}" for number in range(4, 24)))


AHEAD = timedelta(weeks=10)


def load_meetings(*, today: date) -> None:
    """Load the meetings that are missing: two of them over, and the next one with its vote."""
    if not demo.is_there(FILE):
        contact_sending.send_missing(actor=COMMAND, today=LINKS_SENT, now=at(LINKS_SENT))
    for meeting in MEETINGS:
        if not demo.is_there(meeting.slug):
            _load(meeting)
    if not _is_voting(today):
        _load_next(today)


def _load(meeting: Meeting) -> None:
    day = meeting.day
    plan = demo.plan_of(FILE, slug=meeting.slug, title=meeting.title)
    plan = replace(demo.moved_to(plan, day), town=meeting.place)
    number = demo.publish(plan, on=day - 12 * WEEK)
    opened, proposed, voted = day - 11 * WEEK, day - 10 * WEEK, day - 8 * WEEK
    rounds = RoundPlan(proposed, proposed + timedelta(days=1), voted, POINTS, shows_results=True)
    topic_rounds.save(number, rounds, version="", actor=COMMAND, now=at(opened))
    topics = _propose(number, meeting.proposals, on=proposed)
    _vote(number, meeting.proposals, topics, on=voted)
    _settle(number, meeting, topics, on=voted + timedelta(days=3))
    _invite(number, on=day - 6 * WEEK)
    came = _register(number, meeting, on=day - 4 * WEEK)
    filling.let_come(number, came, day=day, now=at(day, time(10)))
    _tell_results(number, meeting.results, on=day + WEEK)


def _propose(number: int, proposals: Sequence[Proposal], *, on: date) -> dict[str, int]:
    """Propose the topics; returns their numbers by town."""
    found = topic_rounds.find(number)
    if found is None:
        return {}
    round_id = found.id
    return {
        each.town: proposing_topics.propose(
            demo.speaker_of(each.town).id, round_id, each.facts, today=on, now=at(on)
        )
        for each in proposals
    }


def _vote(
    number: int, proposals: Sequence[Proposal], topics: Mapping[str, int], *, on: date
) -> None:
    """Let each town give its points, so that the sums are those of the proposals."""
    found = topic_rounds.find(number)
    if found is None:
        return
    round_id = found.id
    for town, points in ballots(proposals).items():
        given = {topics[of]: 1 for of in points}
        contact = demo.speaker_of(town).id
        proposing_topics.vote(contact, round_id, given, seen=ballot_mark({}), today=on, now=at(on))


def ballots(proposals: Sequence[Proposal]) -> dict[str, list[str]]:
    """Return which topics each town votes for: one after the other, none with too many points."""
    found: dict[str, list[str]] = {town: [] for town in TOWNS}
    for each in proposals:
        fewest = sorted(TOWNS, key=lambda town: len(found[town]))
        for town in fewest[: each.votes]:
            found[town].append(each.town)
    return {town: points for town, points in found.items() if points}


def _settle(number: int, meeting: Meeting, topics: Mapping[str, int], *, on: date) -> None:
    """Merge what is alike, decline one, and put the first two into the programme."""
    first, second, alike = (each.town for each in meeting.proposals[:3])
    into = first if meeting.proposals[2].facts.kind is meeting.proposals[0].facts.kind else second
    answering_topics.merge(number, topics[alike], topics[into], actor=COMMAND, now=at(on))
    answering_topics.decline(
        number, topics[meeting.declined], meeting.reason, actor=COMMAND, now=at(on)
    )
    for place, (town, (starts, ends)) in enumerate(zip((first, second), SLOTS, strict=True), 1):
        facts = next(each.facts for each in meeting.proposals if each.town == town)
        item = ItemPlan(
            code=f"thema-{place}",
            kind=facts.kind,
            title=german(facts.title),
            slot=TimeSlot(at(meeting.day, starts), at(meeting.day, ends)),
            abstract=german(facts.need),
            room="saal",
        )
        answering_topics.take(number, topics[town], item, actor=COMMAND, now=at(on))
    releasing.release(number, actor=COMMAND, now=at(on))
    answering_topics.name_proposers(number, topics[first], is_named=True, actor=COMMAND, now=at(on))


def _invite(number: int, *, on: date) -> None:
    """Invite everybody who speaks for a member, and send the invitations."""
    chosen = delegates.selection(get_congress(number))
    inviting.invite(number, seen=chosen.mark, actor=COMMAND, now=at(on))
    seen = mark_of(unsent(invitations.of_congress(number)))
    sending.send_all(number, seen=seen, actor=COMMAND, now=at(on))


def _register(number: int, meeting: Meeting, *, on: date) -> list[int]:
    """Register who comes, and one who does not in the end; returns who came."""
    towns = TOWNS[: meeting.came + 1]
    people = [demo.register_speaker(number, demo.speaker_of(each), now=at(on)) for each in towns]
    for town in towns[: meeting.deputies]:
        deputy = demo.speaker_of(town, ContactRole.DEPUTY)
        people.append(demo.register_speaker(number, deputy, now=at(on)))
    stayed_away = people[meeting.came]
    return [each for each in people if each != stayed_away]


def _tell_results(number: int, text: str, *, on: date) -> None:
    seen = workshop_reports.of(number, None).mark
    results = Results(text=german(text))
    reporting.write(number, None, results, seen=seen, actor=COMMAND, now=at(on))
    seen = workshop_reports.of(number, None).mark
    reporting.publish(number, None, seen=seen, actor=COMMAND, now=at(on))
    minutes = Described(german("Protokoll"), audience=MaterialAudience.MEMBERS)
    file = MaterialFile(MaterialKind.DOCUMENT, "protokoll.pdf", PDF, _minutes(number, on=on))
    collecting.add(number, None, minutes, file, actor=COMMAND, now=at(on))
    added = [each.id for each in materials.of(number, None)]
    collecting.show(number, added, actor=COMMAND, now=at(on))


def _minutes(number: int, *, on: date) -> bytes:
    """Return what was agreed on as a document for members."""
    meeting = get_congress(number)
    overall, by_item = outcomes.of_congress(number)
    day = Dates("de", meeting.zone).day(meeting.starts_at)
    told = Dossier(
        title=meeting.title,
        occasion=f"{day}, {meeting.town}",
        hosts=[each.name for each in meeting.named(OrganisationRole.HOST)],
        page=links.absolute(f"/{meeting.slug}/results"),
        overall=overall,
        by_item=by_item,
        recommended=(),
        over={},
    )
    return dossier(told, {}, "de", now=at(on))


def _is_voting(today: date) -> bool:
    """Return whether there is a meeting to come whose vote is not over."""
    coming = topic_queries.coming(today, with_round=True)
    return any(each.plan is not None and today <= each.plan.votes_until for each in coming)


def _load_next(today: date) -> None:
    """Publish the next meeting; its vote began yesterday and goes on until two weeks before."""
    plan = demo.plan_of(FILE)
    plan = demo.moved_to(plan, today + AHEAD)
    month = f"{plan.first_day:%m/%Y}"
    plan = replace(
        plan,
        slug=f"netzwerktreffen-{plan.first_day.isoformat()}",
        title={"de": f"Netzwerktreffen {month}", "en": f"Network meeting {month}"},
    )
    opened, yesterday = today - 2 * WEEK, today - timedelta(days=1)
    number = demo.publish(plan, on=opened - WEEK)
    proposed = yesterday - timedelta(days=1)
    rounds = RoundPlan(proposed, yesterday, plan.first_day - 2 * WEEK, POINTS, shows_results=True)
    topic_rounds.save(number, rounds, version="", actor=COMMAND, now=at(opened))
    topics = _propose(number, NEXT, on=proposed)
    found = topic_rounds.find(number)
    if found is not None:
        topic_letters.call(found.id, CallFor.VOTE, actor=COMMAND, now=at(yesterday))
    _vote(number, NEXT, topics, on=yesterday)
