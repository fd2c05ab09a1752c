"""Letters about a changed programme: the event in the subject, old beside new, nothing twice."""

# ruff: noqa: ANN401 - facts are what JSON holds

from email import message_from_bytes, policy
from typing import Any

import pytest

from congress.formats.mail import render
from tests.mail_facts import CONGRESS, ENTRY, MOTOR, NETWORKS, TOKEN, a_mail

OCCASION = {
    "de": "Fachkongress am 21. Oktober 2015 in Lünen",
    "en": "Conference on 21 October 2015 in Lünen",
}
MINE: dict[str, Any] = NETWORKS | {"cancelled": False, "people": ["Ada Alt"]}
OTHER: dict[str, Any] = {key: MOTOR[key] for key in MOTOR if key not in {"position", "kept"}}
LOST = MINE | {"cancelled": True}
AFTERNOON = "Oktober 2015, 13.15 bis 15.15 Uhr"
ALL_DAY = "Oktober 2015, 9.30 bis 16.30 Uhr"
DAY = "Wednesday, 21 October 2015"
WEEK_BEFORE = {"starts_at": "2015-10-14T07:30:00+00:00", "ends_at": "2015-10-14T14:30:00+00:00"}
LATE = ("2015-10-21T14:00:00+00:00", "2015-10-21T15:00:00+00:00")
LONGER = CONGRESS["days"][0] | {"ends_at": "2015-10-21T15:00:00+00:00"}


def was(**before: Any) -> dict[str, Any]:
    """A letter to somebody whose one workshop was like this before."""
    return {"before": {"workshops": [MINE | before]}, "confirmed": [MINE], "waiting": []}


def came_from(**before: Any) -> dict[str, Any]:
    """A letter to somebody without workshops whose congress was like this before."""
    return {"before": {"congress": CONGRESS | before}, "confirmed": [], "waiting": []}


OFF = {"before": {"workshops": [MINE]}, "confirmed": [LOST], "waiting": []}
CASES: dict[str, tuple[dict[str, Any], str, str, list[str]]] = {
    "time and room": (
        was(starts_at="2015-10-21T11:00:00+00:00", room="Raum 1"),
        "de",
        "Workshop 3 zu anderer Zeit in anderem Raum",
        ["Workshop 3: bisher 13.00 bis 15.15 Uhr, Raum 1 – jetzt 13.15 bis 15.15 Uhr, Raum 3."],
    ),
    "time": (
        was(ends_at="2015-10-21T13:00:00+00:00"),
        "en",
        "Workshop 3 at a new time",
        ["Workshop 3: previously 13:15 to 15:00 – now 13:15 to 15:15."],
    ),
    "another day": (
        was(starts_at="2015-10-22T11:15:00+00:00", ends_at="2015-10-22T13:15:00+00:00"),
        "de",
        "Workshop 3 zu anderer Zeit",
        [
            f"Workshop 3: bisher Donnerstag, 22. {AFTERNOON} – jetzt Mittwoch, 21. {AFTERNOON}.",
        ],
    ),
    "room": (
        was(room=""),
        "de",
        "Workshop 3 in anderem Raum",
        ["Workshop 3: bisher noch kein Raum – jetzt Raum 3."],
    ),
    "title": (
        was(title="Alter Titel"),
        "de",
        "Workshop 3 hat einen neuen Titel",
        ["Workshop 3: bisher „Alter Titel“ – jetzt „Regionale Vernetzung und interkommunale"],
    ),
    "a workshop without a number": (
        {
            "before": {"workshops": [MINE | {"number": None, "title": "Alter Titel"}]},
            "confirmed": [MINE | {"number": None, "title": "Neuer Titel"}],
            "waiting": [],
        },
        "de",
        "„Neuer Titel“ hat einen neuen Titel",
        ["Titel: bisher „Alter Titel“ – jetzt „Neuer Titel“."],
    ),
    "people": (
        was(people=[]),
        "en",
        "Workshop 3 with other dialogue partners",
        ["Dialogue partners of Workshop 3: previously not known yet – now Ada Alt."],
    ),
    "title and room": (
        was(title="Old", room="Room 1"),
        "en",
        "Workshop 3 has changed",
        ["Workshop 3: previously Room 1 – now Raum 3.", "Workshop 3: previously “Old” – now “Reg"],
    ),
    "called off": (
        OFF | {"choice": [OTHER]},
        "de",
        "Workshop 3 fällt aus",
        [
            "Ihr Platz in „Workshop 3: Regionale Vernetzung und interkommunale Zusammenarbeit“, 13",
            "Dieser Workshop findet nicht statt. Sie sind jetzt ohne Workshopplatz in dieser Zeit.",
            "Noch Plätze Workshop 2: Die Kommune – Motor der Engagementförderung? 13.15 bis 15.15",
            "Hier wählen Sie einen anderen Workshop: https://kongress.example.org/registration/",
        ],
    ),
    "called off, all others full": (
        OFF | {"choice": [], "entry": ENTRY | {"sequence": 1}},
        "de",
        "Workshop 3 fällt aus",
        ["Zu dieser Zeit ist in keinem anderen Workshop ein Platz frei.", "Diese Mail bringt auch"],
    ),
    "called off, waited for": (
        OFF | {"confirmed": [OTHER], "waiting": [LOST]},
        "en",
        "Workshop 3 is not taking place",
        [
            "You were on the waiting list for “Workshop 3: Regionale Vernetzung und interkommunale",
            "It ends here, as this workshop is not taking place.",
        ],
    ),
    "back": (
        was(cancelled=True),
        "de",
        "Workshop 3 findet doch statt",
        ["Ihr Platz in „Workshop 3: Regionale Vernetzung und interkommunale Zusammenarbeit“, 13"],
    ),
    "back in another room": (
        was(cancelled=True, room="Raum 1"),
        "de",
        "Workshop 3 findet doch statt",
        ["Workshop 3: bisher Raum 1 – jetzt Raum 3."],
    ),
    "two workshops": (
        {
            "before": {"workshops": [MINE, OTHER | {"room": "Raum 9"}]},
            "confirmed": [LOST, OTHER],
            "waiting": [],
        },
        "de",
        "Workshop 3 fällt aus; Workshop 2 in anderem Raum",
        ["Workshop 2: bisher Raum 9 – jetzt Raum 2."],
    ),
    "new day": (
        came_from(days=[WEEK_BEFORE]),
        "de",
        "Neuer Termin",
        [
            f"Termin: bisher Mittwoch, 14. {ALL_DAY} – jetzt Mittwoch, 21. {ALL_DAY}.",
        ],
    ),
    "new time": (
        came_from(days=[LONGER]),
        "en",
        "New time",
        [
            f"Date: previously {DAY}, 9:30 to 17:00 – now {DAY}, 9:30 to 16:30.",
        ],
    ),
    "place": (
        came_from(town="Bonn", venue="Stadthalle"),
        "de",
        "Neuer Ort",
        ["Ort: bisher Stadthalle, Bonn – jetzt Lünen."],
    ),
    "title of the congress": (
        came_from(title="Alter Titel"),
        "de",
        "Neuer Titel",
        ["Titel: bisher „Alter Titel“ – jetzt „Bürgerschaftliches Engagement fördern"],
    ),
    "of an older version": (
        {},
        "de",
        "Neuer Stand",
        ["Es hat sich etwas geändert, das Sie betrifft."],
    ),
}
SAID = {"de": "bisher", "en": "previously"}


