"""What keeps a document from being TOML, as a fault with words of its own, where, and at which key.

`tomllib` gives English prose and no key.
"""

import re

from congress.domain.congress_file.problems import SyntaxFault

AT_LINE = re.compile(r"\(at line ([0-9]+), column [0-9]+\)")
HEADING = re.compile(r"\s*(\[\[?)\s*([^\]\[#]+)")
KEY = re.compile(r"""\s*([\w.-]+|"[^"]*"|'[^']*')\s*(?:=|$)""")
# How the sentences of tomllib begin.
FAULTS = {
    "Invalid value": SyntaxFault.NO_VALUE,
    "Expected '='": SyntaxFault.NO_EQUALS_SIGN,
    "Invalid statement": SyntaxFault.NO_KEY,
    "Invalid initial character": SyntaxFault.NO_KEY,
    "Unterminated string": SyntaxFault.TEXT_NOT_CLOSED,
    "Expected \"'": SyntaxFault.TEXT_NOT_CLOSED,
    "Found invalid character '\\n'": SyntaxFault.TEXT_NOT_CLOSED,
    "Illegal character '\\n'": SyntaxFault.TEXT_NOT_CLOSED,
    "Illegal character": SyntaxFault.INVISIBLE,
    "Found invalid character": SyntaxFault.INVISIBLE,
    "Unescaped '\\'": SyntaxFault.BACKSLASH,
    "Invalid hex value": SyntaxFault.BACKSLASH,
    "Escaped character": SyntaxFault.BACKSLASH,
    "Unclosed array": SyntaxFault.LIST_NOT_CLOSED,
    "Unclosed inline table": SyntaxFault.TABLE_NOT_CLOSED,
    "Expected ']": SyntaxFault.HEADING_NOT_CLOSED,
    "Expected newline": SyntaxFault.LINE_GOES_ON,
    "Invalid date": SyntaxFault.NO_SUCH_DATE,
    "Cannot": SyntaxFault.TWICE,
    "Duplicate": SyntaxFault.TWICE,
    "Exceeds the limit": SyntaxFault.LONG_NUMBER,
}


def fault_of(error: ValueError) -> SyntaxFault:
    """Return which fault `tomllib` means, or that Python reads no number as long as that."""
    said = str(error)
    return next((of for start, of in FAULTS.items() if said.startswith(start)), SyntaxFault.OTHER)


def place_of(error: ValueError, document: str) -> tuple[int, str]:
    """Return the line of a fault, from 1, and the key that stands there, as `items[2].start`."""
    found = AT_LINE.search(str(error))
    lines = document.splitlines()
    line = int(found[1]) if found else max(1, len(lines))
    if fault_of(error) is SyntaxFault.TEXT_NOT_CLOSED and found is None:
        opened = max(document.rfind(quotes) for quotes in ('"""', "'''", '"', "'"))
        line = document.count("\n", 0, opened) + 1
    return line, _key_at(lines[:line])


def _key_at(lines: list[str]) -> str:
    counted: dict[str, int] = {}
    table = key = ""
    for text in lines:
        if heading := HEADING.match(text):
            name, key = heading[2].strip(), ""
            counted[name] = counted.get(name, 0) + 1
            table = f"{name}[{counted[name]}]" if heading[1] == "[[" else name
        elif found := KEY.match(text):
            key = found[1]
    return ".".join(filter(None, (table, key)))
