"""The report for partners and the bank: one pure value, and a writer for each kind of file."""

from __future__ import annotations

from kpi_core.report.value import Report, ReportAction, ReportGroup, ReportRow, Table, Told

__all__ = ["Report", "ReportAction", "ReportGroup", "ReportRow", "Table", "Told"]
