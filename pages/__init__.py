"""The screens: one flat script each, registered in app.py."""
