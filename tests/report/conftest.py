"""A business with every unit and every awkward name, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_core.report import Report
from kpi_core.service import reporting, sample
from tests.report.made import NOW, TODAY, defined, document


@pytest.fixture(scope="session")
def awkward_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a data file of KPIs with awkward names."""
    return defined(tmp_path_factory.mktemp("awkward") / "made.db", document(15))


@pytest.fixture(scope="session")
def awkward(awkward_file: Path) -> Report:
    """Gather its whole report."""
    return reporting.report(awkward_file, TODAY, whole=True)


@pytest.fixture(scope="session")
def fifty(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Gather the report of fifty KPIs."""
    return reporting.report(defined(tmp_path_factory.mktemp("fifty") / "made.db", document(50)), TODAY, whole=True)


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Gather the report of the sample shop."""
    path = tmp_path_factory.mktemp("shop") / "shop.db"
    sample.load(path, NOW)
    return reporting.report(path, TODAY, whole=True)
