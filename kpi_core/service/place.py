"""Where the data file is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN = Path(__file__).parents[2] / "data" / "signalbox.db"
VARIABLE = "SIGNALBOX_DATA"


def data_file(environment: Mapping[str, str]) -> Path:
    """Give the data file that the environment names, else the app's own in its `data` folder.

    >>> data_file({"SIGNALBOX_DATA": "/tmp/shop.db"}).name
    'shop.db'
    """
    return Path(environment[VARIABLE]) if environment.get(VARIABLE) else OWN
