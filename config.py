"""The settings: every value from the environment or `.env`, checked before anything starts.

A wrong value stops the start with its name and the reason in one sentence.
"""

import os
import re
import secrets
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from congress import signing_keys
from congress.mail_routes import (
    ImapFolder,
    Maildir,
    SmtpServer,
    WrongSetting,
    parse_mail_url,
    parse_reply_mailbox,
    split_address,
)

ROOT = Path(__file__).resolve().parent
LOOPBACK = "127.0.0.1"
DNS_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?")
SHORTEST_SECRET = 32
SHORTEST_PASSWORD = 8
MOST_WORKERS_BY_DEFAULT = 8
BASE_URL_OF_SERVER = "base_url"  # in VAR_DIR


def _secret_key(data: dict[str, Any]) -> str:
    if data["congress_env"] == "production":
        raise WrongSetting("SECRET_KEY", "must be given when CONGRESS_ENV=production")
    return _kept_secret(data["var_dir"] / "secret_key", length=48)


def _demo_password(data: dict[str, Any]) -> str | None:
    if data["congress_env"] == "production":
        return None
    return _kept_secret(data["var_dir"] / "demo_password", length=12)


def _kept_secret(path: Path, *, length: int) -> str:
    """Return the secret in this file; the first to ask makes it from `length` random bytes."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode=0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(length))
        try:
            os.link(draft, path)  # whole or not at all, when two processes start together
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def _workers_by_cores() -> int:
    return min(max(2, len(os.sched_getaffinity(0))), MOST_WORKERS_BY_DEFAULT)


class Settings(BaseSettings):
    """The settings in force; made once at the start by `load_settings`."""

    model_config = SettingsConfigDict(
        env_file=ROOT / ".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    congress_env: Literal["demo", "production"] = "demo"
    host: str = LOOPBACK
    port: int = Field(default=8000, ge=1, le=65535)
    base_url: str = Field(default_factory=lambda data: f"http://{data['host']}:{data['port']}")
    var_dir: Path = Field(default=Path("var"), validate_default=True)

    database_url: str = Field(
        default_factory=lambda data: f"sqlite:///{data['var_dir'] / 'congress.sqlite'}", repr=False
    )
    # The queue has a file of its own: its writes must not wait for the application's.
    queue_url: str = Field(
        default_factory=lambda data: f"sqlite:///{data['var_dir'] / 'queue.sqlite'}", repr=False
    )

    mail_url: str = Field(default="maildir:", repr=False)
    mail_timeout: float = Field(default=20, gt=0, le=600)
    # Each in a process of its own, with one mail in hand (decision 0060).
    mail_connections: int = Field(default=2, ge=1, le=16)
    mail_domain_limit: int | None = Field(default=None, ge=1)  # a minute, to one domain
    mail_from: str = Field(default_factory=lambda data: _sender(data["base_url"]))
    mail_reply_to: str | None = None
    mail_envelope_from: str = Field(default_factory=lambda data: data["mail_from"])

    dkim_key: Path | None = None
    dkim_selector: str = ""
    dkim_domain: str = Field(default_factory=lambda data: data["mail_from"].rpartition("@")[2])

    reply_mailbox: str | None = Field(default=None, repr=False)

    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = ()

    secret_key: str = Field(default_factory=_secret_key, repr=False)
    secret_key_old: str | None = Field(default=None, repr=False)
    demo_password: str | None = Field(default_factory=_demo_password, repr=False)
    form_min_seconds: float = Field(default=2, ge=0, le=60)
    require_two_factor: Literal["none", "administrators", "all"] = "none"

    timezone: str = "Europe/Berlin"
    locale: Literal["de", "en"] = "de"
    web_workers: int = Field(default_factory=_workers_by_cores, ge=1, le=64)
    web_threads: int = Field(default=4, ge=1, le=64)

    # How long a solver may look for the best assignment of workshops by wishes.
    assignment_seconds: float = Field(default=60, gt=0, le=3600)

    @property
    def is_demo(self) -> bool:
        """Demo data, the demo's mailbox and its organiser exist only here."""
        return self.congress_env == "demo"

    @property
    def has_mailbox(self) -> bool:
        """In the demo, where mails become files, visitors find theirs on a page."""
        return self.is_demo and isinstance(self.mail_route, Maildir)

    @property
    def has_secure_cookies(self) -> bool:
        """Cookies are `Secure` and `__Host-` when the pages are served over https."""
        return self.base_url.startswith("https://")

    @property
    def mail_route(self) -> Maildir | SmtpServer:
        """Where mails are handed over."""
        return parse_mail_url(self.mail_url, self.var_dir)

    @property
    def reply_route(self) -> Maildir | ImapFolder | None:
        """Where replies and bounces lie, if anywhere."""
        if self.reply_mailbox is None:
            return None
        return parse_reply_mailbox(self.reply_mailbox, self.var_dir)

    @field_validator("base_url")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        url = split_address("BASE_URL", value)
        if url.scheme not in {"http", "https"} or not url.hostname or url.username:
            raise ValueError("must look like https://congress.example.org")
        if url.path.strip("/") or url.query or url.fragment:
            raise ValueError("must end with the host or port, without a path")
        return f"{url.scheme}://{url.netloc}".lower()

    @field_validator("var_dir")
    @classmethod
    def _is_a_writable_folder(cls, value: Path) -> Path:
        folder = (ROOT / value.expanduser()).resolve()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ValueError(f"cannot make the folder {folder} ({error.strerror})") from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise ValueError(f"the folder {folder} is not writable for this user")
        return folder

    @field_validator("database_url")
    @classmethod
    def _is_a_database(cls, value: str) -> str:
        return _stored_in("DATABASE_URL", value, ("sqlite", "postgresql", "postgresql+psycopg"))

    @field_validator("queue_url")
    @classmethod
    def _is_a_queue(cls, value: str) -> str:
        return _stored_in("QUEUE_URL", value, ("sqlite", "postgresql", "redis", "rediss"))

    @field_validator("dkim_key")
    @classmethod
    def _is_a_key(cls, value: Path | None) -> Path | None:
        if value is None:
            return None
        path = (ROOT / value.expanduser()).resolve()
        signing_keys.read(path)
        return path

    @field_validator("mail_from", "mail_reply_to", "mail_envelope_from")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        local, _, host = value.rpartition("@")
        is_bare = value.split() == [value] and not set(value) & set("<>,;\"'")
        if not (local and host and is_bare):
            raise ValueError("must be one bare address such as kongress@example.org")
        return value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _are_networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(ip_network(part.strip()) for part in value.split(",") if part.strip())
        except ValueError as error:
            raise ValueError(f"needs addresses or networks, parted by commas: {error}") from error

    @field_validator("timezone")
    @classmethod
    def _is_a_time_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("must be a name such as Europe/Berlin") from error
        return value

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if self.host != LOOPBACK and "base_url" not in self.model_fields_set:
            raise WrongSetting("BASE_URL", f"must be given when HOST is not {LOOPBACK}")
        if self.secret_key_old == self.secret_key:
            raise WrongSetting("SECRET_KEY_OLD", "is the same as SECRET_KEY")
        parse_mail_url(self.mail_url, self.var_dir)
        if self.reply_mailbox is not None:
            parse_reply_mailbox(self.reply_mailbox, self.var_dir)
        self._require_aligned()
        if self.congress_env == "production":
            self._require_production()
        elif self.demo_password and len(self.demo_password) < SHORTEST_PASSWORD:
            raise WrongSetting("DEMO_PASSWORD", f"needs {SHORTEST_PASSWORD} characters or more")
        return self

    def _require_aligned(self) -> None:
        """Refuse signatures that receivers would not count: not of the sender's domain (DMARC)."""
        if self.dkim_key is None:
            return
        if not DNS_NAME.fullmatch(self.dkim_selector):
            raise WrongSetting("DKIM_SELECTOR", "must be the name before ._domainkey in the DNS")
        sender = self.mail_from.rpartition("@")[2].lower()
        if not DNS_NAME.fullmatch(self.dkim_domain):
            raise WrongSetting("DKIM_DOMAIN", "must be a name of the DNS, in ASCII")
        if not f".{sender}".endswith(f".{self.dkim_domain.lower()}"):
            raise WrongSetting("DKIM_DOMAIN", "must be the domain of MAIL_FROM or one above it")

    def _require_production(self) -> None:
        if len(self.secret_key) < SHORTEST_SECRET:
            raise WrongSetting("SECRET_KEY", f"needs {SHORTEST_SECRET} random characters or more")
        if not self.base_url.startswith("https://"):
            raise WrongSetting("BASE_URL", "must begin with https:// when CONGRESS_ENV=production")
        if self.form_min_seconds < 1:
            raise WrongSetting("FORM_MIN_SECONDS", "must be 1 or more when CONGRESS_ENV=production")
        if self.demo_password is not None:
            raise WrongSetting("DEMO_PASSWORD", "is for the demo; leave it out in production")


