"""What the applications of one process would each make anew, although it is the same for all.

Every test has an application, an engine and a database of its own. What they make of the same
addresses, statements and templates depends on nothing else, so it is made once: that is half of
what a small test of a page would cost.
"""

from collections.abc import Callable
from types import CodeType

import pytest
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import BaseConverter, Rule
from werkzeug.routing.rules import RulePart

MOST_STATEMENTS = 5000  # more than there are
Builder = Callable[..., tuple[str, str]]
# The pieces of an address, their trace, its converters and the names of what is in it.
Read = tuple[list[RulePart], list[tuple[bool, str]], dict[str, BaseConverter], set[str]]


class TemplatesInMemory(BytecodeCache):
    """The templates that were compiled, by their name and by what they say."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out what another application has compiled."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take what this one has compiled."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


class Statements:
    """The SQL of each statement, and what belongs to it: the dialect that it was made by."""

    def __init__(self) -> None:
        self._compiled: LRUCache[object, object] = LRUCache(MOST_STATEMENTS)
        self._dialects: dict[str, Dialect] = {}

    def share_with(self, engine: Engine) -> None:
        """Let an engine take its statements from here; all of a kind speak with one server."""
        if engine.dialect.name not in self._dialects:
            engine.connect().close()  # only then it knows the version of the server
            self._dialects[engine.dialect.name] = engine.dialect
        engine.dialect = engine.pool._dialect = self._dialects[engine.dialect.name]
        engine.update_execution_options(compiled_cache=self._compiled)


def build_addresses_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Werkzeug make the functions that put addresses together once for each rule.

    They are made of nothing but the rule's text; its converters they look up when they are called.
    """
    made: dict[tuple[str, tuple[object, ...], bool], Builder] = {}
    make = Rule._compile_builder

    def make_once(rule: Rule, append_unknown: bool = True) -> Builder:  # noqa: FBT002 - Werkzeug's
        if rule.defaults:
            return make(rule, append_unknown)
        key = (rule.rule, tuple(rule._trace), append_unknown)
        if key not in made:
            made[key] = make(rule, append_unknown)
        return made[key]

    monkeypatch.setattr(Rule, "_compile_builder", make_once)


def read_addresses_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Werkzeug read each address once: what it finds in one hangs on its text alone.

    Our applications have the same converters and the same rules about slashes.
    """
    found: dict[tuple[str, str | None], Read] = {}
    read = Rule.compile

    def read_once(rule: Rule) -> None:
        key = rule.rule, rule.subdomain
        if key not in found:
            given = frozenset(rule.arguments)
            read(rule)
            in_it = rule.arguments - given
            found[key] = rule._parts, rule._trace, rule._converters, in_it
            return
        rule._parts, rule._trace, rule._converters, in_it = found[key]
        rule.arguments.update(in_it)
        rule._build = rule._compile_builder(False).__get__(rule, None)
        rule._build_unknown = rule._compile_builder(True).__get__(rule, None)

    monkeypatch.setattr(Rule, "compile", read_once)
