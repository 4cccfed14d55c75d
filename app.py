"""Signalbox: the list of its pages. The clock is read here, and passed down."""

from __future__ import annotations

import os
from datetime import datetime

import streamlit as st

from ui.session import begin
from ui.shell import ICON, settle, show_frame

st.set_page_config(page_title="Signalbox", page_icon=ICON, layout="wide", initial_sidebar_state=220)
begin(datetime.now, os.environ.get("SIGNALBOX_TODAY"))  # the wall clock of this computer

page = st.navigation(
    [
        st.Page("pages/board.py", title="Board", icon=":material/dashboard:", default=True),
        st.Page("pages/actions.py", title="Actions", icon=":material/task_alt:"),
        st.Page("pages/add_data.py", title="Add data", icon=":material/upload_file:"),
        st.Page("pages/fill_in.py", title="Fill in numbers", icon=":material/edit_note:", visibility="hidden"),
        st.Page("pages/kpi.py", title="KPI", visibility="hidden"),
        st.Page("pages/review.py", title="Review", icon=":material/groups:"),
        st.Page("pages/checkup.py", title="Check-up", icon=":material/health_and_safety:"),
        st.Page("pages/report.py", title="Report", icon=":material/description:"),
        st.Page("pages/choose.py", title="Choose KPIs", icon=":material/checklist:"),
        st.Page("pages/goals.py", title="Start with my goals", icon=":material/flag:", visibility="hidden"),
        st.Page("pages/catalogue.py", title="Catalogue", icon=":material/menu_book:"),
        st.Page("pages/objectives.py", title="Objectives", icon=":material/flag:"),
        st.Page("pages/sources.py", title="Sources", icon=":material/folder_open:"),
        st.Page("pages/settings.py", title="Settings", icon=":material/settings:"),
        st.Page("pages/changes.py", title="What was changed", icon=":material/history:", visibility="hidden"),
        st.Page("pages/notes.py", title="Notes", icon=":material/sticky_note_2:", visibility="hidden"),
        st.Page("pages/safety.py", title="Backups and safety", icon=":material/shield:", visibility="hidden"),
        st.Page("pages/guide.py", title="Guide", icon=":material/help:", visibility="hidden"),
    ]
)
show_frame(page.url_path)
page.run()
settle()
