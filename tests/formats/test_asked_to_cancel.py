"""Letters send whoever cannot come where they can give their place back, or ask for it."""

import email
import email.policy
from datetime import datetime

import pytest

from congress.domain.mails.kinds import MessageKind
from congress.formats.mail import render
from tests.mail_facts import CONGRESS, a_mail

CANCELS = {
    MessageKind.CONFIRMED: "Bitte melden Sie sich ab, damit",
    MessageKind.REMINDER: "melden Sie sich bitte auf Ihrer Seite ab",
    MessageKind.DECLINED: "/withdraw ",
}
ASKS = {
    MessageKind.CONFIRMED: "Bitte fragen Sie auf Ihrer Seite Ihre Abmeldung an",
    MessageKind.REMINDER: "fragen Sie bitte auf Ihrer Seite Ihre Abmeldung an",
    MessageKind.DECLINED: "/request/withdrawal",
}


@pytest.mark.parametrize("kind", CANCELS)
@pytest.mark.parametrize("is_over", [False, True])
def test_it_promises_no_giving_back_after_the_last_day_for_it(
    kind: MessageKind, *, is_over: bool
) -> None:
    mail = a_mail(kind)
    assert mail.created_at < datetime.fromisoformat(CONGRESS["closes_at"])
    until = "2015-08-01T22:00:00+00:00" if is_over else None
    mail = a_mail(kind, congress=CONGRESS | {"withdrawals_until": until})
    body = email.message_from_bytes(render(mail).raw, policy=email.policy.default).get_body(
        ("plain",)
    )
    assert body is not None
    text = " ".join(body.get_content().split())
    assert (CANCELS[kind] in text) is not is_over
    assert (ASKS[kind] in text) is is_over
