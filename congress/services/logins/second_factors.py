"""Second factors of an account: the app, recovery codes, and taking both away (decision 0050).

The secret of an app is sealed with a key made of SECRET_KEY; of recovery codes only digests are
kept. Every row is held while it is looked at, so that no code is accepted twice.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import delete, select

from congress import extensions
from congress.domain.access import Actor, ActorKind
from congress.domain.logins.second_factors import (
    RECOVERY_BYTES,
    RECOVERY_CODES,
    SECRET_BYTES,
    SetUpOver,
    StepDemanded,
    WrongCode,
    is_demanded,
    matching_step,
    recovery_code,
    recovery_digest,
)
from congress.domain.mails.kinds import MessageKind
from congress.domain.mails.messages import LoginChange, LoginFacts
from congress.extensions import db
from congress.models import Passkey, User
from congress.services import auditing
from congress.services.logins import accounts
from congress.services.tokens import keys
from congress.transaction import transaction


def new_secret() -> str:
    """Make the secret of an app, sealed: until a code confirms it, only its owner's page has it."""
    return _seal().encrypt(secrets.token_bytes(SECRET_BYTES)).decode()


def unsealed(sealed: str) -> bytes:
    """Return a secret as the app is shown it; raises SetUpOver."""
    secret = _unsealed(sealed)
    if secret is None:
        raise SetUpOver
    return secret


def add_app(user_id: int, sealed: str, typed: str, *, now: datetime) -> list[str]:
    """Let an app be the second step, once one of its codes is right; return new recovery codes.

    Whoever has some already keeps them. Raises SetUpOver and WrongCode.
    """
    step = matching_step(unsealed(sealed), typed, now=now)
    if step is None:
        raise WrongCode
    with transaction():
        user = held(user_id)
        codes = codes_of_first(user)
        user.tf_totp_secret, user.totp_step = sealed, step
        changed(user, LoginChange.APP_ADDED, now=now)
        return codes


def remove_app(user_id: int, *, now: datetime) -> None:
    """Let the password be enough, or the passkeys; removing it twice is the same.

    Recovery codes end with the last second step. Raises StepDemanded.
    """
    with transaction():
        user = held(user_id)
        if user.tf_totp_secret is None:
            return
        user.tf_totp_secret = None
        settle_without_step(user)
        changed(user, LoginChange.APP_REMOVED, now=now)


def renew_codes(user_id: int, *, now: datetime) -> list[str]:
    """Make new recovery codes in place of the old ones; none where no second step is on."""
    with transaction():
        user = held(user_id)
        if not has_second_step(user):
            return []
        codes = give_codes(user)
        changed(user, LoginChange.CODES_RENEWED, now=now)
        return codes


def accept_code(user_id: int, typed: str, *, now: datetime) -> bool:
    """Return whether a code of the app is right; it is not a second time."""
    with transaction():
        user = held(user_id)
        secret = _unsealed(user.tf_totp_secret or "")
        step = matching_step(secret, typed, now=now, after=user.totp_step) if secret else None
        if step is None:
            return False
        user.totp_step = step
        # Under the key in force: the one before it is known only through a rotation.
        user.tf_totp_secret = _seal().rotate(str(user.tf_totp_secret)).decode()
        return True


def accept_recovery_code(user_id: int, typed: str, *, now: datetime) -> bool:
    """Return whether a recovery code is right; it is used up, and its owner is told."""
    digest = recovery_digest(typed)
    with transaction():
        user = held(user_id)
        known = (user.mf_recovery_codes or "").split()
        if digest not in known:
            return False
        user.mf_recovery_codes = " ".join(each for each in known if each != digest)
        changed(user, LoginChange.CODE_USED, now=now)
        return True


def reset(email: str, *, actor: Actor, now: datetime) -> bool:
    """Take every second factor from an account whose owner has lost them; False without account."""
    with transaction():
        found = accounts.find(email)
        if found is None:
            return False
        user = held(found.id)
        user.tf_totp_secret = user.mf_recovery_codes = None
        db.session.execute(delete(Passkey).where(Passkey.user_id == user.id))
        accounts.end_sessions(user, now=now)  # whoever is logged in may be the reason
        changed(user, LoginChange.RESET, actor=actor, now=now)
        return True


def settle_without_step(user: User) -> None:
    """End the recovery codes of an account left with its password alone.

    Raises StepDemanded where that is not enough.
    """
    if has_second_step(user):
        return
    if is_demanded(extensions.settings().require_two_factor, is_administrator=user.administrator):
        raise StepDemanded
    user.mf_recovery_codes = None


def has_second_step(user: User) -> bool:
    """Return whether the password alone opens nothing, inside a running transaction."""
    db.session.flush()
    passkeys = select(Passkey.id).where(Passkey.user_id == user.id)
    return bool(user.tf_totp_secret) or db.session.scalars(passkeys).first() is not None


def codes_of_first(user: User) -> list[str]:
    """Give recovery codes for a first second step; whoever has some with another keeps them."""
    is_kept = bool(user.mf_recovery_codes) and has_second_step(user)
    return [] if is_kept else give_codes(user)


def give_codes(user: User) -> list[str]:
    """Give an account new recovery codes, inside a running transaction; only now are they seen."""
    codes = [recovery_code(secrets.token_bytes(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES)]
    user.mf_recovery_codes = " ".join(recovery_digest(code) for code in codes)
    return codes


def changed(user: User, change: LoginChange, *, now: datetime, actor: Actor | None = None) -> None:
    """Log what was changed about a login and tell its owner, inside a running transaction."""
    stated: LoginFacts = {
        "name": user.name,
        "email": user.email,
        "change": change,
        "codes_left": len((user.mf_recovery_codes or "").split()),
        "has_second_step": has_second_step(user),
    }
    accounts.store_mail(user, MessageKind.LOGIN_CHANGED, stated, now=now)
    auditing.record(
        f"login_{change}",
        actor=actor or Actor(ActorKind.ORGANISER, user.id),
        now=now,
        details={"account": user.id},
    )


def held(user_id: int) -> User:
    """Return an account that nobody else changes meanwhile, inside a running transaction."""
    return db.session.get_one(User, user_id, with_for_update=True, populate_existing=True)


def _unsealed(sealed: str) -> bytes | None:
    try:
        return _seal().decrypt(sealed)
    except InvalidToken:  # sealed with a key that is known no longer
        return None


def _seal() -> MultiFernet:
    made = (hmac.digest(key.secret, b"second-factor", hashlib.sha256) for key in keys())
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each)) for each in made])
