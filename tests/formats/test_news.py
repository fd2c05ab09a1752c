"""What letters say of what changed, of the calendar and of the personal link."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from typing import Any

import pytest

from congress.domain.mails.kinds import KINDS, Carries, MessageKind
from congress.formats.mail import MailToRender, render
from tests.mail_facts import CALENDAR_KINDS, CANCELLED_ENTRY, ENTRY, MOTOR, NETWORKS, TOKEN, a_mail

SEAT = {key: MOTOR[key] for key in MOTOR if key not in {"position", "kept"}}
LETTERS = [kind for kind in MessageKind if kind not in CALENDAR_KINDS]


def text_of(letter: MailToRender) -> str:
    """The plain part on one line."""
    mail = message_from_bytes(render(letter).raw, policy=policy.default)
    part = mail.get_body(("plain",))
    assert part
    return " ".join(part.get_content().split())


@pytest.mark.parametrize(
    ("facts", "sentences"),
    [
        (
            {"before": {"confirmed": [], "waiting": []}, "confirmed": [NETWORKS], "waiting": []},
            ["Sie haben jetzt einen Platz in „Workshop 3: Regionale"],
        ),
        (
            {"before": {"confirmed": [NETWORKS], "waiting": []}, "confirmed": [SEAT]}
            | {"waiting": []},
            [
                "Sie haben jetzt einen Platz in „Workshop 2: Die Kommune",
                "Ihren Platz in „Workshop 3: Regionale Vernetzung",
            ],
        ),
        (
            {"before": {"confirmed": [NETWORKS], "waiting": []}},
            ["Sie warten jetzt auf einen Platz in „Workshop 2: Die Kommune"],
        ),
        (
            {"before": {"confirmed": [NETWORKS], "waiting": [SEAT]}, "waiting": []},
            ["Sie warten nicht mehr auf einen Platz in „Workshop 2: Die Kommune"],
        ),
        (
            {"before": {"confirmed": [], "waiting": []}, "confirmed": [], "waiting": [SEAT]}
            | {"position": 3},
            ["Sie wünschen sich jetzt „Workshop 2: Die Kommune"],
        ),
        (
            {"before": {"confirmed": [], "waiting": [SEAT]}, "confirmed": [], "waiting": []}
            | {"position": 3},
            ["Sie wünschen sich nicht mehr „Workshop 2: Die Kommune"],
        ),
        ({}, []),
    ],
    ids=["won", "swapped", "queued", "left the queue", "wished", "wished no longer", "old row"],
)
def test_a_change_says_what_it_was(facts, sentences):
    """And nothing else: each of the sentences is there once, the others are not."""
    text = text_of(a_mail("changed", **facts))
    _, _, said = text.partition("Ihre Anmeldung ist auf dem neuen Stand.")
    said, *_ = re.split("So sind Sie jetzt|Sie stehen beim", said)  # whoever waits is not there yet
    for sentence in sentences:
        assert text.count(sentence) == 1
    assert said.count(".") == len(sentences)


def test_a_change_by_the_organisers_says_whose_it_was():
    moved: dict[str, Any] = {"before": {"confirmed": [NETWORKS], "waiting": []}}
    moved["confirmed"] = [SEAT]
    mine, theirs = (text_of(a_mail("changed", **moved, by_organiser=by)) for by in (False, True))

    for text in (mine, theirs):
        assert "Sie haben jetzt einen Platz in „Workshop 2: Die Kommune" in text
    assert "Die Veranstaltenden haben Ihre Workshops geändert." in theirs
    assert "Sie haben keinen Platz mehr in „Workshop 3: Regionale Vernetzung" in theirs
    for sentence in ("Die Veranstaltenden haben", "keinen Platz mehr", "für einen Irrtum"):
        assert sentence not in mine
    for sentence in ("auf dem neuen Stand", "haben Sie zurückgegeben"):
        assert sentence not in theirs


@pytest.mark.parametrize(
    ("kind", "entry", "sentence"),
    [
        ("changed", ENTRY | {"sequence": 1}, "bringt auch Ihren Kalendereintrag auf den neuen"),
        ("programme_changed", ENTRY | {"sequence": 1}, "bringt auch Ihren Kalendereintrag auf"),
        ("place_gained", ENTRY, "trägt die Veranstaltung auch in Ihren Kalender ein."),
        ("withdrawn", CANCELLED_ENTRY, "nimmt die Veranstaltung auch aus Ihrem Kalender."),
        ("cancelled_by_organiser", CANCELLED_ENTRY, "nimmt die Veranstaltung auch aus Ihrem"),
        ("reinstated", ENTRY | {"sequence": 2}, "trägt die Veranstaltung auch wieder in Ihren"),
        ("held_after_all", ENTRY | {"sequence": 2}, "trägt die Veranstaltung auch wieder in Ihren"),
        ("congress_cancelled", CANCELLED_ENTRY, "nimmt die Veranstaltung auch aus Ihrem Kalender"),
    ],
)
def test_a_letter_says_what_it_does_to_the_calendar_if_it_does(kind, entry, sentence):
    assert sentence in text_of(a_mail(kind, entry=entry))
    assert sentence not in text_of(a_mail(kind))


def test_who_registered_twice_before_confirming_reads_what_counts():
    once = text_of(a_mail("confirm_registration"))
    twice = text_of(a_mail("confirm_registration", registered_twice=True))
    said = (
        "Es gilt nur, was in dieser Mail steht; ändern können Sie es, sobald Sie bestätigt haben."
    )
    assert said in twice
    assert said not in once


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("has_entry", [True, False])
@pytest.mark.parametrize("kind", [kind for kind in LETTERS if kind is not MessageKind.LINK])
def test_no_letter_promises_a_link_that_is_not_there(kind, has_entry, language):
    """Rendered with the links that delivering would give it."""
    letter = a_mail(kind, language, **({"entry": ENTRY} if has_entry else {}))
    if has_entry or KINDS[kind].carries is Carries.FAREWELL:
        public = {name: url for name, url in letter.links.items() if name != "manage"}
        letter = replace(letter, links=public)
    body, _, end = text_of(letter).partition(" -- ")
    promise = {"de": "gehört nur Ihnen", "en": "is for you alone"}[language]
    assert (promise in end) == (TOKEN in body)
    assert promise not in body


def test_the_html_says_too_where_the_link_is_when_its_button_leads_elsewhere():
    letter = a_mail("changed", entry=ENTRY | {"sequence": 1})
    public = {name: url for name, url in letter.links.items() if name != "manage"}
    mail = message_from_bytes(render(replace(letter, links=public)).raw, policy=policy.default)
    html = mail.get_body(("html",))

    assert html
    assert "Ihren persönlichen Link haben Sie per Mail bekommen" in html.get_content()
    text = text_of(a_mail("changed"))
    assert "Ihren persönlichen Link" not in text


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [({}, "Sie waren beim Fachkongress"), ({"position": 4}, "Sie standen beim Fachkongress")],
)
def test_whoever_waited_for_a_congress_that_is_called_off_was_not_registered(facts, sentence):
    text = text_of(a_mail("congress_cancelled", **facts))

    assert sentence in text
    assert ("angemeldet" in text) is not bool(facts)
