"""The app run without a browser, on a data file of its own and on a fixed day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from kpi_core.service import choose, keeping

if TYPE_CHECKING:
    import pytest

    from kpi_core.kpi import Kpi
    from kpi_core.target import Target

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 10)
PATIENCE = 60


class RunningApp:
    """A visit of the app."""

    def __init__(self, data_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Start it on a data file whose business counts in dollars."""
        monkeypatch.setenv("SIGNALBOX_DATA", str(data_file))
        monkeypatch.setenv("SIGNALBOX_TODAY", NOW.isoformat())
        self.data_file = data_file
        keeping.save_settings(data_file, replace(keeping.settings(data_file), currency="USD"), NOW)
        self.test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
        self.test.run()

    def save(self, kpi: Kpi, target: Target | None = None) -> Kpi:
        """Keep a KPI as the form would."""
        return choose.save(self.data_file, kpi, target, NOW)

    def go(self, page: str, **query: str) -> AppTest:
        """Open a page by its file's name."""
        self.test.switch_page(f"pages/{page}.py")
        self.test.query_params.clear()
        for name, value in query.items():
            self.test.query_params[name] = value
        return self.run()

    def run(self) -> AppTest:
        """Run the page again; no traceback may ever reach it."""
        self.test.run()
        assert not self.test.exception, [each.value for each in self.test.exception]
        return self.test

    def wait_until(self, now: datetime) -> AppTest:
        """Let time pass, and run the page again."""
        self.test.session_state["now"] = now
        self.test.session_state["clock"] = lambda: now
        return self.run()

    def press(self, label: str) -> AppTest:
        """Press the first button of that label."""
        next(each for each in self.test.button if each.label == label).click()
        return self.run()

    def html(self) -> str:
        """Give all that the page shows as HTML of its own."""
        return "\n".join(str(getattr(each, "proto").body) for each in self.test.get("html"))  # noqa: B009 -- untyped
