"""The commands behind balanting.py, one module a command. None knows Streamlit."""
