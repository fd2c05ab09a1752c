"""The addresses of marketplaces, and the right that each of them asks for."""

from congress.domain.access import Right
from congress.web.access import Who
from congress.web.market import own, public
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.organiser import market as office
from congress.web.organiser import market_agreements as agreements

MARKET = "/organiser/<slug:slug>/market"
PARTY, ENTRY = f"{MARKET}/parties/<int:party_id>", f"{MARKET}/entries/<int:entry_id>"
AGREED = f"{MARKET}/agreements"
AGREEMENT = f"{AGREED}/<int:agreement_id>"
OWN = "/registration/<token:token>/market"
EDIT, TABLE = Right.EDIT_PROGRAMME, Right.CHECK_IN

OFFICE: tuple[Address, ...] = (
    (MARKET, READ, office.market, Right.SEE_CONGRESS),
    (f"{MARKET}/layout", BOTH, office.lay_out_market, EDIT),
    (f"{MARKET}/parties/new", BOTH, office.new_market_party, EDIT),
    (PARTY, BOTH, office.edit_market_party, EDIT),
    (f"{PARTY}/remove", BOTH, office.remove_market_party, EDIT),
    (f"{MARKET}/entries/new", BOTH, office.new_market_entry, EDIT),
    (ENTRY, BOTH, office.edit_market_entry, EDIT),
    (f"{ENTRY}/publish", ACT, office.publish_market_entry, EDIT),
    (f"{ENTRY}/merge", ACT, office.merge_market_entries, EDIT),
    (f"{ENTRY}/remove", BOTH, office.remove_market_entry, EDIT),
    (AGREED, READ, agreements.market_agreements, TABLE),
    (f"{AGREED}/new", BOTH, agreements.new_market_agreement, TABLE),
    (f"{AGREED}/all.xlsx", READ, agreements.market_agreements_workbook, TABLE),
    (AGREEMENT, BOTH, agreements.edit_market_agreement, TABLE),
    (f"{AGREEMENT}/remove", BOTH, agreements.remove_market_agreement, TABLE),
    (f"{AGREEMENT}/sheet.pdf", READ, agreements.market_agreement_sheet, TABLE),
)
PUBLIC: tuple[Address, ...] = (("/<slug:slug>/market", READ, public.public_market, Who.PUBLIC),)
OWN_PAGES: tuple[Address, ...] = (
    (OWN, BOTH, own.own_market, Who.TOKEN),
    (f"{OWN}/organisation", BOTH, own.introduce_to_market, Who.TOKEN),
    (f"{OWN}/entries/<int:entry_id>", BOTH, own.edit_own_entry, Who.TOKEN),
    (f"{OWN}/entries/<int:entry_id>/remove", ACT, own.remove_own_entry, Who.TOKEN),
)
