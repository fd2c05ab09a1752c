"""The logo of whoever hosts a congress, for everything it hosts."""

import hashlib
from datetime import datetime

from congress.domain.access import Actor
from congress.domain.look import LogoEditedMeanwhile
from congress.domain.planning.portraits import Photo
from congress.domain.texts import Texts
from congress.models import Organisation
from congress.services import declaring
from congress.transaction import transaction


def show_logo(
    congress_id: int, logo: Photo, alt: Texts, *, version: str, actor: Actor, now: datetime
) -> None:
    """Show another logo of the host.

    Raises NoHost, and LogoEditedMeanwhile when `version` is not the digest of the last one.
    """
    with transaction():
        host = _hold(congress_id, version)
        host.logo, host.logo_type = logo.content, logo.media_type
        host.logo_digest = hashlib.sha256(logo.content).hexdigest()
        host.logo_width, host.logo_height = logo.width, logo.height
        host.logo_alt = dict(alt)
        declaring.record("logo_shown", host, actor=actor, now=now)


def remove_logo(congress_id: int, *, version: str, actor: Actor, now: datetime) -> None:
    """Show none any more. Raises what `show_logo` does."""
    with transaction():
        host = _hold(congress_id, version)
        if host.logo_digest is None:
            return
        host.logo = host.logo_type = host.logo_digest = host.logo_alt = None
        host.logo_width = host.logo_height = None
        declaring.record("logo_removed", host, actor=actor, now=now)


def _hold(congress_id: int, version: str) -> Organisation:
    host = declaring.hold_host(congress_id)
    if (host.logo_digest or "") != version:
        raise LogoEditedMeanwhile
    return host
