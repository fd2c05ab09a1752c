"""Passkeys: registering one, logging in with it, removing it (WebAuthn, decision 0050).

A passkey asks its owner for a finger, a face or a PIN, so it is two factors in one; which account
it opens it says itself. What browsers send is checked by `webauthn` alone.
"""

import secrets
from datetime import datetime

from sqlalchemy import select

from congress import extensions
from congress.domain.logins.passkeys import PasskeyRefused, RelyingParty, relying_party
from congress.domain.mails.messages import LoginChange
from congress.extensions import db
from congress.models import Passkey, User
from congress.services.logins import second_factors
from congress.transaction import transaction

HANDLE_BYTES = 32
CHALLENGE_BYTES = 32
LARGEST_ANSWER = 20_000  # characters; those of browsers have some thousands
# What parsing and verifying raise at answers that no browser gives: nested lists, odd CBOR.
ODD = (ValueError, LookupError, TypeError, AttributeError, RecursionError)


def new_challenge() -> str:
    """Make what a passkey has to sign."""
    return secrets.token_hex(CHALLENGE_BYTES)


def options_to_add(user_id: int, challenge: str) -> str:
    """Return as JSON what a browser needs to make a passkey, on whatever its owner has."""
    import webauthn  # noqa: PLC0415 - with all that makers of devices sign, 6 MiB
    from webauthn.helpers import structs  # noqa: PLC0415

    party = _party()
    with transaction():
        user = second_factors.held(user_id)
        if user.fs_webauthn_user_handle is None:
            user.fs_webauthn_user_handle = secrets.token_hex(HANDLE_BYTES)
        known = db.session.scalars(select(Passkey.credential_id).where(Passkey.user_id == user_id))
        return webauthn.options_to_json(
            webauthn.generate_registration_options(
                rp_id=party.id,
                rp_name=party.id,
                user_id=user.fs_webauthn_user_handle.encode(),
                user_name=user.email,
                user_display_name=user.name or user.email,
                challenge=challenge.encode(),
                # No kind of device is asked for: Windows Hello and telephones would stay silent.
                authenticator_selection=structs.AuthenticatorSelectionCriteria(
                    resident_key=structs.ResidentKeyRequirement.REQUIRED,
                    user_verification=structs.UserVerificationRequirement.REQUIRED,
                ),
                exclude_credentials=[
                    structs.PublicKeyCredentialDescriptor(id=each) for each in known
                ],
            )
        )


def options_to_log_in(challenge: str) -> str:
    """Return as JSON what a browser needs to find a passkey of ours."""
    import webauthn  # noqa: PLC0415 - see above
    from webauthn.helpers import structs  # noqa: PLC0415

    options = webauthn.generate_authentication_options(
        rp_id=_party().id,
        challenge=challenge.encode(),
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return webauthn.options_to_json(options)


def add(user_id: int, name: str, answer: str, challenge: str, *, now: datetime) -> list[str]:
    """Let a passkey open an account; return new recovery codes, where there were none.

    Raises PasskeyRefused.
    """
    import webauthn  # noqa: PLC0415 - see above
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    party = _party()
    try:
        made = webauthn.verify_registration_response(
            credential=answer[:LARGEST_ANSWER],
            expected_challenge=challenge.encode(),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, *ODD) as error:
        raise PasskeyRefused from error
    with transaction():
        user = second_factors.held(user_id)
        if _held_passkey(made.credential_id):
            raise PasskeyRefused
        codes = second_factors.codes_of_first(user)
        db.session.add(
            Passkey(
                user_id=user_id,
                credential_id=made.credential_id,
                public_key=made.credential_public_key,
                sign_count=made.sign_count,
                name=name,
                created_at=now,
            )
        )
        second_factors.changed(user, LoginChange.PASSKEY_ADDED, now=now)
        return codes


def accept(answer: str, challenge: str, *, now: datetime) -> int:
    """Return whose passkey this is, by number; raises PasskeyRefused."""
    import webauthn  # noqa: PLC0415 - see above
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    party = _party()
    with transaction():
        passkey = _named_in(answer[:LARGEST_ANSWER])
        try:
            used = webauthn.verify_authentication_response(
                credential=answer[:LARGEST_ANSWER],
                expected_challenge=challenge.encode(),
                expected_rp_id=party.id,
                expected_origin=party.origin,
                credential_public_key=passkey.public_key,
                credential_current_sign_count=passkey.sign_count,  # a copied one falls behind
                require_user_verification=True,
            )
        except (WebAuthnException, *ODD) as error:
            raise PasskeyRefused from error
        passkey.sign_count, passkey.used_at = used.new_sign_count, now
        return passkey.user_id


def remove(user_id: int, passkey_id: int, *, now: datetime) -> None:
    """Let a passkey of an account open nothing any more; removing it twice is the same.

    Recovery codes end with the last second step. Raises StepDemanded.
    """
    with transaction():
        user = second_factors.held(user_id)
        found = db.session.get(Passkey, passkey_id)
        if found is None or found.user_id != user_id:
            return
        db.session.delete(found)
        second_factors.settle_without_step(user)
        second_factors.changed(user, LoginChange.PASSKEY_REMOVED, now=now)


def _party() -> RelyingParty:
    party = relying_party(extensions.settings().base_url)
    if party is None:
        raise PasskeyRefused
    return party


def _named_in(answer: str) -> Passkey:
    """Return the passkey that an answer says it comes from, and whose it says it is."""
    from webauthn import helpers  # noqa: PLC0415 - see above
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    try:
        said = helpers.parse_authentication_credential_json(answer)
    except (WebAuthnException, *ODD) as error:
        raise PasskeyRefused from error
    passkey = _held_passkey(said.raw_id)
    if passkey is None:
        raise PasskeyRefused
    handle = db.session.scalars(
        select(User.fs_webauthn_user_handle).where(User.id == passkey.user_id)
    ).one()
    if said.response.user_handle != (handle or "").encode():
        raise PasskeyRefused
    return passkey


def _held_passkey(credential_id: bytes) -> Passkey | None:
    statement = select(Passkey).where(Passkey.credential_id == credential_id).with_for_update()
    return db.session.scalars(statement).one_or_none()
