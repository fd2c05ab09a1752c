"""The register of organisations: where people come from, and who carries a congress."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from congress.domain.access import Actor
from congress.domain.congress_file.plan import OrganisationPlan
from congress.domain.images import image_size
from congress.domain.network.organisations import district_for
from congress.domain.people import fold_name
from congress.extensions import db
from congress.models import Organisation, OrganisationAlias
from congress.services import auditing
from congress.services.network.cataloguing import find_anew
from congress.transaction import transaction


def register_organisations(
    plans: Sequence[OrganisationPlan], *, actor: Actor, now: datetime
) -> int:
    """Put organisations into the register that is suggested as one types.

    Returns how many are new; known ones are brought up to date.
    """
    with transaction():
        known = set(db.session.scalars(select(Organisation.name_key)))
        for plan in plans:
            adopt_organisation(plan).suggested = True
        count = len({fold_name(plan.name) for plan in plans} - known)
        if count:
            auditing.record(
                "organisations_registered", actor=actor, now=now, details={"count": count}
            )
        db.session.flush()
    return count


def adopt_organisation(plan: OrganisationPlan) -> Organisation:
    """Return the row of an organisation, made or brought up to date in the running transaction.

    The same organisation is the same name or another one that the register knows it by, whatever
    its case, accents and spaces. What a plan says nothing of stays as it is.
    """
    key = fold_name(plan.name)
    row = _find(key)
    if row is None:
        row = Organisation(name=plan.name, name_key=key, suggested=False)
        db.session.add(row)
    if row.name_key == key:
        row.name = plan.name
    row.short_name = plan.short_name or row.short_name or ""
    row.kind = plan.kind or row.kind or ""
    row.ags = plan.ags or row.ags
    row.district = district_for(row.ags, row.district)
    row.website = plan.website or row.website or ""
    if plan.logo is not None:
        digest = hashlib.sha256(plan.logo.content).hexdigest()
        if row.logo_digest != digest:
            row.logo, row.logo_digest = plan.logo.content, digest
            row.logo_width, row.logo_height = image_size(plan.logo.content) or (None, None)
        row.logo_type = plan.logo.media_type
        row.logo_alt = dict(plan.logo.alt)
    db.session.flush()  # its id is wanted
    find_anew(row)
    return row


def _find(key: str) -> Organisation | None:
    alias = select(OrganisationAlias.organisation_id).where(OrganisationAlias.name_key == key)
    statement = (
        select(Organisation)
        .where((Organisation.name_key == key) | Organisation.id.in_(alias))
        .order_by((Organisation.name_key == key).desc())
    )
    return db.session.scalars(statement.limit(1)).one_or_none()
