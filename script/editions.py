"""Makes an event of today and one of last week, for the pictures of `script/screenshots`.

Their people are made up. Prints, as JSON, the addresses that the pictures need.
"""

import json
import shutil
import sys
import tempfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from congress import clock
from congress.app import create_app
from congress.cli.congress_files import read
from congress.cli.demo import LAST_EDITION
from congress.domain.access import COMMAND
from congress.domain.congresses import Congress, CongressState
from congress.domain.feedback.counting import Answers
from congress.domain.feedback.survey import Part, Question, QuestionKind
from congress.domain.planning.recommendations import RecommendationState, Said
from congress.domain.planning.workshop_reports import Results
from congress.domain.programme import ProgrammeItem
from congress.domain.registration import RegistrationState
from congress.queries import congresses, doors, everybody, feedback, programme
from congress.queries.planning import workshop_reports
from congress.services import certifying, checking_in, filling
from congress.services.feedback import answering, asking, links, setting
from congress.services.planning import copying, importing, recommending, reporting

ATTENDEES, STAYED_AWAY, ANSWER = 120, 9, 48  # every ninth stays away
ARRIVED = 61  # of today's
DATES = (date(2015, 8, 3), date(2015, 10, 7), date(2015, 10, 21))  # opening, deadline, the day
TODAY = "fachkongress-heute"
LONG_AGO, WEEK = timedelta(days=60), timedelta(days=7)
CAME_OF_IT = (
    "Engagement braucht in jeder Kommune eine feste Ansprechperson, Zeit und verlässliches Geld. "
    "Die Workshops haben gezeigt, wie das auch in kleinen Gemeinden gelingt."
)
NEXT = "Die Empfehlungen gehen an die zuständigen Stellen. Was daraus wird, steht auf dieser Seite."
OF_WORKSHOP = (
    "Einfach anfangen: Ein fester Termin im Monat und eine Person, die einlädt, reichen für den "
    "Beginn. Eine gemeinsame Liste der Angebote hilft allen."
)
RECOMMENDED = (
    ("Eine feste Ansprechperson für Engagement in jeder Verwaltung", RecommendationState.TAKEN_UP),
    ("Fördermittel, die länger als ein Jahr reichen", RecommendationState.OPEN),
)
LIKED = ("Der Austausch in den Pausen", "Die Beispiele aus der Praxis", "Die Workshops")
BETTER = ("Mehr Zeit für Fragen", "Früher anfangen", "Kürzere Vorträge")


def main() -> int:
    """Make both and what came of the one that is over; return the exit status."""
    now = clock.now()
    with create_app().app_context():
        json.dump(_of_today(now) | _of_last_week(now), sys.stdout)
    return 0


def _of_today(now: datetime) -> dict[str, str]:
    """Make an event of today, at which some have arrived."""
    plan = read(LAST_EDITION).plan
    today = now.astimezone(plan.zone).date()
    text = LAST_EDITION.read_text(encoding="utf-8").replace('"finished"', '"published"')
    for was, day in zip(DATES, (today - LONG_AGO, today - WEEK, today), strict=True):
        text = text.replace(f" = {was}", f" = {day}")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(LAST_EDITION.parent, folder, dirs_exist_ok=True)  # the logo lies beside
        file = Path(folder) / LAST_EDITION.name
        file.write_text(text, encoding="utf-8")
        importing.import_congress(read(file, slug=TODAY).plan, actor=COMMAND, now=now - LONG_AGO)
    heading = congresses.find_heading(TODAY)
    if heading is None:
        raise SystemExit("The event of today is not there.")
    many = {"first": 0, "count": ATTENDEES, "total": ATTENDEES}
    filling.fill(heading.id, seed=3, **many, now=now - WEEK * 2)
    congress = congresses.with_content(heading)
    workshops = [each for each in programme.current_items(congress) if each.bookable]
    _let_come(congress, workshops[:1], of_all=ARRIVED, now=now)
    return {"today": TODAY}


