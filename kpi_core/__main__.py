"""`python -m kpi_core COMMAND`: everything the screens do. The clock is read here, and passed down."""

from __future__ import annotations

import os
from datetime import datetime

from kpi_core.cli import main

if __name__ == "__main__":
    stated = os.environ.get("SIGNALBOX_TODAY")
    main(datetime.fromisoformat(stated) if stated else datetime.now())  # noqa: DTZ005 -- this computer's wall clock
