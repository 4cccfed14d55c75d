"""Pages run without a browser: opened, read as an owner reads them, pressed by their labels."""

from __future__ import annotations

import html
import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from kpi_core.service import place
from ui.board_filters import KEPT, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from streamlit.testing.v1.element_tree import Node

APP = Path(__file__).parents[2] / "app.py"
PATIENCE = 60
"""Seconds; the first run imports everything."""
TAG = re.compile(r"<[^>]+>")
ESCAPED = re.compile(r"\\(\W)")
"""A mark that markdown would take for its own, written so that it is shown as it stands."""
UNREAD = {"bidi_component", "plotly_chart", "file_uploader", "button_group"}
"""Elements whose value is no text: it is looked at in a browser, or is what was chosen."""


def opened(page: str = "board", **query: str) -> AppTest:
    """Open a page of the app with these query parameters."""
    screen = AppTest.from_file(str(APP), default_timeout=PATIENCE).run()
    if page == "board":
        return screen
    for name, value in query.items():
        screen.query_params[name] = value
    return screen.switch_page(f"pages/{page}.py").run()


def words(screen: AppTest) -> str:
    """Gather everything written on the page, a line an element; HTML without its tags."""
    return "\n".join(shown(text) for node in _nodes(screen.main) for text in _written(node))


def shown(text: str) -> str:
    """Give a text as it is shown: without markdown's backslashes before its marks, every blank a plain one."""
    return ESCAPED.sub(r"\1", text).replace("\u00a0", " ")


def _nodes(block: Block) -> Iterator[Node]:
    for node in block.children.values():
        yield node
        if isinstance(node, Block):
            yield from _nodes(node)


def _written(node: Node) -> Iterator[str]:
    label = getattr(node, "label", None)
    if isinstance(label, str) and label:
        yield label
    said = None if node.type in UNREAD or isinstance(node, Block) else getattr(node, "value", None)
    if node.type == "html":
        yield "" if str(said).startswith("<style") else " ".join(html.unescape(TAG.sub(" ", str(said))).split())
    elif isinstance(said, pd.DataFrame):
        yield from (str(cell) for column in said.to_dict("list").values() for cell in column)
    elif said is not None and not isinstance(said, bool):
        yield str(said)


def cards(screen: AppTest) -> list[str]:
    """List the names of the cards on the board, as they are sent to the browser."""
    return [html.unescape(name) for name in re.findall(r'data-part="card">([^<]+)</button>', _board(screen))]


def on_board(screen: AppTest) -> str:
    """Give the text of the board, as it is sent to the browser."""
    return " ".join(html.unescape(TAG.sub(" ", _board(screen))).split())


def ask(screen: AppTest, **fields: str) -> AppTest:
    """Fill in the board's fields as a browser sends them, and run the page; a field not named stands empty."""
    screen.session_state[KEPT] = said(fields)
    return screen.run()


def heading(screen: AppTest) -> str:
    """Give the line below the board's name, as it is sent to the browser."""
    found = re.search(r'<p class="day">([^<]*)</p>', _board(screen))
    assert found
    return html.unescape(found[1])


def _board(screen: AppTest) -> str:
    sent = next(node for node in _nodes(screen.main) if node.type == "bidi_component").proto.bytes
    assert isinstance(sent, bytes)
    return sent.decode()


def press(screen: AppTest, label: str) -> AppTest:
    """Press the button of this label; the first one where there are several."""
    buttons = list(screen.main.button)
    found = [button for button in buttons if shown(button.label) == label]
    assert found, f"no button {label!r} among {[button.label for button in buttons]}"
    return found[0].click().run()


def dropped(screen: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Drop files on the page that adds data."""
    return screen.file_uploader[0].set_value([(name, data, "text/csv") for name, data in files]).run()


def failures(screen: AppTest) -> list[str]:
    """List what the app could not do and did not say itself."""
    return [each.message for each in screen.exception]


NOTED = {"outlooks", "seen", "last_visit"}
"""Tables that looking at the board writes: what was worked out for it, and what was seen of it."""


def held() -> Mapping[str, list[tuple[object, ...]]]:
    """Read every table of the data file but what looking writes, to see whether something changed."""
    with closing(sqlite3.connect(place.data_file(os.environ))) as file:
        names = [row[0] for row in file.execute("select name from sqlite_master where type = 'table' order by name")]
        return {
            name: sorted(file.execute(f'select * from "{name}"').fetchall(), key=repr)
            for name in names
            if name not in NOTED
        }
