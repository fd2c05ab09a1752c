"""Subjects: known to organisers before a mail is written out, and not said twice in it."""

import re
from email import message_from_bytes, policy

import pytest

from congress.domain.mails.messages import MessageKind
from congress.formats import letters
from congress.formats.mail import render
from tests.mail_facts import NETWORKS, a_mail

RENAMED = {"before": {"workshops": [NETWORKS | {"title": "Alt"}]}}
OFF = {"before": {"workshops": [NETWORKS]}, "confirmed": [NETWORKS | {"cancelled": True}]}


CASES = [
    *[(kind, {}) for kind in MessageKind],
    *[(kind, OFF) for kind in ("programme_changed", "changed", "held_after_all")],
    *[(kind, RENAMED) for kind in ("programme_changed", "place_gained")],
]
OUR_WORDS = [case for case in CASES if case[0] != MessageKind.MESSAGE]  # else an organiser's
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


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
