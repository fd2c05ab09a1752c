"""The addresses of the report to the funder."""

from congress.domain.network.access import NetworkRight
from congress.web.methods import READ, Address
from congress.web.network import report

REPORT: tuple[Address, ...] = (
    (report.ADDRESS, READ, report.report, NetworkRight.SEE_REPORT),
    (f"{report.ADDRESS}.xlsx", READ, report.report_workbook, NetworkRight.SEE_REPORT),
    (f"{report.ADDRESS}.pdf", READ, report.report_paper, NetworkRight.SEE_REPORT),
)
