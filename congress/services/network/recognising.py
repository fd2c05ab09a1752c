"""Whether somebody speaks for a member of the network: known by their address."""

from collections.abc import Sequence
from dataclasses import replace

from congress.domain.congresses import Congress
from congress.domain.fields import FieldUse
from congress.domain.people import fold_name
from congress.domain.registration_request import RegistrationRequest
from congress.domain.rules import Access
from congress.queries.network import delegates


def recognised(
    congress: Congress, requests: Sequence[RegistrationRequest]
) -> list[RegistrationRequest]:
    """Return requests to a meeting of members with whether each speaks for one on its first day.

    Whoever does comes for the organisation as the register calls it, whatever they typed, so that
    it counts as one. Who speaks for several comes for the one that was typed, else the first.
    """
    if congress.rules.access is not Access.MEMBERS or not requests:
        return list(requests)
    day = congress.first_day
    found = delegates.organisations_of({each.email_key for each in requests}, day)
    return [_of_organisation(congress, each, found.get(each.email_key, [])) for each in requests]


def _of_organisation(
    congress: Congress, request: RegistrationRequest, names: Sequence[str]
) -> RegistrationRequest:
    said = replace(request, speaks=bool(names))
    if not names or congress.fields.get("organisation") in {None, FieldUse.OFF}:
        return said
    typed = fold_name(request.organisation)
    name = next((each for each in names if fold_name(each) == typed), names[0])
    return replace(said, organisation=name)
