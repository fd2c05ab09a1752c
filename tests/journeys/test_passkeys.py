"""A passkey is made and used in Chromium, with the authenticator that the browser makes up."""

import pytest
from playwright.sync_api import expect

from tests.journeys.house import PASSWORD, open_house

pytestmark = pytest.mark.browser

PHONE = {
    "protocol": "ctap2",
    "transport": "internal",  # built in, as Windows Hello and telephones are
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_an_organiser_logs_in_with_a_passkey(browser, tmp_path):
    settings = {"BASE_URL": "http://localhost:{port}", "MAIL_URL": "maildir:", "WEB_WORKERS": "1"}
    with open_house(tmp_path, **settings) as house:
        url = house.url.replace("127.0.0.1", "localhost")
        context = browser.new_context(locale="de-DE", base_url=url)
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        devices = context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})

        page.goto("/login")
        page.get_by_label("E-Mail").fill("organiser@example.org")
        page.get_by_label("Passwort").fill(PASSWORD)
        page.get_by_role("button", name="Einloggen", exact=True).click()
        page.goto("/organiser/account/two-steps")
        page.get_by_label("Name des Passkeys").fill("Telefon")
        page.get_by_role("button", name="Passkey hinzufügen").click()
        expect(page.locator("[data-codes] code")).to_have_count(10)
        page.get_by_role("button", name="Ausloggen").click()
        page.wait_for_url("**/login")  # a script looks first for what waits to be sent

        page.goto("/login?next=/organiser/account/two-steps")
        page.get_by_role("button", name="Mit Passkey einloggen").click()
        page.wait_for_url("**/organiser/account/two-steps")
        expect(page.locator("[data-passkeys] b")).to_have_text("Telefon")
        assert faults == []
        context.close()
