"""What the letter about an assignment by wishes says, also of what has happened since."""

from email import message_from_bytes, policy

import pytest

from congress.formats.mail import render
from tests.mail_facts import MOTOR, NETWORKS, a_mail

PLACE = NETWORKS | {"by_wish": 2}
OTHER = {key: MOTOR[key] for key in NETWORKS}
NONE = "Keiner Ihrer Wünsche ließ sich erfüllen, Sie haben dann keinen Platz."


def said(confirmed, got, had=(), *, language="de", **more: object) -> tuple[str, str]:
    """Subject and text, on one line."""
    times = {name: NETWORKS[name] for name in ("starts_at", "ends_at")}
    choice = times | {"among": [2, 3], "got": got, "had": list(had)}
    facts = {"assigned": [choice], "confirmed": confirmed, "waiting": []} | more
    raw = render(a_mail("assigned", language, **facts)).raw
    mail = message_from_bytes(raw, policy=policy.default)
    part = mail.get_body(("plain",))
    assert part
    return mail["Subject"], " ".join(part.get_content().split())


@pytest.mark.parametrize(
    ("confirmed", "got", "had", "sentence"),
    [
        ([PLACE], 3, [], "Zusammenarbeit“, Ihrem 2. Wunsch."),
        ([NETWORKS], 3, [], "Sie haben einen Platz in „Workshop 3: Regionale Vernetzung"),
        ([], None, [], f"13.15 bis 15.15 Uhr: {NONE}"),
        ([PLACE], 3, [OTHER], "Bisher hatten Sie einen Platz in „Workshop 2: Die Kommune"),
        ([], None, [OTHER], "Sie haben keinen Platz mehr in „Workshop 2: Die Kommune"),
        # They moved up since: that is what they have.
        ([OTHER | {"by_wish": 1}], 3, [], "Engagementförderung?“, Ihrem 1. Wunsch."),
    ],
)
def test_what_came_of_the_wishes(confirmed, got, had, sentence):
    assert sentence in said(confirmed, got, had)[1]


@pytest.mark.parametrize(
    ("confirmed", "got"),
    [([], 3), ([PLACE | {"cancelled": True}], 3)],
    ids=["given back since", "called off since"],
)
def test_what_is_over_is_not_called_a_wish_that_failed(confirmed, got):
    text = said(confirmed, got)[1]
    assert NONE not in text
    assert "Sie haben einen Platz" not in text


def test_the_subject_tells_the_first_from_a_later_one():
    assert said([PLACE], 3)[0].startswith("Ihre Workshops: ")
    assert said([PLACE], 3, reassigned=True)[0].startswith("Ihre Workshops haben sich geändert: ")
    assert said([PLACE], 3, language="en")[0].startswith("Your workshops: ")
