"""A year of a shop in the real app: what an owner does each month, and at its end every number against its rows."""

from __future__ import annotations

import io
import json
import os
import re
from contextlib import redirect_stdout
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from kpi_core.cli import main
from kpi_core.review import Decision
from kpi_core.service import kpi_page, reviews
from kpi_core.service.place import data_file
from kpi_core.store.business import read_business
from kpi_core.store.data_file import open_store
from kpi_core.store.definitions.kpis import get_kpi
from kpi_core.store.provenance import rows_behind
from tests.journeys.browsing import choose, drop, go, new_page, press, settle, shows, write
from tests.journeys.shop_year import MONTHS, REFUSED, UNFINISHED, WRONG, Export, made, values
from tests.turned import turned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, FilePayload, Locator, Page


NOTED, RAISED, REBASED, RETIRED = 1, 5, 9, 9
"""The months with a note, a raised target, a usual range that starts anew, and a KPI that is retired."""
MIDDLE, CLOSED, UNDONE = 5, 7, 8
"""The months in which a backup is taken along, the wrong month is closed, and reopened and the wrong file undone."""
TARGETS = {"Revenue": "80000", "Average order": "700", "Conversion": "3", "Refund share": "2.6", "Visits": "4000"}
HIGHER = 95_000
ACTED = "Conversion"
"""The KPI that each review agrees an action on."""
WORDS = {"green": "On target", "amber": "Close", "red": "Off target"}


