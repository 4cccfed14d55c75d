"""Many sessions without browsers: what a server of Streamlit needs for a rerun, when nothing else wants the machine.

A session here is a WebSocket that says what a browser says and reads all that it gets, so the time is the server's own:
from the click until the run has ended. CPU is what the process used, divided by the runs.
"""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

if TYPE_CHECKING:
    from collections.abc import Callable

GROUPS = ("owner", "goal")
MOST_BYTES = 50_000_000
TICKS = 100
"""Of a processor's second, as Linux counts."""


@dataclass(frozen=True)
class Took:
    """What the reruns of many sessions took: each one's milliseconds, and the processor's for one of them."""

    waited_ms: tuple[float, ...]
    cpu_ms: float

    def sentence(self, name: str) -> str:
        """Say it in a line."""
        return (
            f"{name}: median rerun {median(self.waited_ms):.0f} ms, slowest {max(self.waited_ms):.0f} ms, "
            f"{self.cpu_ms:.1f} ms of processor each"
        )


class Session:
    """One visitor who only clicks."""

    def __init__(self, socket: ClientConnection) -> None:
        """Open the page, and run it for the first time."""
        self._socket = socket
        self._page = ""
        self.seen: list[ForwardMsg] = []
        self.run()

    def run(self, trigger: str = "", sent: object = None, fragment: str = "") -> float:
        """Run the page or a fragment of it, with a button pressed or with what a component sends.

        Returns:
            The milliseconds until the end of the run.
        """
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        asked.rerun_script.page_script_hash = self._page
        asked.rerun_script.fragment_id = fragment
        asked.rerun_script.context_info.timezone = "UTC"
        if trigger:
            state = asked.rerun_script.widget_states.widgets.add(id=trigger)
            if sent is None:
                state.trigger_value = True
            else:
                state.json_trigger_value = json.dumps(sent)
        begin = time.perf_counter()
        self._socket.send(asked.SerializeToString())
        self.seen = []
        while True:
            said = ForwardMsg.FromString(self._socket.recv(60, decode=False))
            self.seen.append(said)
            if said.WhichOneof("type") == "new_session" and not fragment:
                self._page = said.new_session.page_script_hash
            if said.WhichOneof("type") == "script_finished":
                return (time.perf_counter() - begin) * 1000

    def widget(self, kind: str) -> tuple[str, str]:
        """Give the id of the first widget of a kind in the last run, and of the fragment that it stands in."""
        deltas = (each.delta for each in self.seen if each.WhichOneof("type") == "delta")
        found = next(each for each in deltas if each.new_element.WhichOneof("type") == kind)
        return str(getattr(found.new_element, kind).id), found.fragment_id


def many(address: str, process: int, sessions: int, clicks: int, click: Callable[[Session, int], float]) -> Took:
    """Open so many sessions, and let them all click in one moment, several times over."""
    with ExitStack() as stack, ThreadPoolExecutor(sessions) as pool:
        url = address.replace("http", "ws", 1) + "/_stcore/stream"
        visits = [
            Session(
                stack.enter_context(
                    connect(url, subprotocols=[Subprotocol("streamlit")], origin=Origin(address), max_size=MOST_BYTES)
                )
            )
            for _ in range(sessions)
        ]
        list(pool.map(lambda visit: click(visit, 0), visits))  # warm
        waited: list[float] = []
        before = _cpu_ms(process)
        for number in range(1, clicks + 1):
            waited += pool.map(lambda visit, number=number: click(visit, number), visits)
        return Took(tuple(waited), (_cpu_ms(process) - before) / (sessions * clicks))


def press(visit: Session, number: int) -> float:
    """Press the first button of the page."""
    del number
    button, fragment = visit.widget("button")
    return visit.run(button, fragment=fragment)


def regroup(visit: Session, number: int) -> float:
    """Pick another grouping on the board, as its component sends it."""
    board, fragment = visit.widget("bidi_component")
    said = {"event": "view", "value": {"group": GROUPS[number % len(GROUPS)]}}
    return visit.run(f"{board}__events", [said], fragment)


def _cpu_ms(process: int) -> float:
    """Read what a process has used of a processor, all its threads together."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICKS
