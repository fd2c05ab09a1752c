"""The short names under which congresses and items are addressed."""

import re

SLUG = re.compile(r"[a-z0-9-]{3,60}")
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")

# Every first segment of an address that is in use, or that later parts will need.
_RESERVED = """
about accessibility account admin api archive assets calendar certificate check-in confirm demo
embed favicon feed health healthz help imprint invitation language login logo logout mail
metrics network new newsletter organisations organiser privacy readyz register registration reset
results robots search static unsubscribe verify webhooks
"""
RESERVED = frozenset(_RESERVED.split())


def is_slug(text: str) -> bool:
    """Return whether a text can stand in an address as the name of a congress."""
    return bool(SLUG.fullmatch(text)) and not text.startswith("-") and not text.endswith("-")


def is_code(text: str) -> bool:
    """Return whether a text can stand in an address as the name of an item or room."""
    return bool(CODE.fullmatch(text))
