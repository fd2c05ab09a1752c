"""What a PDF file of ours says of itself, read with a library that did not write it."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, cast

import pikepdf
from pypdf import PdfReader


@dataclass(frozen=True)
class Told:
    """What readers of a tagged file go by (ISO 14289-1)."""

    title: str
    language: str
    tags: list[str]  # the roles of its structure, in reading order
    alternatives: list[str]  # of its pictures
    links: list[str]  # where they lead to, in the order of the pages
    pages: int


def read(content: bytes) -> Told:
    """Read a file, and hold that it is tagged and declares PDF/UA-1 and PDF/A-2a."""
    with pikepdf.open(BytesIO(content)) as found:
        root = cast("Any", found.Root)
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        with found.open_metadata() as said:
            declared = {name: said.get(name) for name in ("pdfuaid:part", "pdfaid:part")}
            assert declared == {"pdfuaid:part": "1", "pdfaid:part": "2"}
            assert said.get("pdfaid:conformance") == "A"
            title = str(said.get("dc:title"))
        elements = list(_elements(root.StructTreeRoot))
        assert found.check_pdf_syntax() == []
        return Told(
            title,
            str(root.Lang),
            [str(each.S)[1:] for each in elements],
            [str(each.Alt) for each in elements if "/Alt" in each],
            [
                bytes(note.A.URI).decode()
                for page in found.pages
                for note in cast("Any", page).get("/Annots", [])
                if "/URI" in note.get("/A", {})
            ],
            len(found.pages),
        )


def words(content: bytes) -> str:
    """Return all that stands in a file, page after page, without any blanks between."""
    pages = PdfReader(BytesIO(content)).pages
    return "".join("".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def _elements(node: Any) -> Iterator[Any]:  # noqa: ANN401 - objects of pikepdf
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)
