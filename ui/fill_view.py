"""Filling in typed numbers: take a template, bring it back or paste, look at what would change, add, take back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.period import moment_name
from kpi_core.service import filling, template, template_file
from kpi_core.service.file import File
from kpi_core.service.filling import Change
from kpi_core.service.refused import refused_csv
from ui import uploads
from ui.fill_html import lines_html, refused_html
from ui.plain import as_it_stands
from ui.widgets import panel, show_counts, show_error, show_heading

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.filling import Filling
    from kpi_core.source import Question

ANSWERS, TAKEN, PASTED, BLOCKS, ADDED, WAITING, LOOKED_AT = (
    f"fill_{name}" for name in ("answers", "taken", "pasted", "blocks", "added", "waiting", "looked_at")
)
COLUMNS, ROWS = "One column a period", "One row a number"
MOST_BUTTONS = 4
SHOWN_LINES = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_template(data_file: Path, choices: tuple[template.Choice, ...], now: datetime) -> None:
    """Offer a template of the chosen KPIs and periods to download."""
    show_heading("Take a template")
    typed = [each.id for each in choices if each.typed]
    names = {each.id: each.name if each.typed else f"{each.name} (computed)" for each in choices}
    wanted = st.multiselect("KPIs", list(names), typed, format_func=names.__getitem__, key="fill_kpis")
    layout = st.radio("Layout", [COLUMNS, ROWS], horizontal=True, key="fill_layout")
    with st.expander("Other periods than the newest"):
        first = st.date_input("From", None, max_value=now.date(), key="fill_first", format="YYYY-MM-DD")
        last = st.date_input("Until", None, max_value=now.date(), key="fill_last", format="YYYY-MM-DD")
    ask = template.Ask(tuple(wanted), first, last, layout == ROWS)
    try:
        template.make(data_file, ask, now.date())
    except SignalboxError as error:
        st.caption(as_it_stands(f"{error.sentence} {error.hint}"))
        return

    def workbook() -> bytes:
        return template_file.to_workbook(template.make(data_file, ask, now.date()))

    def text() -> bytes:
        return template_file.to_csv(template.make(data_file, ask, now.date(), one_table=True))

    with st.container(horizontal=True):
        st.download_button("Excel workbook", workbook, "kpis.xlsx", XLSX, key="fill_xlsx", on_click="ignore")
        st.download_button("CSV", text, "kpis.csv", "text/csv", key="fill_csv", on_click="ignore")


def show_bring_back() -> None:
    """Take filled-in files and pasted blocks."""
    show_heading("Bring it back, or paste")
    dropped = st.file_uploader(
        "A filled-in template, or a table of your own",
        accept_multiple_files=True,
        type=["xlsx", "xls", "ods", "csv", "tsv", "txt"],
        max_upload_size=5,
        key="fill_files",
    )
    with st.form("fill_paste", border=False):
        block = st.text_area(
            "Or paste cells from a spreadsheet",
            placeholder="Monthly Revenue\tOct 2026\t480 000",
            height=120,
            key=f"fill_block_{st.session_state.get(BLOCKS, 0)}",
        )
        if st.form_submit_button("Look at these numbers"):
            st.session_state[PASTED] = block if block.strip() else None
    st.session_state[WAITING] = uploads.uploaded(dropped or [])


def show_waiting(data_file: Path, now: datetime) -> None:
    """Show every file and block that waits for a click."""
    block: str | None = st.session_state.get(PASTED)
    if block is not None:
        show_filling(data_file, block, now, _forget_pasted)
    for file in st.session_state.get(WAITING, []):
        show_filling(data_file, file, now, partial(uploads.forget, file))


def _forget_pasted() -> None:
    """Put the block aside; the field for the next one is empty."""
    st.session_state[PASTED] = None
    st.session_state[BLOCKS] = st.session_state.get(BLOCKS, 0) + 1


def takes(data_file: Path, file: File, now: datetime) -> bool:
    """Show a file that was dropped among exports where it is a table of typed numbers; tell whether it is one."""
    taken: dict[str, bool] = st.session_state.setdefault(TAKEN, {})
    if file.hash not in taken:
        taken[file.hash] = filling.is_template(data_file, file, now.date())
    if not taken[file.hash]:
        return False
    show_filling(data_file, file, now, partial(uploads.forget, file), as_export=True)
    return True


def show_filling(
    data_file: Path, source: File | str, now: datetime, done: Callable[[], None], *, as_export: bool = False
) -> None:
    """Show what a file or block would change; one click adds it, another puts it aside.

    `as_export`: offer to read it as rows of an export instead.
    """
    key = source.hash if isinstance(source, File) else File(PASTED, source.encode()).hash
    answers: dict[str, str] = st.session_state.setdefault(ANSWERS, {}).setdefault(key, {})
    name = source.name if isinstance(source, File) else "What you pasted"
    st.header(as_it_stands(name), anchor=False)
    body = st.container()
    buttons = st.container(horizontal=True)
    with body:
        moves, why = _show_look(data_file, source, answers, now, key)
    with buttons:
        pressed = moves and st.button("Add these numbers", type="primary", key=f"fill_add_{key}")
        aside = st.button("Put it aside", key=f"fill_aside_{key}")
        if aside or (pressed and _add(data_file, source, answers, now, why)):
            for kept in (ANSWERS, LOOKED_AT):
                st.session_state[kept].pop(key, None)
            done()
            st.rerun()
        if as_export and st.button("Read it as an export instead", key=f"fill_export_{key}"):
            st.session_state[TAKEN][key] = False
            st.rerun()


def _show_look(
    data_file: Path, source: File | str, answers: dict[str, str], now: datetime, key: str
) -> tuple[bool, str]:
    """Show what was found; tell whether anything would change, and the reason that the owner gives."""
    try:
        found = _looked_at(data_file, source, answers, now, key)
    except SignalboxError as error:
        show_error(error)
        return False, ""
    _show_found(found, answers, key)
    if all(line.change is Change.SAME for line in found.lines):
        return False, ""
    return True, st.text_input("Why? (kept with what changed)", key=f"fill_why_{key}")


def _add(data_file: Path, source: File | str, answers: dict[str, str], now: datetime, why: str) -> bool:
    try:
        number, found = filling.add(data_file, source, answers, now, why)
    except SignalboxError as error:
        show_error(error)
        return False
    st.session_state.setdefault(ADDED, []).append((number, found))
    return True


def _looked_at(data_file: Path, source: File | str, answers: dict[str, str], now: datetime, key: str) -> Filling:
    """Look at a file or block once, as long as neither the answers nor what is stored change."""
    seen: dict[str, tuple[object, Filling]] = st.session_state.setdefault(LOOKED_AT, {})
    asked = (filling.version(data_file), tuple(sorted(answers.items())), now.date())
    kept = seen.get(key)
    if kept is None or kept[0] != asked:
        kept = seen[key] = (asked, filling.look(data_file, source, answers, now.date()))
    return kept[1]


def _show_found(found: Filling, answers: dict[str, str], key: str) -> None:
    with panel(f"fill_{key}"):
        if found.questions:
            _show_question(found.questions[0], answers, key)
        else:
            counts = found.counts
            figures = [each for each in counts.named if counts.computed or "computed" not in each[1]]
            show_counts((f"{figure:,}", word) for figure, word in figures)
            _show_lines(found)
        if found.refused:
            st.html(refused_html(found.refused[:SHOWN_LINES]))
            _offer_refused(found, key)


def _offer_refused(found: Filling, key: str) -> None:
    st.download_button(
        f"Download the {len(found.refused):,} refused",
        refused_csv(found.refused),
        f"refused_{found.name}.csv",
        "text/csv",
        key=f"fill_refused_{key}",
        on_click="ignore",
    )


def _show_lines(found: Filling) -> None:
    moving = [line for line in found.lines if line.change is not Change.SAME]
    same = [line for line in found.lines if line.change is Change.SAME]
    if moving:
        st.html(lines_html(moving[:SHOWN_LINES]))
    if len(moving) > SHOWN_LINES:
        st.caption(f"... and {len(moving) - SHOWN_LINES:,} more")
    if not moving:
        st.caption("Nothing to add: every number is stored already." if same else "It holds no number to add.")
    if same:
        with st.expander(f"The same as stored: {len(same):,}"):
            st.html(lines_html(same[:SHOWN_LINES]))


def _show_question(question: Question, answers: dict[str, str], key: str) -> None:
    show_heading("One question")
    st.text(question.text)
    labels = dict(zip(question.choices, question.labels or question.choices, strict=True))
    if len(labels) <= MOST_BUTTONS:
        said = next(
            (
                choice
                for choice, label in labels.items()
                if st.button(as_it_stands(label), key=f"fill_{key}_{question.id}_{choice}", width="stretch")
            ),
            None,
        )
    else:
        said = st.selectbox(
            question.text,
            list(labels),
            None,
            format_func=labels.__getitem__,
            key=f"fill_{key}_{question.id}",
            label_visibility="collapsed",
        )
    if said is not None:
        answers[question.id] = said
        st.rerun()


def show_added() -> None:
    """Show what this visit has filled in, with the next step."""
    added: list[tuple[int | None, Filling]] = st.session_state.get(ADDED, [])
    for at, (_, found) in reversed(list(enumerate(added))):
        st.success(as_it_stands(f"{found.name}: {found.counts.sentence}"), icon=":material/check:")
        if found.refused:
            _offer_refused(found, f"added_{at}")
    if added and st.button("See the board", key="fill_board"):
        st.switch_page("pages/board.py")


def show_history(data_file: Path, now: datetime) -> None:
    """Show everything that was filled in, the newest first, each with its way back."""
    fills = filling.history(data_file)
    if fills:
        st.header("Filled in so far")
    for fill in fills:
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"panel_filled_{fill.id}"):
            st.markdown(f"**{as_it_stands(fill.file_name)}**, {moment_name(fill.added_at)}")
            st.caption(fill.counts.sentence)
            if fill.undone_at is not None:
                st.caption(f"undone {moment_name(fill.undone_at)}")
            elif st.button("Undo", key=f"fill_undo_{fill.id}"):
                _undo(data_file, fill.id, fill.file_name, now)


def _undo(data_file: Path, fill_id: int, name: str, now: datetime) -> None:
    try:
        done = filling.take_back(data_file, fill_id, now)
    except SignalboxError as error:
        show_error(error)
        return
    st.session_state[ADDED] = [each for each in st.session_state.get(ADDED, []) if each[0] != fill_id]
    st.toast(as_it_stands(f"{name}. {done.sentence}"))
    st.rerun()
