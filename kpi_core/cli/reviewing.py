"""The commands of reviews: the agenda, the records, the actions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from kpi_core.cli.command import Setup, command
from kpi_core.cli.day import Day
from kpi_core.errors import RefusedDefinition
from kpi_core.review import Action
from kpi_core.review.words import TOPICS
from kpi_core.service import actions as service
from kpi_core.service import kpi_page, reviews

if TYPE_CHECKING:
    from datetime import date

    from kpi_core.cli.printed import Json
    from kpi_core.review import AgendaItem
    from kpi_core.service.actions import ActionLine


@command("review")
@click.option("--as-of", type=Day(["%Y-%m-%d"]), metavar="DATE")
def review(setup: Setup, as_of: datetime | None) -> None:
    """Print the agenda of a review today, or as of a past day."""
    today = setup.now.date()
    day = as_of.date() if as_of else today
    found = reviews.agenda_of(setup.existing(), today, day)
    setup.out.result(
        {
            "as_of": day.isoformat(),
            "agenda": [
                {"kpi": each.name, "topic": each.topic.value, "sentence": f"{each.name} {each.why}"} for each in found
            ],
        },
        _agenda_lines(found) or [f"There is nothing to review yet. {reviews.NOTHING_YET}"],
    )


def _agenda_lines(found: tuple[AgendaItem, ...]) -> list[str]:
    lines: list[str] = []
    for place, each in enumerate(found):
        if not place or found[place - 1].topic is not each.topic:
            lines.append(TOPICS[each.topic])
        lines.append(f"  {each.name} {each.why}")
    return lines


@command("actions")
@click.argument("step", default="list", type=click.Choice(["list", "add", "done", "reopen", "change", "drop"]))
@click.argument("number", required=False, type=int, metavar="[ID]")
@click.option("--kpi", metavar="NAME", help="About which KPI (add).")
@click.option("--what", metavar="TEXT", help="What is done (add, change).")
@click.option("--owner", metavar="NAME", help="Who does it (add, change); whose are listed (list).")
@click.option("--due", type=Day(["%Y-%m-%d"]), metavar="DATE", help="By when (add, change).")
@click.option("--why", default="", metavar="TEXT", help="What came of it (done), or why not (drop).")
@click.option("--all", "everything", is_flag=True, help="List closed ones too.")
def actions(setup: Setup, step: str, number: int | None, *, everything: bool, **given: object) -> None:
    """List the open actions, or add, close, open again, change or drop one."""
    if step == "list":
        owner = given["owner"]
        lines = service.overview(setup.existing(), setup.now.date(), owner if isinstance(owner, str) else None).lines
        shown = [line for line in lines if everything or line.action.closed is None]
        setup.out.result({"actions": [_json(line) for line in shown]}, [_text(each) for each in shown] or ["None."])
        return
    changed = _add(setup, given) if step == "add" else _change(setup, step, number, given)
    lines = service.overview(setup.existing(), setup.now.date()).lines
    line = next(each for each in lines if each.action.id == changed)
    setup.out.result(_json(line), [_text(line)])


def _add(setup: Setup, given: dict[str, object]) -> int:
    """Add an action; its number."""
    kpi, what, owner, due = (given[name] for name in ("kpi", "what", "owner", "due"))
    if not (isinstance(kpi, str) and isinstance(what, str) and isinstance(owner, str) and isinstance(due, datetime)):
        sentence = "An action needs --kpi, --what, --owner and --due."
        raise RefusedDefinition(
            sentence, "As in: actions add --kpi Revenue --what 'Call' --owner Anna --due 2026-12-01."
        )
    kpi_id = kpi_page.number_of(setup.existing(), kpi)
    return service.add(setup.data, Action(kpi_id, what, owner, due.date(), setup.now.date()), setup.now)[0]


def _change(setup: Setup, step: str, number: int | None, given: dict[str, object]) -> int:
    """Take a step with an action that is there; its number."""
    if number is None:
        sentence = f"Which action? `actions {step}` takes its number."
        raise RefusedDefinition(sentence, "`actions` lists them with their numbers.")
    data, now, why = setup.existing(), setup.now, str(given["why"])
    match step:
        case "done":
            service.done(data, number, why, now)
        case "drop":
            service.drop(data, number, why, now)
        case "reopen":
            service.reopen(data, number, now)
        case _:
            what, owner, due = given["what"], given["owner"], given["due"]
            service.change(
                data,
                number,
                now,
                what=what if isinstance(what, str) else None,
                owner=owner if isinstance(owner, str) else None,
                due=_day(due),
            )
    return number


def _day(found: object) -> date | None:
    return found.date() if isinstance(found, datetime) else None


def _json(line: ActionLine) -> Json:
    action = line.action
    return {
        "id": action.id,
        "kpi": line.kpi,
        "what": action.what,
        "owner": action.owner,
        "due": action.due.isoformat(),
        "made": action.made.isoformat(),
        "state": line.progress.value,
        "closed": action.closed and action.closed.isoformat(),
        "result": action.result,
    }


def _text(line: ActionLine) -> str:
    return f"{line.action.id}  {line.kpi}: {line.action.what} ({line.action.owner}), {line.state}"


COMMANDS = {"review": review, "actions": actions}
