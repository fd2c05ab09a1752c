"""Subjects: known to organisers before a mail is written out, and not said twice in it."""

import re
from email import message_from_bytes, policy

import pytest

from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.messages import LoginChange
from congress.formats import letters
from congress.formats.mail import render
from tests.mail_facts import NETWORKS, a_mail

RENAMED = {"before": {"workshops": [NETWORKS | {"title": "Alt"}]}}
OFF = {"before": {"workshops": [NETWORKS]}, "confirmed": [NETWORKS | {"cancelled": True}]}


CASES = [
    *[(kind, {}) for kind in MessageKind],
    *[(kind, OFF) for kind in ("programme_changed", "changed", "held_after_all")],
    *[(MessageKind.LOGIN_CHANGED, {"change": each}) for each in LoginChange],
    *[(kind, RENAMED) for kind in ("programme_changed", "place_gained")],
]
THEIRS = (
    *(MessageKind.MESSAGE, MessageKind.NEWSLETTER),
    *(MessageKind.NETWORK_MAIL, MessageKind.NETWORK_NEWSLETTER),
)  # in an organiser's words
OUR_WORDS = [case for case in CASES if case[0] not in THEIRS]
LANGUAGES = pytest.mark.parametrize("language", ["de", "en"])


@LANGUAGES
@pytest.mark.parametrize(("kind", "facts"), CASES)
def test_a_subject_needs_the_facts_alone_and_is_the_one_that_goes_out(kind, facts, language):
    mail = a_mail(kind, language, **facts)

    assert letters.subject(kind, language, mail.facts) == render(mail).subject


@LANGUAGES
@pytest.mark.parametrize(("kind", "facts"), OUR_WORDS)
def test_a_letter_goes_on_from_its_subject(kind, facts, language):
    """And says none of it a second time, in the heading or above the facts."""
    mail = message_from_bytes(render(a_mail(kind, language, **facts)).raw, policy=policy.default)
    parts = (mail.get_body((part,)).get_content() for part in ("plain", "html"))
    plain, html = (part.replace("\r", "") for part in parts)
    heading = html.partition("<h1>")[2].partition("</h1>")[0].replace("\xa0", " ")
    opening = re.split(r"\n(?:Wann|When|Was|What) ", plain.partition("\n\n")[2])[0]
    said = [_words(each) for each in re.split(r"[.!?:;]\s", opening)]
    clauses = [_words(each) for each in mail["Subject"].partition(": ")[0].split("; ")]

    assert _words(heading) in " ".join(said)
    assert not set(clauses) & set(said)
    assert not any(" " in each and each in _words(heading) for each in clauses)


def test_the_letter_about_a_login_says_in_its_subject_what_happened():
    said = {
        change: render(a_mail(MessageKind.LOGIN_CHANGED, "de", change=change)).subject
        for change in LoginChange
    }

    assert len(set(said.values())) == len(LoginChange)
    assert said[LoginChange.CODE_USED] == "Ein Ersatzcode wurde benutzt"


@pytest.mark.parametrize(("has_second_step", "says"), [(True, False), (False, True)])
def test_the_end_of_the_last_second_step_is_said_with_what_ends_with_it(has_second_step, says):
    facts = {"change": "app_removed", "codes_left": 0, "has_second_step": has_second_step}
    mail = render(a_mail(MessageKind.LOGIN_CHANGED, "de", **facts)).raw
    plain = message_from_bytes(mail, policy=policy.default).get_body(("plain",)).get_content()

    assert ("die Ersatzcodes gelten nicht mehr" in " ".join(plain.split())) is says
    assert ("Übrige Ersatzcodes" in plain) is not says


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
