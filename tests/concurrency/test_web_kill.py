"""REL-10: web processes are killed while people register; no registration is without its mail."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from http.client import HTTPException
from threading import Event

import psutil
import pytest
from sqlalchemy import select

from congress.domain.mails.kinds import MessageKind
from congress.extensions import db
from congress.models import OutboxMessage, Registration
from congress.queries.invariants import list_broken
from tests.builders import a_congress
from tests.concurrency.crowd import Answer, Browser
from tests.concurrency.servers import serve

pytestmark = [pytest.mark.concurrency, pytest.mark.slow]

AT_ONCE = 6
TRIES = 60  # of one person, whose connection broke each time
SLUG = "killed"


@pytest.fixture
def port(app, database_url, tmp_path) -> Iterator[int]:
    """Four web processes before a congress that is open right now."""
    environment = {
        "DATABASE_URL": database_url,
        "VAR_DIR": str(tmp_path / "var"),
        "SECRET_KEY": app.config["SECRET_KEY"],
        "FORM_MIN_SECONDS": "0",
    }
    now = datetime.now(UTC)
    starts = now + timedelta(days=30)
    with app.app_context():
        a_congress(
            slug=SLUG,
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=10),
            days=((starts, starts + timedelta(hours=8)),),
        )
    with serve("wsgi:app", environment, tmp_path / "server.log") as found:
        yield found


def test_killed_web_processes_leave_no_registration_without_its_mail(app, port, is_full):
    """Both stand, or neither; and whoever sends the same form again is registered once."""
    people, kills = (300, 30) if is_full else (60, 5)
    is_over = Event()
    with ThreadPoolExecutor(AT_ONCE + 1) as pool:
        killed = pool.submit(_kill, kills, is_over)
        answers = list(pool.map(partial(_register, port), range(people)))
        is_over.set()
    assert Counter(answers) == {303: people}
    assert killed.result() > 0

    with app.app_context():
        registered = db.session.scalars(select(Registration.id)).all()
        of_mails = select(OutboxMessage.registration_id)
        confirmed = db.session.scalars(of_mails.where(OutboxMessage.kind == MessageKind.CONFIRMED))
        assert len(registered) == people
        assert Counter(confirmed) == Counter(registered)
        assert list_broken() == []


def _kill(times: int, is_over: Event) -> int:
    """Kill web processes at random moments while people come; returns how many."""
    children = psutil.Process().children()
    [server] = [each for each in children if "gunicorn" in each.cmdline()]
    for done in range(times):
        if is_over.wait(random.uniform(0.05, 0.4)):
            return done
        processes = server.children()
        if processes:
            random.choice(processes).kill()
    return times


def _register(port: int, number: int) -> int:
    """Register as somebody does whose connection breaks now and then: the same form once more."""
    browser, path = Browser(port), f"/{SLUG}/register"
    _until_it_answers(lambda: browser.get(path))
    person = {
        "given_name": "Erika",
        "family_name": f"Muster {number}",
        "email": f"muster-{number}@example.org",
        "privacy_notice": "y",
    }
    return _until_it_answers(lambda: browser.post(path, person)).status


def _until_it_answers(act: Callable[[], Answer]) -> Answer:
    for _ in range(TRIES):
        try:
            return act()
        except (OSError, HTTPException):
            time.sleep(0.05)
    raise RuntimeError("no answer, however often")