def load_settings(**given: Any) -> Settings:  # noqa: ANN401 - pydantic checks them
    """Read and check the settings; values in `given` win over environment and `.env`.

    Makes VAR_DIR and, where none is given, the secret key in it.  Raises `WrongSetting`.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        reason = fault["msg"].removeprefix("Value error, ")
        # `from None`: pydantic repeats the whole input, and that holds secrets.
        raise WrongSetting(str(fault["loc"][0]).upper(), reason) from None


def load_settings_of_command() -> Settings:
    """Read the settings for a command: unless told otherwise, its links are those of the server.

    So commands and server agree also when only the server was given PORT, or BASE_URL.
    """
    settings = load_settings()
    note = settings.var_dir / BASE_URL_OF_SERVER
    if settings.model_fields_set & {"base_url", "host", "port"} or not note.exists():
        return settings
    return load_settings(base_url=note.read_text(encoding="ascii").strip())


def note_base_url(settings: Settings) -> None:
    """Write down, for commands, where the server that starts now is reached."""
    note = settings.var_dir / BASE_URL_OF_SERVER
    draft = note.with_name(f"{note.name}.{os.getpid()}")
    draft.write_text(settings.base_url, encoding="ascii")
    draft.replace(note)  # whole, whoever reads meanwhile


def _stored_in(name: str, value: str, schemes: tuple[str, ...]) -> str:
    url = split_address(name, value)
    if url.scheme not in schemes:
        raise ValueError(f"must begin with one of {', '.join(f'{each}://' for each in schemes)}")
    # Web server and worker are separate processes and must see the same data.
    if url.scheme == "sqlite" and (url.netloc or url.path in {"", "/", "/:memory:"}):
        raise ValueError("must name a file, such as sqlite:////srv/congress/congress.sqlite")
    return value


def _sender(base_url: str) -> str:
    host = urlsplit(base_url).hostname or "localhost"
    try:
        ip_address(host)
    except ValueError:
        return f"congress@{host}"
    return "congress@localhost"  # a mail address needs a name
