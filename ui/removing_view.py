"""Removing a person's data: looked for first, confirmed by typing, with a receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from kpi_core.errors import SignalboxError
from kpi_core.service import removing
from ui.widgets import panel, show_error, show_heading

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

RECEIPT = "removal_receipt"


def show_removing(data_file: Path, now: datetime) -> None:
    """Show the field for what names a person, where that stands, and the way to remove it."""
    with panel("person"):
        show_heading("Remove a person's data")
        _show_receipt()
        st.text(removing.FOR_GOOD)
        typed = st.text_area(
            "Name, e-mail address or number of the person, one a line", key="person_texts", height=100, max_chars=500
        )
        texts = removing.texts_of(typed)
        if not texts:
            return
        try:
            found = removing.look(data_file, texts)
        except SignalboxError as error:
            show_error(error)
            return
        if not found.any and not found.unreadable:
            st.text("That stands nowhere in the data file or its backups.")
            return
        st.text("Found as a whole word, whatever the capitals:")
        for sentence in found.sentences:
            st.text(f"{sentence}.")
        _show_confirm(data_file, texts, now, backups=bool(found.backups or found.unreadable))


def _show_confirm(data_file: Path, texts: tuple[str, ...], now: datetime, *, backups: bool) -> None:
    with st.form("remove_person", border=False):
        delete = (
            st.checkbox("Delete these backups instead of writing them anew without the person", key="delete_backups")
            if backups
            else False
        )
        confirmation = st.text_input(f'To confirm, type "{removing.CONFIRMATION}"', key="person_confirm")
        if st.form_submit_button("Remove this person"):
            try:
                with st.spinner("Writing the data file anew"):
                    receipt = removing.remove(data_file, texts, confirmation, now, delete_backups=delete)
            except SignalboxError as error:
                show_error(error)
                return
            st.session_state[RECEIPT] = receipt
            # What was typed is the person's data too
            for key in ("person_texts", "person_confirm"):
                st.session_state.pop(key, None)
            st.rerun()


def _show_receipt() -> None:
    receipt: removing.Receipt | None = st.session_state.get(RECEIPT)
    if receipt is None:
        return
    text = "\n".join(receipt.sentences)
    with st.container(border=True, key="panel_receipt"):
        for sentence in receipt.sentences:
            st.text(sentence)
        st.download_button("Download the receipt", text, "signalbox_receipt.txt", "text/plain", on_click="ignore")
