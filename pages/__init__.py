"""Thin scripts, one a page; the folder is the access level.

Never put a page directly here: Streamlit would serve it on a cold deep link without the main script and its gate.
"""
