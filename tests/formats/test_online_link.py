"""The link for taking part online in letters: beside what somebody has, and where it is new."""
# ruff: noqa: ANN401 - facts are what JSON holds

from email import message_from_bytes, policy
from typing import Any

import pytest

from congress.formats.mail import render
from tests.mail_facts import NETWORKS, a_mail

ROOM, OTHER = "https://meet.example.org/j/1?a=1&b=2", "https://meet.example.org/j/2"
OVER = "Der bisherige Link zur Online-Teilnahme gilt nicht mehr."
NEW = {"online_link": ROOM}


def parts(kind: str, language: str = "de", **facts: Any) -> tuple[str, str, str]:
    mail = message_from_bytes(render(a_mail(kind, language, **facts)).raw, policy=policy.default)
    text, html = (mail.get_body((each,)).get_content() for each in ("plain", "html"))
    return str(mail["Subject"]), " ".join(text.split()), html


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_confirmation_names_it_whole_in_text_and_html(language):
    _, text, html = parts("confirmed", language, **NEW)

    assert f"Online {ROOM}" in text
    shown = ROOM.replace("&", "&amp;")
    assert f'<dt>Online</dt><dd><a href="{shown}">{shown}</a></dd>' in html
    assert "Online" not in parts("confirmed", language)[1]


@pytest.mark.parametrize(
    ("before", "now", "language", "headline", "said"),
    [
        ("", ROOM, "de", "Link zur Online-Teilnahme",
         f"Sie können auch online teilnehmen. Link zur Online-Teilnahme: {ROOM}"),
        (OTHER, ROOM, "de", "Neuer Link zur Online-Teilnahme",
         f"{OVER} Der neue Link: {ROOM}"),
        (OTHER, ROOM, "en", "New online link",
         f"The previous online link no longer applies. The new link: {ROOM}"),
        (OTHER, None, "de", "Kein Link zur Online-Teilnahme mehr",
         "Der bisherige Link zur Online-Teilnahme gilt nicht mehr, und es gibt keinen neuen."),
    ],
)  # fmt: skip
def test_a_new_one_is_told_in_words_and_in_the_subject(before, now, language, headline, said):
    facts = {"before": {"online_link": before}} | ({"online_link": now} if now else {})
    subject, text, html = parts("programme_changed", language, **facts)

    assert subject.startswith(f"{headline}: ")
    assert said in text
    assert OTHER not in text + html
    assert (ROOM.replace("&", "&amp;") in html) is (now is not None)


def test_with_a_place_won_it_stands_in_the_middle_of_the_subject():
    won: dict[str, Any] = {"gained": [], "gained_congress": True, "lost": [], "others_wait": False}
    subject, text, _ = parts("place_gained", before={"online_link": OTHER}, **won, **NEW)

    assert "neuer Link zur Online-Teilnahme" in subject
    assert f"Der neue Link: {ROOM}" in text


def test_what_it_was_before_is_no_news_where_it_is_the_same_again():
    subject, text, _ = parts("programme_changed", before={"online_link": ROOM}, **NEW)

    assert subject.startswith("Neuer Stand: ")
    assert OVER not in text


@pytest.mark.parametrize(
    ("before", "now", "headline", "said"),
    [
        ({}, NEW, "Workshop 3 mit Link zur Online-Teilnahme",
         f"Workshop 3, Link zur Online-Teilnahme: {ROOM}"),
        ({"online_link": OTHER}, NEW, "Workshop 3 mit neuem Link zur Online-Teilnahme",
         f"Workshop 3, Link zur Online-Teilnahme: jetzt {ROOM}"),
        ({"online_link": OTHER}, {}, "Workshop 3 ohne Link zur Online-Teilnahme",
         f"Workshop 3: {OVER[:-1]}, und es gibt keinen neuen."),
        ({"online_link": OTHER, "room": "Raum 1"}, NEW, "Workshop 3 hat sich geändert",
         f"Workshop 3, Link zur Online-Teilnahme: jetzt {ROOM}"),
    ],
)  # fmt: skip
def test_another_link_of_a_workshop_is_told_in_words_and_beside_it(before, now, headline, said):
    subject, text, html = parts(
        "programme_changed",
        before={"workshops": [NETWORKS | before]},
        confirmed=[NETWORKS | now],
        waiting=[],
    )

    assert headline in subject
    assert said in text
    assert OTHER not in text + html
    shown = ROOM.replace("&", "&amp;")
    assert (f'Link zur Online-Teilnahme: <a href="{shown}">{shown}</a></span>' in html) is bool(now)


PART = {each: NETWORKS[each] for each in NETWORKS if each != "id"} | {"role": "Moderation"}
WITH = PART | NEW


def test_whoever_has_agreed_to_contribute_finds_it_in_the_invitation():
    text = parts("contribution_asked", asked=[], agreed=[WITH])[1]

    assert f"Link zur Online-Teilnahme: {ROOM}" in text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("was", "now", "said", "previously"),
    [
        (PART, WITH, f"Link zur Online-Teilnahme: {ROOM}", False),
        (PART | {"online_link": OTHER}, WITH, f"{OVER} Link zur Online-Teilnahme: {ROOM}", False),
        (WITH, PART, "gilt nicht mehr, und es gibt keinen neuen.", False),
        (WITH | {"room": "Raum 9"}, WITH, "bisher", True),
    ],
)
def test_whoever_contributes_reads_what_became_of_it(was, now, said, previously):
    moved = [{"now": now, "was": was, "off": False, "back": False}]
    text = parts("contribution_moved", moved=moved)[1].replace("\xa0", " ")

    assert said in text
    assert ("Raum 9" in text) is previously
    assert OTHER not in text
    assert (ROOM in text) is (was.get("online_link") != now.get("online_link") == ROOM)
