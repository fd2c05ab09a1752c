"""GDPR-04 in a browser: asked with a consent of its own, read by one role, leaking nowhere."""

import logging
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from sqlalchemy import select

from congress import worker
from congress.base import Base
from congress.domain.access import Role
from congress.domain.assistance import Needs
from congress.domain.folding import fold_for_search
from congress.extensions import db
from congress.models import AssistanceNeeds, Congress, Registration
from congress.queries import congresses
from congress.services import assisting
from tests.builders import OPEN, a_congress, a_registration, a_workshop
from tests.web import pages
from tests.web.organisers import an_organiser, hidden, logged_in, post
from tests.web.registration.visitors import PERSON, Visitor, change

pytestmark = pytest.mark.sqlite_only

HERE, FORM = "/organiser/fachkongress", "/fachkongress/register"
MARK = "Zaubernussöl"
NEED = {"need_allergies": "y", "assistance_text": MARK}
AGREED = {"assistance_consent": "y"}
# Whoever may do everything else sees how many, and no more.
SEEN_BY_OTHERS = (
    *("", "/assistance", "/attendees", "/attendees.csv"),
    *("/attendees.xlsx", "/attendees/import", "/attendees/write", "/figures", "/figures.csv"),
    *("/outbox", "/log", "/log.csv", "/settings", "/team", "/programme"),
)


@pytest.fixture
def congress(app):
    with app.app_context():
        row = a_congress(fields={"assistance": "optional"})
        a_workshop(row, number=1)
        here = row.id
    an_organiser(app, "o@example.org", {here: Role.ORGANISER})
    an_organiser(app, "chief@example.org", is_administrator=True)
    with time_machine.travel(OPEN, tick=False):
        yield here


def one(congress):
    return db.session.get_one(Congress, congress)


def stored(app):
    with app.app_context():
        return db.session.scalars(select(AssistanceNeeds.text)).all()


def everything_else_stored(app):
    """Return every row of every table but the one, as text; answers and facts included."""
    with app.app_context():
        return {
            name: str(db.session.execute(select(table)).all())
            for name, table in Base.metadata.tables.items()
            if name != "assistance_needs"
        }


def said(mail):
    """Return everything a mail says, its parts decoded."""
    message = message_from_bytes(mail, policy=default)
    parts = [each for each in message.walk() if each.get_content_maintype() == "text"]
    contents = (each.get_payload(decode=True).decode() for each in parts)
    return "\n".join([*map(str, message.values()), *contents])


def content(answer):
    """Return everything an answer says, a workbook unpacked."""
    with answer:
        if not answer.data.startswith(b"PK"):
            return answer.text
        book = ZipFile(BytesIO(answer.data))
        return "".join(book.read(name).decode() for name in book.namelist())


def leaks(text):
    return MARK in text or fold_for_search(MARK) in text or "allergies" in text


def test_what_somebody_needs_is_read_by_one_role_and_found_nowhere_else(
    app, settings, congress, caplog, capsys
):
    caplog.set_level(logging.DEBUG)
    visitor = Visitor(app)
    own = visitor.own_page(**NEED, **AGREED)
    with app.app_context():
        worker.deliver()
        number = db.session.scalars(select(Registration.id)).one()
    page = visitor.open(own).text
    assert not leaks(page)  # a page that is printed and shown at the door
    visitor.send(f"{own}/details", **visitor.hidden(f"{own}/details") | {**PERSON, "function": "A"})
    calendar = visitor.open(f"{own}/calendar.ics").text
    with app.app_context():
        worker.deliver()

    mails = [said(each.read_bytes()) for each in (settings.var_dir / "mail").rglob("*.*")]
    assert len(mails) >= 3
    assert not any("Unterstützungsbedarf" in each for each in mails)  # organisers read mails too
    printed = capsys.readouterr().err
    assert '"path": "/fachkongress/register"' in printed
    assert not leaks(printed)
    for text in (*mails, calendar, caplog.text, visitor.open("/fachkongress/calendar.ics").text):
        assert not leaks(text)
    assert not any(map(leaks, everything_else_stored(app).values()))
    assert stored(app) == [MARK]

    for email in ("o@example.org", "chief@example.org"):
        client = logged_in(app, email)
        for part in (*SEEN_BY_OTHERS, f"/attendees/{number}", f"/attendees/{number}/details"):
            answer = client.get(HERE + part)
            assert answer.status_code == 200, part
            assert not leaks(content(answer)), part
        found = pages.words(pages.read(client.get(f"{HERE}/attendees?q={MARK}")))
        assert "Stadt Lünen" not in found
        for part in ("/assistance/names", "/assistance.csv", f"/assistance/{number}/remove"):
            assert client.get(HERE + part).status_code == 403, part
    overview = pages.read(client.get(f"{HERE}?lang=de"))
    assert pages.words(pages.get(overview, id="assistance")) == "1 Person braucht Unterstützung"


