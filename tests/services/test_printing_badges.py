"""What stands on badges, and which of them were printed, on both databases."""

from datetime import timedelta

from sqlalchemy import select

from congress.domain.access import COMMAND
from congress.domain.badges import BadgeWish
from congress.domain.retention import KEPT_A_MONTH
from congress.domain.tokens import TokenPurpose, digest
from congress.extensions import db
from congress.models import AuditLine, Consent, PrintedBadge, Registration
from congress.queries import badges as queries
from congress.queries.congresses import get_congress
from congress.services import printing_badges, tokens
from congress.transaction import transaction
from tests.builders import (
    ENDS,
    STARTS,
    a_booking,
    a_congress,
    a_contribution,
    a_registration,
    a_workshop,
    add,
    an_item,
)


def mark(congress_id, digests):
    return printing_badges.mark_printed(
        congress_id, digests, with_workshops=False, actor=COMMAND, now=STARTS
    )


def test_what_was_printed_is_noted_anew_each_time(session):
    row = a_congress()
    eva = a_registration(row, given_name="Eva")
    a_contribution(an_item(row), "Zora Zimt", state="confirmed")
    first = queries.batch(get_congress(row.id), BadgeWish())
    assert mark(row.id, first.digests) == 2
    assert mark(row.id, first.digests) == 2
    db.session.get_one(Registration, eva.id).organisation = "Verein"
    db.session.commit()
    second = queries.batch(get_congress(row.id), BadgeWish())
    assert [each.holder for each in second.badges] == [f"r{eva.id}"]
    assert second.is_changed(f"r{eva.id}")
    assert mark(row.id, first.digests) == 1  # of an older sheet: Eva's says something else now
    assert mark(row.id, second.digests) == 1
    assert mark(row.id, {f"r{eva.id}": "another", "p999": "nobody's"}) == 0
    assert queries.batch(get_congress(row.id), BadgeWish()).badges == ()
    assert db.session.query(PrintedBadge).count() == 2


def test_only_badges_of_this_congress_are_made_noted_and_counted(session):
    row, other = a_congress(), a_congress(slug="anderer")
    eva, stranger = (a_registration(each) for each in (row, other))
    a_contribution(an_item(other), "Zora Zimt", state="confirmed")
    theirs = queries.batch(get_congress(other.id), BadgeWish())
    assert mark(other.id, theirs.digests) == 2
    mine = queries.batch(get_congress(row.id), BadgeWish())
    assert list(mine.digests) == [f"r{eva.id}"]
    assert (mine.is_new(f"r{eva.id}"), mine.waiting, mine.everybody) == (True, 1, 1)
    assert mark(row.id, {f"r{stranger.id}": theirs.digests[f"r{stranger.id}"]}) == 0
    assert mark(row.id, mine.digests) == 1
    assert queries.batch(get_congress(other.id), BadgeWish()).badges == ()
    lines = select(AuditLine.congress_id, AuditLine.details).order_by(AuditLine.id)
    printed = lines.where(AuditLine.verb == "badges_printed")
    assert [tuple(each) for each in session.execute(printed)] == [
        (other.id, {"count": 2}),
        (row.id, {"count": 1}),
    ]


def test_a_badge_says_what_holds_of_photos_code_and_workshops(session):
    row = a_congress()
    eva, away = (a_registration(row, family_name=name) for name in ("Adler", "Birke"))
    asked = {"purpose": "photos", "text_version": "1", "channel": "form", "given_at": STARTS}
    add(Consent(registration_id=eva.id, **asked))
    add(Consent(registration_id=eva.id, **asked | {"purpose": "attendee_list"}))
    add(Consent(registration_id=away.id, **asked, withdrawn_at=STARTS))
    items = [a_workshop(row, number=number) for number in (1, 2, 3)]
    for item, state in zip(items, ("confirmed", "waiting", "cancelled"), strict=True):
        a_booking(eva, item, state=state)
    with transaction():
        tokens.issue(eva.id, TokenPurpose.CHECK_IN, now=STARTS)
        tokens.renew(eva.id, now=STARTS)
    code = digest(str(tokens.token_for(eva.id, TokenPurpose.CHECK_IN)))

    first, second = queries.batch(get_congress(row.id), BadgeWish(with_workshops=True)).badges
    assert (first.without_photos, second.without_photos) == (False, True)
    assert (first.code, second.code) == (code, "")
    assert [each.number for each in first.workshops] == [1]
    plain = queries.batch(get_congress(row.id), BadgeWish())
    assert [each.workshops for each in plain.badges] == [(), ()]


def test_which_were_printed_is_known_for_a_month(session):
    row = a_congress()
    a_registration(row)
    mark(row.id, queries.batch(get_congress(row.id), BadgeWish()).digests)
    assert printing_badges.forget_old(now=ENDS + KEPT_A_MONTH) == 0
    assert printing_badges.forget_old(now=ENDS + KEPT_A_MONTH + timedelta(seconds=1)) == 1