def at(place: int) -> datetime:
    """Give the moment of the visit that is about a month: the third of the next one."""
    month = MONTHS[place]
    return datetime(month.year + month.month // 12, month.month % 12 + 1, 3, 9)


def total(source: str, column: str, aggregate: str = "sum") -> dict[str, object]:
    """Define a measure over one column of a source."""
    value = {} if aggregate == "count" else {"value": column}
    return {"kind": "measure", "source": source, "aggregate": aggregate, "date": "Date", **value}


def formula(kind: str, first: object, second: object, **more: object) -> dict[str, object]:
    """Define a formula over two measures."""
    return {"kind": "formula", "formula": kind, "parts": [first, second], **more}


SOLD, BACK = total("Orders", "Total"), total("Refunds", "Amount")
ORDERS, VISITS = total("Orders", "Order", "count"), total("Visits", "Visits")
KPIS: dict[str, tuple[str, str, object]] = {
    "Revenue": ("currency:SEK", "up", formula("difference", SOLD, BACK)),
    "Average order": ("currency:SEK", "up", formula("ratio", SOLD, ORDERS)),
    "Conversion": ("percent", "up", formula("ratio", ORDERS, VISITS, times=100)),
    "Refund share": ("percent", "down", formula("ratio", BACK, SOLD, times=100)),
    "Visits": ("count", "up", VISITS),
}


def definitions() -> bytes:
    """Write the five KPIs as the file that Settings takes over."""
    kpis = [
        {
            "name": name,
            "definition": f"{name} of the shop in a month",
            "unit": unit,
            "direction": direction,
            "goal": "Earn more",
            "owner": "shop manager",
            "state": "active",
            "values": made_of,
            "target": {"value": TARGETS[name]},
        }
        for name, (unit, direction, made_of) in KPIS.items()
    ]
    business = {"currency": "SEK", "locale": "sv_SE"}
    return json.dumps({"business": business, "goals": ["Earn more"], "kpis": kpis}).encode()


def command(now: datetime, *arguments: str) -> Any:  # noqa: ANN401 -- whatever the command prints
    """Run a command at a moment and read the JSON that it prints."""
    out = io.StringIO()
    with redirect_stdout(out):
        assert main(now, [*arguments, "--json"]) == 0
    return json.loads(out.getvalue())


def add_all(page: Page, *exports: Export) -> None:
    """Drop files at once and wait until each was added or asks for a look."""
    files: list[FilePayload] = [{"name": each.name, "mimeType": "text/csv", "buffer": each.data} for each in exports]
    page.locator("[data-testid=stMain] input[type=file]").first.set_input_files(files)
    for each in exports:
        page.get_by_role("heading", name=each.name).or_(added(page, each)).first.wait_for()
    settle(page)


def added(page: Page, export: Export) -> Locator:
    """Find the line of a file in the list of what was added; the newest twelve stand there."""
    return page.locator("[class*=st-key-panel_import_]").filter(has_text=f"{export.name} to {export.source}")


def day(page: Page, label: str, on: date) -> None:
    """Write a day into its field."""
    field = page.get_by_test_id("stDateInput").filter(has_text=label).locator("input").first
    field.fill(on.isoformat())
    field.press("Enter")
    settle(page)


class Played:
    """The year as it is played: the browser page, the clock, the files that count, what the board said each month."""

    def __init__(self, page: Page, turn: Callable[[datetime], None], folder: Path) -> None:
        """Begin with nothing; a backup goes into the folder."""
        self.page, self.turn, self.year = page, turn, made()
        self.backup = folder / "middle.db"
        self.live: list[Export] = []
        self.board: list[Any] = []
        self.middle: Any = None

    def month(self, place: int) -> None:
        """Play one month."""
        self.turn(at(place))
        self.add(place)
        if place == 0:
            self.define()
        if place == NOTED:
            self.note()
        if place == REBASED:
            self.rebase(place)
        if place == CLOSED:
            self.close()
        if place == UNDONE:
            self.undo()
        self.board.append(command(at(place), "board"))
        self.look(place)
        self.review(place)
        if place == MIDDLE:
            self.take_backup(place)

    def add(self, place: int) -> None:
        """Add the exports of a month; what nothing is unclear about goes in without a click."""
        page, exports = self.page, self.year.files[place]
        go(page, "add_data")
        if place == 0:
            for source, export in exports.items():
                drop(page, export.name, export.data)
                write(page, "Keep it as", source)
                self.confirm(export)
        else:
            if place == UNFINISHED and self.year.unfinished:
                self.add_unfinished(self.year.unfinished)
            add_all(page, *exports.values())
        if place == REFUSED:
            page.get_by_text("1 refused").first.wait_for()
            self.confirm(exports["Refunds"])
        if place == WRONG + 1:
            # The overlap betrays the wrong file: a sentence says so, and nobody heeds it yet
            page.get_by_text("stored rows of these days are not in this file").first.wait_for()
            self.confirm(exports["Orders"])
        for export in exports.values():
            added(page, export).wait_for()
        self.live += exports.values()
        if place == WRONG and self.year.wrong:
            add_all(page, self.year.wrong)
            self.confirm(self.year.wrong)
            self.live.append(self.year.wrong)

    def confirm(self, export: Export) -> None:
        """Add the file that waits."""
        press(self.page, "Add these rows")
        added(self.page, export).wait_for()

    def add_unfinished(self, export: Export) -> None:
        """Add a file that ends on the 28th: it is asked about, and the month is not judged by it."""
        add_all(self.page, export)
        self.page.get_by_text("Is it complete to the end of 31 March?").wait_for()
        press(self.page, "No, something is missing")
        self.confirm(export)
        self.live.append(export)
        shown = {row["kpi"]: row["period"] for row in command(at(UNFINISHED), "board")["rows"]}
        assert shown["Revenue"] == f"{MONTHS[UNFINISHED - 1]}"

    def define(self) -> None:
        """Take the definitions over from a file."""
        go(self.page, "settings")
        field = self.page.locator("[data-testid=stMain] input[type=file]").first
        field.set_input_files({"name": "kpis.json", "mimeType": "application/json", "buffer": definitions()})
        self.page.get_by_text("take the file's", exact=True).click()
        settle(self.page)
        press(self.page, "Take these definitions over")
        self.page.get_by_text("Taken over last:").wait_for()

    def note(self) -> None:
        """Note what happened."""
        go(self.page, "notes")
        write(self.page, "What happened?", "The street was closed")
        press(self.page, "Keep this note")
        self.page.get_by_text("The street was closed").first.wait_for()

    def rebase(self, place: int) -> None:
        """Let the usual range of a KPI start anew, with a reason."""
        page = self.page
        go(page, f"kpi?kpi={number('Conversion')}")
        page.get_by_text("Why? How a real change is told").click()
        settle(page)
        press(page, "Things are different since ...")
        day(page, "Since a day of", MONTHS[place - 3])
        write(page, "What is different since then?", "A shorter checkout")
        press(page, "Start the usual range anew")
        page.get_by_text("A shorter checkout").first.wait_for()

    def close(self) -> None:
        """Close the month of the wrong file: nobody knows yet that it is wrong."""
        go(self.page, "settings")
        choose(self.page, "Month to close", f"{MONTHS[WRONG]:%B %Y}")
        press(self.page, "Close this month")
        self.page.get_by_text(f"Closed: {MONTHS[WRONG]:%B %Y}.").wait_for()

    def undo(self) -> None:
        """Undo the wrong file: not while its month is closed, and then with a reason for reopening it."""
        page, wrong = self.page, self.year.wrong
        assert wrong is not None
        go(page, "add_data")
        self.press_undo(wrong)
        page.get_by_text(f"{MONTHS[WRONG]:%B %Y} is closed").first.wait_for()
        go(page, "settings")
        write(page, "Why is it reopened?", "a file of another shop was added")
        press(page, "Reopen this month")
        page.get_by_text("No month is closed.").wait_for()
        go(page, "add_data")
        self.press_undo(wrong)
        page.get_by_text("rows removed").first.wait_for()
        self.live.remove(wrong)

    def press_undo(self, export: Export) -> None:
        """Press the undo of a file in the list of what was added."""
        added(self.page, export).get_by_role("button", name="Undo").click()
        settle(self.page)

    def look(self, place: int) -> None:
        """Look at the board: each KPI stands there with the word that its own rows make."""
        go(self.page)
        for name, value in values(self.live, MONTHS[place]).items():
            if name != "Visits" or place <= RETIRED:
                shows(self.page, name, WORDS[colour(name, value, place)])

    def review(self, place: int) -> None:
        """Hold the review: it opens with what is open from the last one, and agrees something new."""
        page = self.page
        agenda = [each["kpi"] for each in command(at(place), "review")["agenda"]]
        go(page, "review")
        press(page, "Start the review")
        page.get_by_text(f"1 of {len(agenda)}").wait_for()
        if place == 0:
            go(page, f"review?at={agenda.index(ACTED)}")
        else:
            assert agenda[0] == ACTED
            self.finish_action(place)
        write(page, "Cause: what made it so?", f"Cause {place}")
        page.get_by_role("radio", name="Act on it").check(force=True)
        settle(page)
        self.agree(place)
        self.go_on()
        if place == RAISED:
            self.raise_target(agenda.index("Revenue"))
        if place == RETIRED:
            self.retire(agenda.index("Visits"))
        go(page, f"review?at={len(agenda)}")
        press(page, "Finish the review")
        page.get_by_text("The review is finished; this is its record.").wait_for()

    def go_on(self) -> None:
        """Go on to the next KPI, or to the end; what is typed is kept."""
        self.page.get_by_role("button", name=re.compile("^(Next|To the end)")).click()
        settle(self.page)

    def finish_action(self, place: int) -> None:
        """Find the action of the last review and keep it as done."""
        page = self.page
        page.get_by_text(f"Action {place - 1} ").first.wait_for()
        page.get_by_role("button", name="Done").click()
        write(page, "What came of it?", f"Result {place}")
        press(page, "Keep it as done")
        page.get_by_text("Done.", exact=True).first.wait_for()

    def agree(self, place: int) -> None:
        """Agree an action with its day."""
        write(self.page, "What", f"Action {place}")
        day(self.page, "By when", at(place).date() + timedelta(days=20))
        press(self.page, "Add the action")
        self.page.get_by_text("The action is kept.").wait_for()

    def raise_target(self, place: int) -> None:
        """Decide on a higher target, with a reason."""
        go(self.page, f"review?at={place}")
        self.page.get_by_role("radio", name="Change the target").check(force=True)
        settle(self.page)
        write(self.page, "New target, from the next period on", str(HIGHER))
        write(self.page, "Why another target?", "A second shop window")
        press(self.page, "Keep the decision")
        self.page.get_by_text("A second shop window").first.wait_for()

    def retire(self, place: int) -> None:
        """Decide to retire a KPI, with a reason."""
        go(self.page, f"review?at={place}")
        self.page.get_by_role("radio", name="Retire it").check(force=True)
        settle(self.page)
        write(self.page, "Why is it retired?", "Nobody acts on it")
        press(self.page, "Keep the decision")
        self.page.get_by_text("Nobody acts on it").first.wait_for()

    def take_backup(self, place: int) -> None:
        """Take a backup along, and remember what the board says at that moment."""
        go(self.page, "safety")
        with self.page.expect_download() as download:
            self.page.get_by_role("button", name="Download a backup").click()
        download.value.save_as(self.backup)
        self.middle = command(at(place), "board")


def data() -> Path:
    """Give the data file."""
    return data_file(os.environ)


def number(name: str) -> int:
    """Give the number of a KPI."""
    return kpi_page.number_of(data(), name)


def status_of(board: Any) -> dict[str, str]:  # noqa: ANN401 -- what the command printed
    """Give the status of each KPI of a board."""
    return {row["kpi"]: row["status"] for row in board["rows"]}


def colour(name: str, value: Fraction, place: int) -> str:
    """Judge a value by the target of its month: a tenth of the target is close."""
    target = Fraction(TARGETS[name])
    if name == "Revenue" and MONTHS[place] > at(RAISED).date():
        target = Fraction(HIGHER)
    missed = value - target if name == "Refund share" else target - value
    return "green" if missed <= 0 else "amber" if missed <= target / 10 else "red"


def check_values(played: Played) -> None:
    """Hold every value and colour to what the made rows come to, and each value to the rows that explain it."""
    for name in KPIS:
        lines = {line.period.start: line for line in kpi_page.page(data(), number(name), at(11).date()).lines}
        assert set(lines) == set(MONTHS)
        for place, month in enumerate(MONTHS):
            expected = values(played.live, month)[name]
            assert lines[month].actual.value == expected, (name, month)
            assert lines[month].judgement.status == colour(name, expected, place), (name, month)
            assert explained(name, month, played.live) == expected, (name, month)


def explained(name: str, month: date, live: list[Export]) -> Fraction:
    """Make a value from nothing but the rows that are listed behind it; each must be the line of the file it names."""
    with open_store(data()) as store:
        kpi = get_kpi(store, number(name))
        period = read_business(store).calendar.period(kpi.cadence, month)
        inputs = rows_behind(store, kpi, period, size=10_000)
    lines = {export.name: export.lines for export in live}
    for row in (row for each in inputs for row in each.rows):
        assert lines[row.file_name][row.record - 1].startswith(",".join(row.cells.values()))
    assert [len(each.rows) for each in inputs] == [each.total for each in inputs]
    sums = [
        Fraction(sum(Decimal(row.cells[each.added]) for row in each.rows)) if each.added else each.total
        for each in inputs
    ]
    if name == "Visits":
        return Fraction(sums[0])
    first, second = sums
    if name == "Revenue":
        return Fraction(first - second)
    return Fraction(first) / second * (1 if name == "Average order" else 100)


def check_past(played: Played) -> None:
    """Hold the past to what the board said when it was current: only the wrong file moved it, and the log says what."""
    last = values(played.live, MONTHS[WRONG])
    wrong = values([*played.live, *([played.year.wrong] if played.year.wrong else [])], MONTHS[WRONG])
    moved = {
        name: (colour(name, wrong[name], WRONG), colour(name, last[name], WRONG))
        for name in KPIS
        if colour(name, wrong[name], WRONG) != colour(name, last[name], WRONG)
    }
    assert set(moved) == {"Revenue", "Conversion"}
    for place, then in enumerate(played.board):
        recorded = status_of(then)
        past = status_of(command(at(11), "board", "--as-of", f"{at(place):%Y-%m-%d}"))
        # On the day on which it is retired it is off the board, as of that day too
        assert set(recorded) - set(past) == ({"Visits"} if place == RETIRED else set())
        differing = {name: (recorded[name], now) for name, now in past.items() if recorded[name] != now}
        assert differing == (moved if place == WRONG else {}), place
    entries = command(at(11), "log", "--about", "import")["changes"]
    undone = {f"Undone. {MONTHS[WRONG]:%B}: {WORDS[now]}, was {WORDS[was]}." for was, now in moved.values()}
    put_in = {f"Added. {MONTHS[WRONG]:%B}: {WORDS[was]}, was {WORDS[now]}." for was, now in moved.values()}
    assert {each["did"] for each in entries} == undone | put_in
    assert len(entries) == 2 * len(moved)


def check_reviews() -> None:
    """Hold the twelve records to what was decided and agreed in each."""
    for place in range(len(MONTHS)):
        record = reviews.record(data(), place + 1, at(11).date())
        assert record.review.finished
        assert record.review.day == at(place).date()
        # What the last one agreed was open when this one began, and is done; what this one agreed waits
        agreed = {each.what: (each.new, each.state.split()[0]) for each in record.agreed}
        last = {f"Action {place - 1}": (False, "done")} if place else {}
        assert agreed == {**last, f"Action {place}": (True, "due")}
        (acted,) = (item for agenda, item in record.items if agenda.name == ACTED)
        assert acted is not None
        assert (acted.cause, acted.decision) == (f"Cause {place}", Decision.ACT)


def check_log() -> None:
    """Hold the log to every change of the year, each with its reason."""
    for kind, about, why in (
        ("target", "target: Revenue", "A second shop window"),
        ("KPI", "KPI: Visits", "Nobody acts on it"),
        ("closed month", f"closed month: {MONTHS[WRONG]:%B %Y}", "a file of another shop was added"),
    ):
        entries = command(at(11), "log", "--about", kind)["changes"]
        assert (about, why) in [(each["about"], each["why"]) for each in entries]
    (rebase,) = kpi_page.page(data(), number(ACTED), at(11).date()).kpi.rebases
    assert (rebase.day, rebase.reason) == (MONTHS[REBASED - 3], "A shorter checkout")
    assert all(each["ok"] for each in command(at(11), "check")["findings"])


def check_backup(played: Played, copy: Path) -> None:
    """Bring the backup of the middle of the year back, in a data file of its own: the board is as it was then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SIGNALBOX_DATA", str(copy))
        command(at(MIDDLE), "restore", str(played.backup))
        assert command(at(MIDDLE), "board") == played.middle
        assert all(each["ok"] for each in command(at(MIDDLE), "check")["findings"])


@pytest.mark.browser
def test_a_year(browser: Browser, tmp_path: Path) -> None:
    with turned(at(0)) as (address, turn):
        page = new_page(browser, address)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        played = Played(page, turn, tmp_path)
        for place in range(len(MONTHS)):
            played.month(place)
        page.close()
    assert errors == []
    check_values(played)
    check_past(played)
    check_reviews()
    check_log()
    check_backup(played, tmp_path / "copy.db")
