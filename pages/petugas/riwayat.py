"""Riwayat: who brought which data in, which version counts, who looked at names, and is the record whole?"""

from ui import frame, history_view, versions_view

head, above, versions, below = frame.slots(4)
with versions:  # first: it may bring another version back
    versions_view.show_versions()
with above:
    imports = history_view.show_imports()
with below:
    history_view.show_audit()
    history_view.show_stamp()
with head:
    history_view.show_headline(imports)