def test_an_administrator_gives_the_role_and_whoever_has_it_reads_on_record(app, congress):
    with app.app_context():
        here, there = (a_registration(row) for row in (one(congress), a_congress(slug="theirs")))
        for each in (here, there):
            stated = [(each.id, Needs.of(["allergies"], MARK), "form")]
            assisting.store(congresses.get_congress(each.congress_id), stated, now=OPEN)
        ours, theirs = here.id, there.id
        db.session.commit()
    team, role = f"{HERE}/team", "assistance"
    organiser, chief = logged_in(app, "o@example.org"), logged_in(app, "chief@example.org")
    assert post(organiser, team, team, email="x@example.org", roles=role) == 422
    assert post(chief, team, team, email="chief@example.org", roles="organiser") == 422
    assert post(chief, team, team, email="chief@example.org", roles=role) == 303

    assert MARK in pages.words(pages.read(chief.get(f"{HERE}/assistance/names")))
    file = chief.get(f"{HERE}/assistance.csv")
    assert (MARK in content(file), file.headers["Cache-Control"]) == (True, "no-store")
    log = chief.get(f"{HERE}/log?lang=de").text
    assert "Der Unterstützungsbedarf von 1 Person wurde gelesen." in log
    assert "Der Unterstützungsbedarf von 1 Person wurde exportiert." in log

    assert chief.get(f"{HERE}/assistance/{theirs}/remove").status_code == 404
    remove = f"{HERE}/assistance/{ours}/remove"
    assert post(chief, remove, remove) == 303
    assert stored(app) == [MARK]  # of the other congress
    assert chief.get(remove).status_code == 404


def test_the_form_asks_for_a_consent_of_its_own_and_loses_nothing(app, congress):
    visitor = Visitor(app)
    box = pages.get(pages.read(visitor.open(FORM)), id="assistance_consent")
    assert box.get("checked") is None
    assert box.get("required") is None
    notice = pages.read(visitor.open("/fachkongress/privacy"))
    assert pages.has(notice, "span", **{"data-until": "2015-11-04"})  # 14 days later
    answer = visitor.register(**NEED)
    assert answer.status_code == 422
    page = pages.read(answer)
    assert pages.has(page, href="#assistance_consent")
    assert MARK in pages.words(pages.get(page, id="assistance_text"))
    assert pages.get(page, id="need_allergies").get("checked") is not None
    lacks = visitor.register(need_other="y", **AGREED)
    assert pages.has(pages.read(lacks), href="#assistance_text")
    typed = visitor.fill_in(**NEED, **AGREED)
    change(app, congress, fields={"assistance": "off"})
    refused = visitor.send(FORM, **typed)
    assert (refused.status_code, MARK in refused.text) == (422, True)
    change(app, congress, state="draft")
    withheld = visitor.send(FORM, **typed)
    assert (withheld.status_code, MARK in withheld.text) == (422, True)
    change(app, congress, state="published")
    assert not pages.has(pages.read(visitor.open(FORM)), id="assistance_consent")
    change(app, congress, fields={"assistance": "optional"})
    assert stored(app) == []
    assert visitor.register(**AGREED).status_code == 303  # nothing needed, nothing kept
    assert stored(app) == []


def test_on_the_own_page_it_is_seen_changed_and_deleted_until_the_end(app, congress):
    visitor = Visitor(app)
    own = visitor.own_page()
    mine = f"{own}/assistance"
    assert pages.has(pages.read(visitor.open(own)), href=f"{mine}")
    token = visitor.hidden(mine)
    refused = visitor.send(mine, **token, **NEED)
    assert (refused.status_code, MARK in refused.text, stored(app)) == (422, True, [])
    done = visitor.send(mine, **token, **NEED, **AGREED)
    assert (done.status_code, stored(app)) == (303, [MARK])
    assert MARK in visitor.open(mine).text
    assert not leaks(visitor.open(done.headers["Location"]).text)
    change(app, congress, state="finished")
    assert visitor.send(mine, **token, assistance_text="anderes", **AGREED).status_code == 422
    assert visitor.send(f"{mine}/remove", **token).status_code == 303
    assert stored(app) == []
    assert visitor.open(mine).status_code == 303  # there is nothing left to see


def test_by_phone_it_takes_the_word_of_the_person(app, congress):
    client = logged_in(app, "o@example.org")
    new = f"{HERE}/attendees/new"
    person = {"family_name": "Ruf", "slot-1": "none", "language": "de", **NEED}
    sent = person | {"form_key": hidden(client, new, "form_key")}
    assert post(client, new, new, **sent) == 422
    assert post(client, new, new, **sent, **AGREED) == 422
    assert stored(app) == []
    assert post(client, new, new, **sent, **AGREED, said_by="sie selbst") == 303
    assert stored(app) == [MARK]
    assert not leaks(client.get(f"{HERE}/attendees").text)
