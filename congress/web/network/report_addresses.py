"""The addresses of the report to the funder, and of the page where everybody reads of it."""

from congress.domain.network.access import NetworkRight
from congress.web.access import Who
from congress.web.methods import ACT, READ, Address
from congress.web.network import public_network, report

REPORT: tuple[Address, ...] = (
    (report.ADDRESS, READ, report.report, NetworkRight.SEE_REPORT),
    (f"{report.ADDRESS}.xlsx", READ, report.report_workbook, NetworkRight.SEE_REPORT),
    (f"{report.ADDRESS}.pdf", READ, report.report_paper, NetworkRight.SEE_REPORT),
    (f"{report.ADDRESS}/release", ACT, report.release_report, NetworkRight.EDIT_REGISTER),
    ("/network", READ, public_network.public_network, Who.PUBLIC),
    (
        "/network/figures/<int:first>-<int:last>",
        READ,
        public_network.public_figures,
        Who.PUBLIC,
    ),
)
