"""The short names under which congresses and items are addressed."""

import re
from collections.abc import Iterable

from congress.domain.folding import fold_for_order

LONGEST_CODE = 40
SLUG = re.compile(r"[a-z0-9-]{3,60}")
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")

# Every first segment of an address that is in use, or that later parts will need.
_RESERVED = """
about accessibility account admin api application archive assets calendar certificate check-in
confirm confirm-registration contribution course-application demo
embed favicon feed feedback group health healthz help
imprint invitation invited language login logo logout mail material metrics municipality named
network new newsletter opening organisations organiser portrait privacy proposal readyz register
registration reset results robots search static substitute unsubscribe verify webhooks
"""
RESERVED = frozenset(_RESERVED.split())


def is_slug(text: str) -> bool:
    """Return whether a text can stand in an address as the name of a congress."""
    return bool(SLUG.fullmatch(text)) and not text.startswith("-") and not text.endswith("-")


def is_code(text: str) -> bool:
    """Return whether a text can stand in an address as the name of an item or room."""
    return bool(CODE.fullmatch(text))


def free_code(words: str, taken: Iterable[str]) -> str:
    """Return the short name of an item or room for its address, one that is not taken."""
    folded = fold_for_order(words)
    plain = "".join(char if char.isascii() and char.isalnum() else " " for char in folded)
    code = ""
    for word in plain.split():
        if len(code) + len(word) + 1 > LONGEST_CODE - len("-999"):
            break
        code = f"{code}-{word}" if code else word
    code = code or "punkt"
    known, number = set(taken), 2
    found = code
    while found in known:
        found, number = f"{code}-{number}", number + 1
    return found
