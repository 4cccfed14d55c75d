"""The commands that look after recipes: how each kind of file is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi_core.cli.command import Setup, command, file_of, write_to
from kpi_core.errors import RefusedDefinition
from kpi_core.service import recipe_list
from kpi_core.service import recipes as service

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi_core.service.recipe_list import SourceLine
    from kpi_core.service.recipes import Done

SEVERAL = ("value", "segment", "personal", "hashed")


@click.group("recipes", context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
def recipes() -> None:
    """List, edit, rename, export, import and delete recipes of your own. Every step can be taken back."""


@command("list")
def show(setup: Setup) -> None:
    """Print every source with its recipe, the recipes that come with Signalbox, and the newest changes."""
    found = recipe_list.overview(setup.existing())
    lines = [
        line
        for each in found.sources
        for line in (each.name, *(f"  {name}: {said}" for name, said in (*each.how, *each.held)))
    ]
    lines.append(f"Ready-made: {', '.join(each.name for each in found.ready)}")
    lines += [f"Change {each.id}, {each.at:%Y-%m-%d %H:%M}: {each.about}. {each.did}" for each in found.changes]
    changes = [
        {"change": each.id, "at": each.at.isoformat(), "about": each.about, "did": each.did} for each in found.changes
    ]
    ready = [{"name": each.name, "date": each.date, "kpis": each.kpis} for each in found.ready]
    setup.out.result({"sources": [_source(each) for each in found.sources], "ready": ready, "changes": changes}, lines)


def _source(line: SourceLine) -> dict[str, object]:
    return {
        "name": line.name,
        "recipe": line.recipe.name,
        "rows": line.rows,
        "imports": line.imports,
        "last_file": line.last_file,
        "covers": line.covers,
        "kpis": list(line.feeds),
        "answers": dict(line.recipe.answers),
        "facts": dict((*line.how, *line.held)),
    }


@command("rename")
@click.argument("name")
@click.argument("new")
def rename(setup: Setup, name: str, new: str) -> None:
    """Give a source and its recipe another name; KPIs follow."""
    _print(setup, service.rename(setup.existing(), name, new, setup.now))


@command("edit")
@click.argument("name")
@click.option("--date", metavar="COL", help="The day a row counts on.")
@click.option("--value", multiple=True, metavar="COL", help="An amount; the first is the one proposed.")
@click.option("--segment", multiple=True, metavar="COL")
@click.option("--personal", multiple=True, metavar="COL", help="Not stored.")
@click.option("--hashed", multiple=True, metavar="COL", help="Stored so that it can be counted, not read.")
@click.option("--currency-column", metavar="COL")
@click.option("--includes", metavar="TEXT", help="What the numbers hold: VAT, shipping, refunds.")
@click.option("--forget", multiple=True, metavar="ID", help="A question whose answer is forgotten.")
def edit(setup: Setup, name: str, **given: object) -> None:
    """Change how the next file of a source is read; what is not named stays, '' takes a member away."""
    _print(setup, service.edit(setup.existing(), name, _edit(given), setup.now))


def _edit(given: Mapping[str, object]) -> service.Edit:
    def text(name: str) -> str | None:
        found = given[name]
        return None if found is None else str(found)

    def many(name: str) -> tuple[str, ...] | None:
        found = given[name]
        columns = tuple(map(str, found)) if isinstance(found, tuple) else ()
        return tuple(column for column in columns if column.strip()) if columns else None

    if not any(found not in {None, ()} for found in given.values()):
        sentence = "Nothing is said that shall change."
        raise RefusedDefinition(sentence, "Name it, as in --date 'Paid at'.")
    values, segments, personal, hashed = (many(name) for name in SEVERAL)
    return service.Edit(
        date=text("date"),
        values=values,
        segments=segments,
        personal=personal,
        hashed=hashed,
        currency_column=text("currency_column"),
        includes=text("includes"),
        forget=many("forget") or (),
    )


@command("export")
@click.argument("name")
@click.argument("path", type=click.Path(path_type=Path), required=False)
def export(setup: Setup, name: str, path: Path | None) -> None:
    """Write a recipe, your own or a ready-made one, as a JSON file; without PATH it is printed."""
    _, data = service.written_out(setup.existing(), name)
    if path is None:
        click.echo(data.decode(), nl=False)
        return
    write_to(path, data)
    setup.out.result({"exported": str(path)}, [f"Written to {path}."])


@command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--over", metavar="NAME", help="The source whose recipe it replaces.")
def read_in(setup: Setup, path: Path, over: str | None) -> None:
    """Take a recipe from a JSON file (docs/recipes.md tells its form)."""
    _print(setup, service.read_in(setup.data, file_of(path), setup.now, over))


@command("delete")
@click.argument("name")
def delete(setup: Setup, name: str) -> None:
    """Take a source out of sight with its recipe, imports and rows, where no KPI uses them."""
    _print(setup, service.delete(setup.existing(), name, setup.now))


@command("purge")
@click.argument("name")
def purge(setup: Setup, name: str) -> None:
    """Remove a deleted source for good; a backup beside the data file is written first."""
    hidden = recipe_list.overview(setup.existing()).hidden
    found = next((each.id for each in hidden if each.name.casefold() == name.strip().casefold()), 0)
    _print(setup, service.purge(setup.existing(), found, setup.now))


@command("undo")
@click.argument("change", type=int)
def undo(setup: Setup, change: int) -> None:
    """Take a change of a source back, by its number in the list."""
    _print(setup, service.take_back(setup.existing(), change, setup.now))


def _print(setup: Setup, done: Done) -> None:
    back = [] if done.change is None else [f"Change {done.change}; recipes undo {done.change} takes it back."]
    setup.out.result({"done": done.sentence, "change": done.change}, [done.sentence, *back])


for each in (show, edit, rename, export, read_in, delete, purge, undo):
    recipes.add_command(each)

COMMANDS = {"recipes": recipes}
