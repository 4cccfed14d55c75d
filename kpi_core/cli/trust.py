"""The commands of the log, closed months, notes, and what is removed of a person."""

from __future__ import annotations

from datetime import date, datetime

import click

from kpi_core.cli.command import Setup, command
from kpi_core.period import moment_name
from kpi_core.service import log, months, notes, people, removing
from kpi_core.service.kpi_page import number_of
from kpi_core.service.log import Filter
from kpi_core.store.changes import Thing

DAY = click.DateTime(["%Y-%m-%d"])


@command("log")
@click.option("--kpi", default="", help="Only this KPI, by its name.")
@click.option("--about", type=click.Choice([each.value for each in Thing]), help="Only this kind of thing.")
@click.option("--who", help="Only changes of this person.")
@click.option("--day", type=DAY, help="Only changes of this day.")
@click.option("--before", type=int, help="Only changes older than the one of this number.")
@click.option("--undo", type=int, help="Take the change of this number back.")
@click.option("--why", default="", help="Why it is taken back.")
def show_log(setup: Setup, undo: int | None, why: str, before: int | None, **wanted: object) -> None:
    """Print what was changed, when, by whom and why, the newest first; or take one change back."""
    data = setup.existing()
    if undo is not None:
        log.take_back(data, undo, why, setup.now)
    name, kind, day = str(wanted["kpi"] or ""), wanted["about"], wanted["day"]
    kpi_id = number_of(data, name) if name else None
    thing = None if kind is None else Thing(str(kind))
    who = None if wanted["who"] is None else str(wanted["who"])
    asked = Filter(kpi_id, thing, who, day.date() if isinstance(day, datetime) else None)
    page = log.log_page(data, asked, before)
    entries = [
        {
            "id": each.id,
            "at": each.at.isoformat(),
            "who": each.who,
            "about": each.about,
            "did": each.did,
            "why": each.why,
            "standing": each.standing,
        }
        for each in page.lines
    ]
    lines = [
        f"{each.id}  {moment_name(each.at)}  {each.who}  {each.about}  {each.did}  {each.why}" for each in page.lines
    ]
    setup.out.result({"changes": entries, "older": page.older}, lines)


@command("months")
@click.option("--close", "closing", help="Close this month, such as 2026-09.")
@click.option("--reopen", help="Open this closed month again.")
@click.option("--why", default="", help="Why; reopening needs a reason.")
def show_months(setup: Setup, closing: str | None, reopen: str | None, why: str) -> None:
    """Print which months are closed; close one, or reopen one with a reason."""
    data, said = setup.existing(), []
    if closing:
        said.append(months.close(data, closing, setup.now, why))
    if reopen:
        said.append(months.reopen(data, reopen, why, setup.now))
    shut = [each for each in months.past_months(data, setup.now.date()) if each.closed]
    setup.out.result(
        {"closed": [each.key for each in shut]}, said or [each.name for each in shut] or ["No month is closed."]
    )


@command("notes")
@click.option("--add", help="Note what happened.")
@click.option("--on", "day", type=DAY, help="On which day, else today.")
@click.option("--kpi", default="", help="Beside this KPI, else beside every one.")
@click.option("--change", type=int, help="Give the note of this number the text of --text, and the day of --on.")
@click.option("--text", default="", help="What the note of --change says from now on.")
@click.option("--remove", type=int, help="Take the note of this number away.")
def show_notes(setup: Setup, kpi: str, text: str, day: datetime | None, **given: object) -> None:
    """Print all notes of what happened; add, change or remove one."""
    data, when = setup.existing(), (day or setup.now).date()
    add, change, remove = given["add"], given["change"], given["remove"]
    if isinstance(add, str):
        number = number_of(data, kpi) if kpi else 0
        notes.add_note(data, number, when, add, setup.now, everywhere=not kpi)
    if isinstance(change, int):
        held = next((each for each in notes.every_note(data) if each.id == change), None)
        moved: date = when if day or held is None else held.day
        notes.change_note(data, change, moved, text, setup.now)
    if isinstance(remove, int):
        notes.remove_note(data, remove, setup.now)
    found = notes.every_note(data)
    setup.out.result(
        {"notes": [{"id": each.id, "day": f"{each.day}", "about": each.about, "text": each.text} for each in found]},
        [f"{each.id}  {each.when}  {each.about}  {each.text}" for each in found],
    )


@command("who")
@click.argument("name", required=False)
def who(setup: Setup, name: str | None) -> None:
    """Print who writes in the log; with a name, that person writes from now on."""
    if name is not None:
        people.switch(setup.existing(), name)
    found = people.writers(setup.existing())
    setup.out.result({"present": found.present, "known": list(found.known)}, [found.present or "Nobody is named."])


@command("remove-person")
@click.argument("texts", nargs=-1, required=True)
@click.option("--confirm", default="", help=f'Type "{removing.CONFIRMATION}" to do it; else it is only looked for.')
@click.option("--delete-backups", is_flag=True, help="Delete the backups that hold the person.")
def remove_person(setup: Setup, texts: tuple[str, ...], confirm: str, *, delete_backups: bool) -> None:
    """Look where a person stands, by name, e-mail or number; with --confirm remove that for good."""
    data = setup.existing()
    if not confirm:
        found = removing.look(data, texts)
        places = {each.place: each.count for each in found.places}
        backups = dict(found.backups)
        setup.out.result({"places": places, "backups": backups}, [*found.sentences, removing.FOR_GOOD])
        return
    receipt = removing.remove(data, texts, confirm, setup.now, delete_backups=delete_backups)
    setup.out.result({"receipt": list(receipt.sentences), "clean": receipt.clean}, receipt.sentences)


COMMANDS = {
    "log": show_log,
    "months": show_months,
    "notes": show_notes,
    "who": who,
    "remove-person": remove_person,
}
