"""Remembering the language of the pages, for whoever asks for it."""

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from congress.web import languages


def choose() -> str | Response:
    """Show the languages; keep the chosen one in a cookie and go to the start page."""
    if request.method == "GET":
        cards = [
            {"value": code, "label": name, "lang": code}
            for code, name in languages.LANGUAGES.items()
        ]
        return render_template("public/language.html", cards=cards)
    chosen = request.form.get("language", "")
    if chosen not in languages.LANGUAGES:
        abort(400)
    response = redirect("/", 303)
    languages.remember(response, chosen)
    return response
