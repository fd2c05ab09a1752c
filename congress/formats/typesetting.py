"""Has Typst make a PDF, as a program of its own: `printing` calls it by its path.

Typst keeps what it has made, some 130 MB after a list of a thousand people, and a process that has
printed once would hold them for ever. A program that ends gives everything back (decision 0105).
"""

import json
import sys
from pathlib import Path

import typst


def main() -> None:
    """Read from stdin what is to be made, and write the file to stdout."""
    order = json.load(sys.stdin)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(order["fonts"])]
    )
    try:
        made = typst.Compiler(Path(order["template"]), root=Path(order["root"]), font_paths=fonts)
        pdf = made.compile(format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=order["created"])
    except typst.TypstError as fault:
        sys.exit(str(fault))
    if not isinstance(pdf, bytes):  # several files are made of pictures only
        raise TypeError(type(pdf))
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
