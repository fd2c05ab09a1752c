"""Pages that anybody may read; all addresses in one table."""

from flask import Blueprint

from congress.web.public import congresses, files, health, language, legal

blueprint = Blueprint("public", __name__)

for address, view in (
    ("/", congresses.start),
    ("/<slug:slug>", congresses.congress),
    ("/<slug:slug>/programme/<code:code>", congresses.item),
    ("/accessibility", legal.accessibility),
    ("/privacy", legal.privacy),
    ("/imprint", legal.imprint),
    ("/logo/<string(length=64):digest>", files.logo),
    ("/organisations.json", files.organisations),
    ("/favicon.ico", files.favicon),
    ("/robots.txt", files.robots),
    ("/healthz", health.alive),
    ("/readyz", health.ready),
):
    blueprint.add_url_rule(address, view_func=view, methods=["GET"])
blueprint.add_url_rule("/language", view_func=language.choose, methods=["GET", "POST"])
