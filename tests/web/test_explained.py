"""Of everybody an organiser reads what their state is, since when, why, and what comes next."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from congress.domain.access import Role
from congress.queries import congresses
from congress.queries.registrations import get_own
from tests.builders import AFTERWARDS, BEGUN, LATE, OPEN, TWO_HOURS
from tests.web import bookings_there_are as bookings
from tests.web import pages
from tests.web import states_there_are as states
from tests.web.organisers import an_organiser, logged_in
from tests.web.states_there_are import NOW, OVER, THEN

pytestmark = pytest.mark.sqlite_only

OFFER_OVER = OVER + TWO_HOURS
GIVEN_UP = OPEN + timedelta(hours=25)
CHANGES = "Ändern ist bis einschließlich 7. Oktober 2015"
AGAIN = "Wer doch kommen will, muss sich neu anmelden."
NEXT_IS = "Der nächste frei werdende Platz geht an Erika Muster-1."

CANCEL = "Absagen ist bis 21. Oktober 2015, 9.30 Uhr"
# The state, when it began, what the page then says it is, why, and what comes next.
REGISTRATIONS = [
    # First those whose time is over by then, so that nobody else's is.
    (states.left_the_offer_too_long, OFFER_OVER, "Abgemeldet", "nicht rechtzeitig", AGAIN),
    (states.never_confirmed, GIVEN_UP, "Abgemeldet", "nicht rechtzeitig bestätigt", "30 Tage nach"),
    (states.registered, OPEN, "Bestätigt", "hat sich angemeldet", CHANGES),
    (states.takes_part_online, OPEN, "Bestätigt · online", "hat sich angemeldet", CANCEL),
    (states.waits_online, OPEN, "Platz 1 auf der Warteliste · online", "Warteliste", NEXT_IS),
    (states.waits_first, OPEN, "Platz 1 auf der Warteliste", "steht auf der Warteliste", NEXT_IS),
    (states.waits_third, OPEN, "Platz 3", "steht auf der Warteliste", "warten noch 2 Personen"),
    (states.waits_for_an_offer, OPEN, "Wartet", "Warteliste", "Platz wird Erika Muster-1 angeb"),
    (states.waits_on_a_reserve_list, OPEN, "Platz 1 auf der Nachrückliste", "Nachrück", "kommen"),
    (states.waits_beside_what_is_held_back, OPEN, "Wartet", "Warteliste", "Alle leeren Plätze"),
    (states.waits_with_a_group, OPEN, "Wartet", "Kontaktperson", "2 Personen der Gruppe warten"),
    (states.is_offered_a_place_with_a_group, THEN, "Platz angeboten", "bekommt bis", "2 Personen"),
    (states.comes_with_a_group, OPEN, "Bestätigt", "Kontaktperson einer Gruppe", CHANGES),
    (states.guest_within_what_is_held_back, THEN, "Bestätigt · Ehrengast", "von Hand", CHANGES),
    (states.guest_beyond_what_is_held_back, THEN, "Warteliste · Ehrengast", "Warteliste", NEXT_IS),
    (states.asked_late, LATE, "Zu entscheiden", "nach Anmeldeschluss", "kein Platz freigehalten"),
    (states.asked_and_no_place_is_held, OPEN, "Zu entscheiden", "angefragt", "kein Platz freigeh"),
    (states.asked_and_a_place_is_held, OPEN, "Zu entscheiden", "angefragt", "ein Platz der Veran"),
    (states.accepted, THEN, "Bestätigt", "Anfrage von Erika Muster-1 um einen Platz", CHANGES),
    (states.declined, THEN, "Abgemeldet", "abgelehnt. Grund: Leider voll.", AGAIN),
    (states.offered, THEN, "Platz angeboten", "bekommt bis Freitag", "bis 02.10.2015, 13.00 Uhr"),
    (states.accepted_the_offer, THEN, "Bestätigt", "angebotenen Platz angenommen", CHANGES),
    (states.declined_the_offer, THEN, "Abgemeldet", "angebotenen Platz abgelehnt", AGAIN),
    (states.moved_up, THEN, "Bestätigt", "ist nachgerückt", CHANGES),
    (states.moved_up_by_hand, THEN, "Bestätigt", "über die vorhandenen Plätze hinaus", CHANGES),
    (states.unconfirmed, OPEN, "Nicht bestätigt", "angemeldet", "gilt bis 01.10.2015, 12.00 Uhr"),
    (states.confirmed_the_address, OPEN, "Bestätigt", "hat sich angemeldet", CHANGES),
    (states.withdrew, THEN, "Abgemeldet", "hat sich abgemeldet", AGAIN),
    (states.cancelled_by_an_organiser, THEN, "Abgemeldet", "von den Veranstaltenden", AGAIN),
    (states.put_back, THEN, "Bestätigt", "wurde rückgängig gemacht", CHANGES),
    (states.named_a_colleague, OPEN, "Bestätigt", "hat sich angemeldet", "Max Neu kann die Anm"),
    (states.handed_over, THEN, "Vertreten", "weitergegeben", "Stattdessen kommt Max Neu"),
    (states.took_over, THEN, "Bestätigt", "einer anderen Person übernommen", CHANGES),
    (
        states.merged_away,
        THEN,
        "Zusammengeführt",
        "aufgegangen",
        "Die andere Anmeldung gilt",
    ),
    (states.got_a_place_by_merging, THEN, "Bestätigt", "wurden zusammengeführt", CHANGES),
    (states.asked_for_a_change, OPEN, "Bestätigt", "hat sich angemeldet", "Änderung ist zu entsch"),
]
# Of what somebody has or waits for: how many lines there are, since when the last one is so, why,
# and what comes next.
CHOSEN = "Mit der Anmeldung gewählt."
BOOKINGS = [
    (bookings.has_a_workshop, 1, OPEN, CHOSEN, ""),
    (bookings.chose_a_workshop_later, 1, THEN, "hat „", ""),
    (bookings.was_given_a_wish, 1, THEN, "Bei der Zuteilung vergeben.", ""),
    (bookings.waits_for_a_wish, 1, THEN, "bei der Zuteilung nicht vergeben.", ""),
    (bookings.waits_for_a_workshop_and_keeps_another, 2, THEN, "hat umgebucht", NEXT_IS),
    (bookings.waits_for_a_workshop_and_the_event, 1, OPEN, CHOSEN, "sobald es einen Platz bei der"),
    (bookings.is_passed_over_in_a_workshop, 2, OPEN, CHOSEN, "übergangen: hat zu dieser Zeit"),
    (bookings.is_offered_a_workshop, 1, THEN, "einen Platz angeboten", "Ohne Antwort bis dahin"),
    (bookings.moved_up_in_a_workshop, 1, THEN, "ist nachgerückt", ""),
    (bookings.swapped, 1, THEN, "ist nachgerückt", "Dafür abgegeben"),
    (bookings.waits_for_what_goes_only_with_another, 2, OPEN, CHOSEN, "geht nur zusammen mit"),
    (
        bookings.has_to_choose_again,
        1,
        OPEN,
        CHOSEN,
        "Wahl ist bis einschließlich 11. O",
    ),
    (bookings.was_put_elsewhere, 1, THEN, "ausfällt", ""),
]


class Office:
    """People in every state, and an organiser who opens the page of each at some moment."""

    def __init__(self, app) -> None:
        self.app = app
        self.clients: dict[datetime, FlaskClient] = {}

    def make(self, made):
        """Make people; the organiser sees the congress of each."""
        self.where, roles = {}, {}
        with self.app.app_context():
            for make in made:
                person = make()
                congress = congresses.get_congress(get_own(person).standing.congress_id)
                self.where[make] = f"/organiser/{congress.slug}/attendees/{person}"
                roles[congress.id] = Role.ORGANISER
        an_organiser(self.app, "organiser@example.org", roles)
        return self

    def page(self, make, now, language="de"):
        with time_machine.travel(now, tick=False):
            if now not in self.clients:
                self.clients[now] = logged_in(self.app, "organiser@example.org")
            answer = self.clients[now].get(f"{self.where[make]}?lang={language}")
        assert answer.status_code == 200
        return pages.read(answer)


@pytest.fixture
def office(app):
    return Office(app)


def test_the_page_of_a_person_says_what_since_when_why_and_what_next(office):
    office.make([each[0] for each in REGISTRATIONS])

    wrong = {}
    for make, since, what, why, then in sorted(REGISTRATIONS, key=lambda each: each[1]):
        page = office.page(make, max(NOW, since))
        said = {name: pages.words(pages.get(page, id=name)) for name in ("what", "why", "next")}
        moment = pages.get(pages.get(page, id="since"), "time").get("datetime", "")
        fits = (what in said["what"], why in said["why"], then in said["next"])
        if not all(fits) or datetime.fromisoformat(moment) != since:
            wrong[make.__name__] = said | {"since": moment}
    assert wrong == {}


def test_the_page_says_the_same_of_what_somebody_has_or_waits_for(office):
    office.make([each[0] for each in BOOKINGS])

    wrong = {}
    for make, count, since, why, then in BOOKINGS:
        lines = pages.find_all(office.page(make, NOW), "article")
        [about] = pages.find_all(lines[-1], "p", data_since="")
        said = pages.words(about)
        is_since = datetime.fromisoformat(about.get("data-since", "")) == since
        if len(lines) != count or why not in said or then not in said or not is_since:
            wrong[make.__name__] = said
    assert wrong == {}


@pytest.mark.parametrize(
    ("make", "now", "sentence"),
    [
        (states.waits_first, BEGUN, "Nobody moves up: The event has started."),
        (states.waits_first, AFTERWARDS, "The event is over,"),
        (states.offered, AFTERWARDS, "The event is over,"),
        (states.asked_and_a_place_is_held, AFTERWARDS, "The event is over, so nothing more"),
        (states.registered, LATE, "Changes are closed; what they still want to change,"),
        (states.has_no_address, THEN, "They have no page of their own, so you see to"),
        (states.withdrew, LATE, "Nothing more happens. If they want to come after all, you"),
        (states.withdrew, AFTERWARDS, "The event is over, so nothing more happens."),
    ],
)
def test_what_comes_next_is_true_when_it_is_read(office, make, now, sentence):
    page = office.make([make]).page(make, now, "en")

    assert pages.words(pages.get(page, id="next")).startswith(sentence)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (bookings.was_given_a_wish, r"„.+“ \(2\. Wunsch\)"),
        (bookings.waits_for_a_wish, r"kein Platz \(gewünscht: „.+“\)"),
    ],
)
def test_the_history_of_a_person_says_what_a_release_brought(office, make, sentence):
    history = pages.get(office.make([make]).page(make, NOW), "ol", class_="log plain")

    newest, *_older = history
    said = rf"Die Zuteilung wurde freigegeben\. Ergebnis für Erika Muster-1: {sentence}\."
    assert re.search(said, pages.words(newest))
    moment = pages.get(newest, "time").get("datetime", "")
    assert datetime.fromisoformat(moment) == THEN
