"""What the letter about an assignment by wishes says, also of what has happened since."""

from email import message_from_bytes, policy

import pytest

from congress.formats.mail import render
from tests.mail_facts import MOTOR, NETWORKS, a_mail

PLACE = NETWORKS | {"by_wish": 2}
OTHER = {key: MOTOR[key] for key in NETWORKS}
NONE = "Keiner Ihrer Wünsche ließ sich erfüllen, Sie haben dann keinen Platz."


def said(
    confirmed, got, had=(), *, language="de", how="wish", unsaid=False, free=False, **more: object
) -> tuple[str, str]:
    """Subject and text, on one line."""
    times = {name: NETWORKS[name] for name in ("starts_at", "ends_at")}
    choice = times | {"among": [2, 3], "got": got, "how": how, "had": list(had), "free": free}
    if unsaid:
        choice["unsaid"] = True
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
        # What they had was called off, and they were told so then.
        ([], None, [OTHER | {"cancelled": True}], f"13.15 bis 15.15 Uhr: {NONE}"),
        ([PLACE], 3, [OTHER | {"cancelled": True}], "Zusammenarbeit“, Ihrem 2. Wunsch."),
        # They moved up since: that is what they have.
        ([OTHER | {"by_wish": 1}], 3, [], "Engagementförderung?“, Ihrem 1. Wunsch."),
    ],
)
def test_what_came_of_the_wishes(confirmed, got, had, sentence):
    assert sentence in said(confirmed, got, had)[1]


@pytest.mark.parametrize(
    ("item", "how", "sentence"),
    [
        (PLACE, "by_hand", "Die Veranstaltenden haben Ihnen einen Platz in „Workshop 3: Regionale"),
        (PLACE, "role", "Zusammenarbeit“, weil Sie daran mitwirken."),
        (PLACE | {"any_other": True}, "wish", "“, einem der anderen, die Ihnen auch recht sind."),
        (
            PLACE | {"any_other": True, "by_wish": 1},
            "wish",
            "Zusammenarbeit“. Ihnen war alles recht",
        ),
    ],
)
def test_a_place_that_is_no_numbered_wish_says_how_it_came(item, how, sentence):
    text = said([item], 3, how=how)[1]
    assert sentence in text
    assert "Wunsch" not in text


def test_a_place_by_hand_says_so_also_where_another_was_had():
    text = said([PLACE], 3, [OTHER], how="by_hand")[1]
    assert "Zusammenarbeit“. So haben es die Veranstaltenden entschieden." in text
    # They moved up since.
    assert "So haben es" not in said([OTHER], 3, [NETWORKS], how="by_hand")[1]


def test_whoever_organisers_left_without_a_place_reads_so():
    text = said([], None, how="by_hand")[1]
    assert "13.15 bis 15.15 Uhr: Die Veranstaltenden haben entschieden, dass Sie nichts" in text
    assert "ließ sich" not in text
    text = said([], None, [OTHER], how="by_hand")[1]
    assert "Sie haben keinen Platz mehr in „Workshop 2" in text
    assert "So haben es die Veranstaltenden entschieden." in text


def test_whoever_said_nothing_of_a_time_reads_that_they_have_nothing_then():
    nothing = "13.15 bis 15.15 Uhr: Sie haben nichts geordnet, deshalb haben Sie dann keinen Platz."
    assert nothing in said([], None, how="none", unsaid=True)[1]
    # They have chosen since.
    assert "nichts geordnet" not in said([NETWORKS], None, how="none", unsaid=True)[1]


def test_a_title_with_quotes_has_inner_ones_within_quotes():
    quoting = PLACE | {"title": "Was heißt „Ehrenamt“?"}
    assert "einen Platz in „Workshop 3: Was heißt ‚Ehrenamt‘?“, Ihrem" in said([quoting], 3)[1]


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


def test_whoever_has_nothing_reads_that_something_is_still_free():
    free = "Zu dieser Zeit ist noch etwas frei; wählen können Sie es auf Ihrer Seite."
    assert free in said([], None, free=True)[1]
    assert free in said([], None, [OTHER], free=True)[1]
    assert free not in said([], None)[1]
    assert free not in said([PLACE], 3, free=True)[1]