def read(facts: dict[str, Any], language: str, kind: str = "programme_changed") -> tuple[str, str]:
    """Return subject and text, on one line."""
    raw = render(a_mail(kind, language, **facts)).raw
    mail = message_from_bytes(raw, policy=policy.default)
    part = mail.get_body(("plain",))
    assert part
    return mail["Subject"], " ".join(part.get_content().split())


@pytest.mark.parametrize("case", CASES)
def test_a_letter_names_the_event_and_says_what_was_and_what_is(case):
    """TRUE-03."""
    facts, language, event, sentences = CASES[case]

    subject, text = read(facts, language)

    assert subject == f"{event}: {OCCASION[language]}"
    for sentence in sentences:
        assert text.count(sentence) == 1
    compared = [sentence for sentence in sentences if SAID[language] in sentence]
    assert text.count(SAID[language]) == len(compared)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("case", CASES)
def test_no_sentence_is_there_twice(case, language):
    _, text = read(CASES[case][0], language)
    letter = text.partition(" -- ")[0].replace("? ", ". ").replace(" - ", " ")
    found = [each for each in letter.split(". ") if len(each.split()) > 2]
    assert sorted(set(found)) == sorted(found)


@pytest.mark.parametrize("case", CASES)
def test_it_is_never_called_a_changed_programme(case):
    for language in ("de", "en"):
        words = " ".join(read(CASES[case][0], language)).lower()
        assert "programm geändert" not in words
        assert "programme changed" not in words


def test_a_moved_congress_takes_its_workshops_along_without_a_word():
    mine = MINE | {"starts_at": "2015-10-14T11:15:00+00:00", "ends_at": "2015-10-14T13:15:00+00:00"}
    before = {"congress": CONGRESS | {"days": [WEEK_BEFORE]}, "workshops": [mine]}

    subject, text = read({"before": before, "confirmed": [MINE], "waiting": []}, "de")

    assert subject == f"Neuer Termin: {OCCASION['de']}"
    assert text.count("bisher") == 1


