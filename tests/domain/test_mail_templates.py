"""Which placeholders a mail in organisers' words may have, and which it must."""

import pytest

from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.mailings import NAMES_OF_VALUES
from congress.domain.mails.templates import Faults, Template, faults, needed, usual_body


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("kind", list(MessageKind))
def test_what_the_program_says_has_all_it_needs(kind, language):
    assert faults(kind, Template(body=usual_body(language)), NAMES_OF_VALUES) == Faults()


@pytest.mark.parametrize(
    ("kind", "template", "wrong"),
    [
        (MessageKind.CONFIRMED, Template(), Faults()),
        (MessageKind.CONFIRMED, Template("Schön, {Vorname}!"), Faults()),
        (MessageKind.CONFIRMED, Template(body="Hallo\n\n{Angaben}\n\n{button}"), Faults()),
        (
            MessageKind.CONFIRMED,
            Template(body="Hallo {vorname}\n\n{Angaben}"),
            Faults(unknown_in_body=("vorname",), missing_in_body=("Knopf",)),
        ),
        (
            MessageKind.PROGRAMME_CHANGED,
            Template(body="{Angaben}\n\n{Knopf}"),
            Faults(missing_in_body=("Nachricht",)),
        ),
        (
            MessageKind.PROGRAMME_CHANGED,
            Template("Es gibt Neues"),
            Faults(missing_in_subject=("Betreff",)),
        ),
        (MessageKind.PROGRAMME_CHANGED, Template("Bitte lesen: {Betreff}"), Faults()),
        (MessageKind.WITHDRAWN, Template(body="{Nachricht}\n\n{Angaben}"), Faults()),
        (
            MessageKind.FOLLOW_UP,
            Template(body="Danke\n\n{Angaben}"),  # what organisers write of it would be lost
            Faults(missing_in_body=("Knopf",)),
        ),
        (  # what was agreed to stays beside the link, and nobody has a name yet
            MessageKind.NEWSLETTER_ASKED,
            Template("Noch ein Klick", "Hallo {Name}!\n\n{Knopf}"),
            Faults(
                unknown_in_body=("Name",),
                missing_in_subject=("Betreff",),
                missing_in_body=("Nachricht",),
            ),
        ),
        (
            MessageKind.NEWSLETTER_ASKED,
            Template(body="Schön, {Titel}!\n\n{Nachricht}\n\n{Knopf}"),
            Faults(),
        ),
        (
            MessageKind.CONFIRMED,
            Template("{Angaben} {{7*7}} {event.__class__}"),
            Faults(unknown_in_subject=("Angaben", "7*7", "event.__class__")),
        ),
    ],
)
def test_what_is_wrong_with_a_template(kind, template, wrong):
    assert faults(kind, template, NAMES_OF_VALUES) == wrong


def test_a_mail_without_a_link_needs_none():
    assert needed(MessageKind.CALENDAR_CANCEL) == ("message", "details")
    assert needed(MessageKind.CONFIRMED) == ("details", "action")