def _of_last_week(now: datetime) -> dict[str, str]:
    """Make an event that is over, with what came of it."""
    last = congresses.find_heading(LAST_EDITION.stem)
    if last is None:
        raise SystemExit("The demo is not loaded.")
    before = congresses.with_content(last).starts_at.date()
    yesterday = now.date() - timedelta(days=1)
    starting = yesterday - timedelta(days=(yesterday - before).days % WEEK.days)
    copied = copying.copy_edition(
        LAST_EDITION.stem,
        starting=starting,
        state=CongressState.PUBLISHED,
        actor=COMMAND,
        now=now - LONG_AGO,
    )
    congress_id = copied.congress_id
    many = {"first": 0, "count": ATTENDEES, "total": ATTENDEES}
    filling.fill(congress_id, seed=2, **many, now=now - LONG_AGO / 2)
    congress = congresses.get_congress(congress_id)
    workshops = [each for each in programme.current_items(congress) if each.bookable]
    came = _let_come(congress, workshops, of_all=ATTENDEES, now=now)
    _report(congress_id, workshops, now=now)
    certifying.issue(congress_id, actor=COMMAND, now=now)
    tokens = _ask(congress_id, came, now=now)
    return {
        "past": copied.slug,
        "past_workshop": workshops[0].code,
        "past_attendee": str(came[0]),
        "feedback": f"/feedback/{tokens[-1]}",
    }


def _let_come(
    congress: Congress, workshops: list[ProgrammeItem], *, of_all: int, now: datetime
) -> list[int]:
    """Tick off most people, and most of those at their workshops; return who came."""
    day = congress.starts_at.astimezone(congress.zone).date()
    people = [
        each.id
        for each in everybody.registered(congress.id)
        if each.state is RegistrationState.CONFIRMED
    ]
    there = [each for at, each in enumerate(people[:of_all]) if at % STAYED_AWAY]
    booked = doors.booked_at(there, [each.id for each in workshops])
    for person in there:
        checking_in.check_in(person, day=day, actor=COMMAND, now=now)
        for item_id in booked.get(person, ()):
            if person % STAYED_AWAY != 1:
                checking_in.check_in(person, day=day, item_id=item_id, actor=COMMAND, now=now)
    return there


def _report(congress_id: int, workshops: list[ProgrammeItem], *, now: datetime) -> None:
    of_all = Results(text={"de": CAME_OF_IT}, next_steps={"de": NEXT})
    of_one = Results(text={"de": OF_WORKSHOP}, municipality="Lünen", topic="Netzwerke")
    for item_id, said in ((None, of_all), (workshops[0].id, of_one), (workshops[1].id, of_one)):
        for act in (reporting.write, reporting.publish):
            seen = workshop_reports.of(congress_id, item_id).mark
            more = {"results": said} if act is reporting.write else {}
            act(congress_id, item_id, **more, seen=seen, actor=COMMAND, now=now)
    for text, state in RECOMMENDED:
        said_of_it = Said(
            text={"de": text},
            addressee={"de": "Städte, Gemeinden und Kreise"},
            state=state,
            is_published=True,
        )
        recommending.save(
            congress_id, said_of_it, recommendation_id=None, version=0, actor=COMMAND, now=now
        )


def _ask(congress_id: int, came: list[int], *, now: datetime) -> list[str]:
    """Ask whoever came, let many answer, and return the links, first those that answered."""
    setting.take_ready_made(congress_id, actor=COMMAND, now=now)
    survey = feedback.survey_of(congress_id)
    wanted = replace(survey, is_on=True)
    setting.save(congress_id, wanted, seen=survey, actor=COMMAND, now=now)
    while asking.next_step(now=now):
        pass
    congress = congresses.get_congress(congress_id)
    tokens = []
    for at, person in enumerate(came[: ANSWER + 1]):
        ballot = feedback.find_ballot_of(person)
        token = links.token_of(ballot.id) if ballot else None
        if ballot is None or token is None:
            continue
        tokens.append(token)
        if at < ANSWER:
            given: dict[int | None, Answers] = {None: _answers(wanted.of_part(Part.EVENT), at)}
            for item in feedback.workshops_of(ballot, congress):
                given[item.id] = _answers(wanted.of_part(Part.WORKSHOP), at)
            answering.answer(token, given, now=now)
    return tokens


def _answers(questions: tuple[Question, ...], at: int) -> dict[str, tuple[str, ...]]:
    """Return what one person says; most are content."""
    found: dict[str, tuple[str, ...]] = {}
    for number, each in enumerate(questions):
        if each.kind is QuestionKind.TEXT:
            texts = BETTER if each.key == "better" else LIKED
            found[each.key] = (texts[at % len(texts)],) if at % 5 == number % 5 else ()
        else:
            last = len(each.choices) - 1
            pick = last - (at * 7 + number) % 11 // 4
            if each.kind is QuestionKind.ONE or each.kind is QuestionKind.SEVERAL:
                pick = (at * 7 + number) % 11 // 4
            found[each.key] = (each.choices[max(pick, 0)],)
    return found


if __name__ == "__main__":
    sys.exit(main())
