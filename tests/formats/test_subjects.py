"""Organisers read the subject of a mail before it is written out: the same as when it goes."""

import pytest

from congress.domain.mails.messages import MessageKind
from congress.formats import letters
from congress.formats.mail import render
from tests.mail_facts import NETWORKS, a_mail

RENAMED = {"before": {"workshops": [NETWORKS | {"title": "Alt"}]}}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("kind", "facts"), [*[(kind, {}) for kind in MessageKind], ("programme_changed", RENAMED)]
)
def test_a_subject_needs_the_facts_alone_and_is_the_one_that_goes_out(kind, facts, language):
    mail = a_mail(kind, language, **facts)

    assert letters.subject(kind, language, mail.facts) == render(mail).subject
