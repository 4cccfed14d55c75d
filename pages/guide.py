"""The guide: one page for each screen, readable without the internet."""

from __future__ import annotations

import streamlit as st

from ui.guide_view import PAGE, show_guide
from ui.session import begin_with_app

begin_with_app()
show_guide(st.query_params.get(PAGE, ""))
