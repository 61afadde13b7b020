"""Unggah: which data comes in, what is wrong in it, and what would change if it were stored?"""

from ui import frame, upload_findings, upload_view

head, body = frame.slots(2)
with body:
    prepared = upload_view.choose()
    if prepared:
        upload_findings.show_files(prepared)
        upload_findings.show_changes(prepared)
        upload_view.show_confirmation(prepared)
    upload_view.show_templates()
with head:
    upload_view.show_headline(prepared)
