"""The log of the network in words, newest first."""

from flask import request

from congress.domain.network.access import NetworkRight
from congress.queries.network import log as queries
from congress.web import access
from congress.web.entries import read_id
from congress.web.network import log_words
from congress.web.network.frame import dates, page
from congress.web.network.organisations import ADDRESS

LINES = 100


def log() -> str:
    """Show what was done by whom; older lines on further pages."""
    before = read_id(request.args.get("before", ""))
    sees_contacts = access.may_in_network(NetworkRight.SEE_CONTACT_LOG)
    verbs = set(log_words.WORDS) - (set() if sees_contacts else set(log_words.OF_CONTACT_LOG))
    lines = queries.newest(verbs, before=before, limit=LINES + 1)
    shown = lines[:LINES]
    return page(
        "log.html",
        current="log",
        base=ADDRESS,
        lines=[
            {
                "at": each.at.isoformat(),
                "when": dates().moment(each.at),
                "sentence": log_words.sentence(each),
                "actor": log_words.actor(each),
                "organisation_id": each.organisation_id,
            }
            for each in shown
        ],
        older=shown[-1].id if len(lines) > LINES else None,
        is_newest=before is None,
    )
