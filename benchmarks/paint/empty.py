"""The floor: a stock Streamlit page with a button and one line."""

from __future__ import annotations

import streamlit as st

runs = st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.button("Again")
st.write(f"run {runs}")
