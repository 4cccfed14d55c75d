"""What a file was read as, the one open question, what will happen; and the list of all imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import importing
from kpi_core.source import ColumnType
from ui import uploads
from ui.plain import as_it_stands
from ui.widgets import panel, show_counts, show_error, show_facts, show_heading, show_preview

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from kpi_core.service.importing import ImportLine, ImportPlan, Preview
    from kpi_core.source import Question

SHOWN_IMPORTS = 12


def show_pending(data_file: Path, preview: Preview, now: datetime) -> None:
    """Show a file that waits for a click: left what was read, right what to decide and what will happen."""
    st.header(as_it_stands(preview.file.name), anchor=False)
    left, right = st.columns([1.9, 1], gap="medium")
    with left, panel(f"read_{preview.file.hash}"):
        _show_read(preview)
    with right, panel(f"plan_{preview.file.hash}"):
        if preview.question is not None:
            _show_question(data_file, preview, preview.question, now)
        if preview.plan is not None:
            _show_plan(data_file, preview, preview.plan, now)
        if st.button("Put it aside", key=f"aside_{preview.file.hash}"):
            uploads.forget(preview.file)
            st.rerun()


def _show_read(preview: Preview) -> None:
    show_heading("What we read")
    reading = preview.reading
    show_facts(reading.facts)
    for check in reading.checks:
        (st.success if check.ok else st.warning)(
            as_it_stands(check.text), icon=":material/check:" if check.ok else ":material/warning:"
        )
    numbers = [
        place for place, column in enumerate(reading.columns) if column.type in {ColumnType.NUMBER, ColumnType.DURATION}
    ]
    show_preview(reading.preview, numbers)


def _show_question(data_file: Path, preview: Preview, question: Question, now: datetime) -> None:
    show_heading("One question")
    st.text(question.text)
    labels = question.labels or question.choices
    for choice, label in zip(question.choices, labels, strict=True):
        if st.button(as_it_stands(label), key=f"{preview.file.hash}_{question.id}_{choice}", width="stretch"):
            uploads.answer(data_file, preview, question.id, choice, now)
            st.rerun()


def _show_plan(data_file: Path, preview: Preview, plan: ImportPlan, now: datetime) -> None:
    show_heading("What happens")
    if plan.same_file_as is not None:
        st.text(plan.sentence)
        return
    counts = [(plan.new, "new"), (plan.changed, "changed"), (plan.same, "the same"), (plan.refused, "refused")]
    if plan.gone:
        counts.append((plan.gone, "stored rows go"))
    show_counts([(f"{count:,}", word) for count, word in counts])
    if not preview.known:
        name = st.text_input("Keep it as", preview.source, key=f"source_{preview.file.hash}")
        if name.strip() and name.strip() != preview.source:
            uploads.wish(data_file, preview, now, source=name.strip())
            st.rerun()
    if preview.feeds:
        st.caption(as_it_stands(f"Feeds: {', '.join(preview.feeds)}."))
    if preview.question is None and st.button(
        "Add these rows", type="primary", key=f"add_{preview.file.hash}", width="stretch"
    ):
        with st.spinner("Adding"):
            uploads.add(data_file, preview, now)
        st.rerun()
    _show_refused(preview)
    st.caption("You can undo this at any time. The next file of this kind needs no clicks.")


def _show_refused(preview: Preview) -> None:
    refused = preview.reading.refused
    if refused:
        st.download_button(
            f"Download the {len(refused):,} refused",
            importing.refused_csv(refused),
            f"refused_{preview.file.name}.csv",
            "text/csv",
            key=f"refused_{preview.file.hash}",
            on_click="ignore",
        )


def show_added() -> None:
    """Show what this visit has added, with the next step."""
    for number, (name, added) in reversed(list(enumerate(uploads.added()))):
        st.success(as_it_stands(f"{name}: {added.result.sentence}"), icon=":material/check:")
        if added.refused and added.result.import_id is not None:
            st.download_button(
                f"Download the {len(added.refused):,} refused",
                importing.refused_csv(added.refused),
                f"refused_{name}.csv",
                "text/csv",
                key=f"added_refused_{number}",
                on_click="ignore",
            )
        if not added.feeds:
            st.caption(as_it_stands(f"No KPI uses {added.source} yet."))
            if st.button("Define a KPI over it", key=f"define_over_{number}"):
                st.switch_page("pages/choose.py", query_params={"kpi": "new", "source": added.source})
    if uploads.added() and st.button("See the board"):
        st.switch_page("pages/board.py")


def show_history(lines: Sequence[ImportLine], data_file: Path, now: datetime) -> None:
    """Show every import, the newest first, each with its way back."""
    if not lines:
        return
    st.header("Added so far")
    everything = len(lines) > SHOWN_IMPORTS and st.toggle(f"Show all {len(lines)}", key="all_imports")
    for line in lines if everything else lines[:SHOWN_IMPORTS]:
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"panel_import_{line.id}"):
            st.markdown(
                f"**{as_it_stands(line.file_name)}** to {as_it_stands(line.source)}, {line.added_at:%Y-%m-%d %H:%M}"
            )
            st.caption(line.counts)
            if line.undone_at is not None:
                st.caption(f"undone {line.undone_at:%Y-%m-%d %H:%M}")
                continue
            if line.refused:
                st.download_button(
                    "Refused rows",
                    importing.refused_of(data_file, line.id),
                    f"refused_{line.file_name}.csv",
                    "text/csv",
                    key=f"refused_of_{line.id}",
                    on_click="ignore",
                )
            if st.button("Undo", key=f"undo_{line.id}"):
                _undo(data_file, line, now)


def _undo(data_file: Path, line: ImportLine, now: datetime) -> None:
    try:
        done = importing.take_back(data_file, line.id, now)
    except SignalboxError as error:
        show_error(error)
        return
    uploads.taken_back(line.id, f"{line.file_name}. {done.sentence}")
    st.rerun()