def test_more_than_two_changes_are_counted_in_the_text_and_not_in_the_subject():
    before = {
        "congress": CONGRESS | {"days": [WEEK_BEFORE]},
        "workshops": [MINE | {"title": "Alt"}, OTHER | {"title": "Auch alt"}],
    }

    subject, text = read({"before": before, "confirmed": [MINE, OTHER], "waiting": []}, "de")

    event = "Neuer Termin; Workshop 3 hat einen neuen Titel und mehr"
    assert subject == f"{event}: {OCCASION['de']}"
    assert text.count("bisher") == 3


HOW_IT_WAS_BOOKED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a place": ({"confirmed": [LOST]}, ["Ihr Platz in", "ohne Workshopplatz"]),
    "a place, now waiting elsewhere": (
        {"confirmed": [LOST], "waiting": [MOTOR]},
        ["Ihr Platz in", "ohne Workshopplatz"],
    ),
    "a place, now one elsewhere": (
        {"confirmed": [OTHER], "before": {"workshops": [MINE], "confirmed": [LOST]}},
        ["Ihr Platz in"],
    ),
    "a place, and another at another time": (
        {"confirmed": [LOST, OTHER | {"starts_at": LATE[0], "ends_at": LATE[1]}]},
        ["Ihr Platz in", "ohne Workshopplatz"],
    ),
    "a queue": ({"waiting": [LOST | {"position": 2}]}, ["Sie standen auf der Warteliste"]),
    "a queue, with a place kept": (
        {"waiting": [LOST | {"position": 2, "kept": "Chöre"}], "confirmed": [OTHER]},
        ["Sie standen auf der Warteliste", "Ihren Platz in „Chöre“ behalten Sie."],
    ),
    "a queue left since": (
        {"before": {"workshops": [MINE], "waiting": [LOST], "confirmed": []}},
        ["Sie standen auf der Warteliste"],
    ),
    "a wish": ({"waiting": [LOST], "position": 4}, ["Sie haben sich"]),
}
SAID_OF_OFF = (
    "Ihr Platz in",
    "ohne Workshopplatz",
    "Sie standen auf",
    "Sie haben sich",
    "Ihren Platz",
)


@pytest.mark.parametrize("case", HOW_IT_WAS_BOOKED)
def test_what_falls_away_is_said_as_it_was_booked(case):
    facts, sentences = HOW_IT_WAS_BOOKED[case]
    _, text = read({"confirmed": [], "waiting": [], "before": OFF["before"]} | facts, "de")
    news = text.partition("Das ändert sich für Sie.")[2].partition("Wann")[0]

    assert [each for each in SAID_OF_OFF if each in news] == [
        each for each in SAID_OF_OFF if any(said.startswith(each) for said in sentences)
    ]
    assert all(news.count(each) == 1 for each in sentences)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"confirmed": [MINE]}, "Ihr Platz in „Workshop 3: Reg"),
        ({"waiting": [MINE | {"position": 1}]}, "Sie stehen wieder auf der Warteliste für „Wor"),
        ({"waiting": [MINE], "position": 9}, "Ihr Wunsch „Workshop 3: Regionale Vernetzung"),
    ],
)
def test_what_takes_place_after_all_is_said_as_it_is_booked(facts, sentence):
    before = {"workshops": [MINE | {"cancelled": True}]}
    _, text = read({"confirmed": [], "waiting": [], "before": before} | facts, "de")
    assert text.count(sentence) == 1


@pytest.mark.parametrize("kind", ["programme_changed", "changed", "place_gained", "held_after_all"])
def test_a_calendar_entry_is_spoken_of_where_one_goes_along(kind):
    """Whoever only waits has none."""
    facts = OFF | {"choice": [OTHER], "gained": [], "lost": [], "others_wait": False}
    facts |= {"gained_congress": False}
    apart = "Der neue Kalendereintrag kommt in einer eigenen Mail."

    assert apart in read(facts | {"entry_apart": True}, "de", kind)[1]
    assert "alendereintrag" not in read(facts, "de", kind)[1]


def test_what_is_off_is_no_workshop_of_mine_any_more():
    _, text = read(OFF, "de")
    assert "Ihr Workshop" not in text
    assert TOKEN in text


def test_a_later_letter_still_says_that_it_does_not_take_place():
    _, text = read({"confirmed": [LOST], "waiting": []}, "de", "changed")
    assert "Workshop 3: Regionale Vernetzung und interkommunale Zusammenarbeit, fällt aus" in text
    assert "Raum 3" not in text


@pytest.mark.parametrize("kind", ["changed", "held_after_all"])
def test_other_letters_tell_what_they_took_in(kind):
    """News that had not gone out when another letter was written."""
    facts = was(room="Raum 1")
    facts["before"] |= {"confirmed": [MINE], "waiting": []}

    _, text = read(facts, "de", kind)

    assert text.count("Workshop 3: bisher Raum 1 – jetzt Raum 3.") == 1
