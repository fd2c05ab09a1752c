"""What the law asks of whoever hosts a congress: who they are, and whom one can turn to.

Imprint (DDG § 5), privacy notice (GDPR, Art. 13) and accessibility statement (BGG § 12b) of a
congress are made of these texts, of what the congress asks, and of the words of the program.
"""

import calendar
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from congress.domain import fields as person_fields
from congress.domain.access import Right, Role, may
from congress.domain.assistance import GONE_WITHIN, is_asked
from congress.domain.congresses import Congress, NamedOrganisation, OrganisationRole
from congress.domain.errors import Refused
from congress.domain.fields import FIELDS, Field, FieldUse, Purpose
from congress.domain.own_questions import OwnQuestion
from congress.domain.signed_papers import usual_end

DIGEST = 12
MONTHS = 12


class LegalTextsEditedMeanwhile(Refused):
    """Somebody else saved the legal texts of a host after this form was opened."""


class NoHost(Refused):
    """A congress that nobody hosts has nobody whose texts these are."""


@dataclass(frozen=True, kw_only=True)
class LegalTexts:
    """Of one organisation, in the order of the form; what is empty is not stated."""

    name: str = ""  # where the law knows the organisation by another one
    address: str = ""
    represented_by: str = ""
    phone: str = ""
    email: str = ""
    register: str = ""
    vat_id: str = ""
    supervised_by: str = ""
    controller: str = ""  # empty: the organisation itself
    officer: str = ""  # for data protection
    authority: str = ""  # where one complains about the use of data
    arbitration: str = ""  # of the Land, about accessibility

    @classmethod
    def of(cls, stored: Mapping[str, str]) -> "LegalTexts":
        """Return the texts that a row holds."""
        return cls(**{name: stored.get(name, "") for name in NAMES})

    @property
    def values(self) -> dict[str, str]:
        """All of them by name, empty ones too."""
        return asdict(self)

    @property
    def written(self) -> dict[str, str]:
        """Those that say something, as a row holds them."""
        return {name: text for name, text in self.values.items() if text}

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of what the law asks for and nobody has written."""
        return tuple(name for name in NAMES if name in REQUIRED and not getattr(self, name))


NAMES = tuple(each.name for each in fields(LegalTexts))
REQUIRED = frozenset(
    {"address", "represented_by", "phone", "email", "officer", "authority", "arbitration"}
)
# Of the Land that an official key begins with; each is to be checked by whoever takes it over.
PROPOSED = {
    "05": {
        "authority": (
            "Landesbeauftragte für Datenschutz und Informationsfreiheit Nordrhein-Westfalen\n"
            "https://www.ldi.nrw.de"
        ),
        "arbitration": (
            "Ombudsstelle für barrierefreie Informationstechnik des Landes Nordrhein-Westfalen\n"
            "Fürstenwall 25, 40219 Düsseldorf"
        ),
    },
}


def proposed(name: str, ags: str | None, email: str) -> LegalTexts:
    """Return what is probably right for an organisation of which nothing is written yet."""
    return LegalTexts(name=name, email=email, **PROPOSED.get((ags or "")[:2], {}))


def host_of(congress: Congress) -> NamedOrganisation | None:
    """Return who answers for a congress: the first of its hosts."""
    hosts = congress.named(OrganisationRole.HOST)
    return hosts[0] if hosts else None


def stated(congress: Congress) -> LegalTexts | None:
    """Return what the pages of a congress state of its host; None while nothing is written.

    Name and address for questions are known without it.
    """
    host = host_of(congress)
    if host is None or not host.legal:
        return None
    known = {"name": host.name, "email": congress.contact_email}
    return LegalTexts.of({name: text for name, text in known.items() if text} | {**host.legal})


@dataclass(frozen=True)
class Asked:
    """A field of the registration as the privacy notice explains it."""

    field: Field
    is_required: bool
    is_one_of_names: bool  # a first or a last name: one of the two is needed
    is_for_place: bool  # without it there is none; else it is for the event
    is_for_few: bool  # only those who may change registrations read it
    is_for_partners: bool  # dialogue partners read it, of their own workshop
    goes_at: datetime  # the last moment at which it is kept


PARTNERS_READ = frozenset({"given_name", "family_name", "organisation"})


def asked(congress: Congress) -> list[Asked]:
    """Return what a congress asks, in the order of its form."""
    ends = congress.ends_at.astimezone(congress.zone)
    names = [each for each in FIELDS if each.name in person_fields.NAMES]
    is_any_enough = all(_use(congress, each) is not FieldUse.REQUIRED for each in names)
    any_name = person_fields.NAMES if is_any_enough else ()
    return [
        Asked(
            field=each,
            is_required=_use(congress, each) is FieldUse.REQUIRED,
            is_one_of_names=each.name in any_name,
            is_for_place=each.purpose is Purpose.PLACE,
            is_for_few=_is_for_few(each.right),
            is_for_partners=each.name in PARTNERS_READ,
            goes_at=months_later(ends, each.months_kept),
        )
        for each in FIELDS
        if _use(congress, each) is not FieldUse.OFF
    ]


@dataclass(frozen=True)
class AskedOnItsOwn:
    """A question of the congress as the privacy notice explains it."""

    question: OwnQuestion
    is_for_few: bool  # only those who may change registrations read the answers
    goes_at: datetime  # the last moment at which they are kept


def asked_on_its_own(congress: Congress) -> list[AskedOnItsOwn]:
    """Return what a congress asks beside the fields, and what it asked and still keeps."""
    ends = congress.ends_at.astimezone(congress.zone)
    return [
        AskedOnItsOwn(each, _is_for_few(each.right), months_later(ends, each.months))
        for each in congress.questions
    ]


def asks_assistance_until(congress: Congress) -> datetime | None:
    """Return until when it is kept what people need to take part; None where nobody is asked."""
    ends = congress.ends_at.astimezone(congress.zone)
    return ends + GONE_WITHIN if is_asked(congress.fields) else None


def keeps_evidence_until(congress: Congress) -> date:
    """Return the last day on which signed sheets are kept as evidence."""
    last_day = congress.ends_at.astimezone(congress.zone).date()
    return congress.evidence_until or usual_end(last_day)


def keeps_until(congress: Congress) -> datetime:
    """Return until when a registration is kept at most."""
    return months_later(congress.ends_at.astimezone(congress.zone), MONTHS)


def months_later(local: datetime, months: int) -> datetime:
    """Return the same day some months later, or the last one of that month."""
    year, month = divmod(local.month - 1 + months, 12)
    year, month = local.year + year, month + 1
    last = calendar.monthrange(year, month)[1]
    return local.replace(year=year, month=month, day=min(local.day, last))


def notice_version(of_words: str, congress: Congress) -> str:
    """Return the version of a congress's privacy notice: of its words, and of what they name.

    Another host, another of its texts, another field or day is another version.
    """
    legal = stated(congress)
    host = host_of(congress)
    facts: list[object] = [
        sorted(legal.written.items()) if legal else [],
        host.name if host else "",
        congress.contact_email,
        [[each.field.name, each.is_required, each.goes_at.date()] for each in asked(congress)],
    ]
    if until := asks_assistance_until(congress):
        facts.append(until.date())
    facts.append(keeps_evidence_until(congress))
    facts += [
        [each.question.key, each.question.is_required, each.is_for_few, each.goes_at.date()]
        + [sorted(texts.items()) for texts in (each.question.label, each.question.purpose)]
        for each in asked_on_its_own(congress)
    ]
    return f"{of_words}.{hashlib.sha256(repr(facts).encode()).hexdigest()[:DIGEST]}"


def _use(congress: Congress, field: Field) -> FieldUse:
    return congress.fields.get(field.name, field.use)


def _is_for_few(right: Right) -> bool:
    return not may(frozenset({Role.READER}), right)
