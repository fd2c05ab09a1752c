"""What organisers write: paragraphs as typed, whom it reaches, and what nobody may send."""

import pytest

from congress.domain.congresses import CongressState
from congress.domain.mails import circulars
from congress.domain.mails.circulars import (
    Addressee,
    Circular,
    NobodyToWriteTo,
    NotForDrafts,
    Readers,
    ReadersUnseen,
)
from congress.domain.registration import RegistrationState

HELLO = Circular({"de": "Anreise"}, {"de": "Der Weg."})
BOTH = Circular({"de": "Anreise", "en": "Travel"}, {"de": "Der Weg.", "en": "The way."})


def somebody(number=1, state="confirmed", email="anna@example.org", language="de"):
    return Addressee(number, RegistrationState(state), "Anna", "Beispiel", email, language)


@pytest.mark.parametrize(
    ("typed", "paragraphs"),
    [
        ("Eine Zeile", [["Eine Zeile"]]),
        ("Eins\nzwei\n\nDrei", [["Eins", "zwei"], ["Drei"]]),
        ("Eins\n \t\n\n\n  Zwei  \n", [["Eins"], ["Zwei"]]),
        ("\n\nEins", [["Eins"]]),
        ("Eins\u2028zwei\u2029\u2029Drei", [["Eins", "zwei"], ["Drei"]]),
    ],
)
def test_an_empty_line_parts_paragraphs(typed, paragraphs):
    assert Circular({"de": "X"}, {"de": typed}).paragraphs("de") == paragraphs


@pytest.mark.parametrize(
    ("circular", "reader", "language"),
    [(BOTH, "en", "en"), (BOTH, "de", "de"), (HELLO, "en", "de"), (HELLO, "de", "de")],
)
def test_a_letter_is_of_one_language_as_a_whole(circular, reader, language):
    assert circular.language_for(somebody(language=reader)) == language


def test_who_has_withdrawn_gets_nothing_and_who_has_no_address_is_named():
    chosen = circulars.readers(
        [
            somebody(1),
            somebody(2, "waiting"),
            somebody(3, email=""),
            somebody(4, "cancelled"),
            somebody(5, email="Gone@example.org"),
        ],
        {"gone@example.org"},
    )

    assert [each.id for each in chosen.reached] == [1, 2]
    assert [each.id for each in chosen.without_mailbox] == [3]
    assert [each.id for each in chosen.dead] == [5]
    assert chosen.withdrawn == 1


SEEN = Readers((somebody(1), somebody(2)), (somebody(3, email=""),))


@pytest.mark.parametrize(
    ("circular", "chosen"),
    [
        (Circular(HELLO.subject, {"de": "Der andere Weg."}), SEEN),
        (Circular({"de": "Abreise"}, HELLO.text), SEEN),
        (Circular(HELLO.subject, HELLO.text, with_link=True), SEEN),
        (BOTH, SEEN),
        (HELLO, Readers((somebody(1),), SEEN.without_mailbox)),
        (HELLO, Readers((*SEEN.reached, somebody(4)), SEEN.without_mailbox)),
        (HELLO, Readers((*SEEN.reached, *SEEN.without_mailbox))),
    ],
)
def test_other_people_or_another_text_are_to_be_looked_at(circular, chosen):
    seen = circulars.mark_of(HELLO, SEEN)

    with pytest.raises(ReadersUnseen):
        circulars.require_sendable(CongressState.PUBLISHED, circular, chosen, seen=seen)


def test_the_same_people_in_another_order_are_the_same():
    turned = Readers(SEEN.reached[::-1], SEEN.without_mailbox, withdrawn=5)

    assert circulars.mark_of(HELLO, turned) == circulars.mark_of(HELLO, SEEN)


@pytest.mark.parametrize("state", CongressState)
def test_people_are_written_to_in_every_state_but_a_draft(state):
    seen = circulars.mark_of(HELLO, SEEN)
    if state is CongressState.DRAFT:
        with pytest.raises(NotForDrafts):
            circulars.require_sendable(state, HELLO, SEEN, seen=seen)
    else:
        circulars.require_sendable(state, HELLO, SEEN, seen=seen)


def test_a_mail_to_nobody_is_none():
    nobody = Readers((), (somebody(email=""),))

    with pytest.raises(NobodyToWriteTo):
        circulars.require_sendable(
            CongressState.PUBLISHED, HELLO, nobody, seen=circulars.mark_of(HELLO, nobody)
        )
