"""What was found in each file, and what storing the files would change: shown to named staff before they decide."""

import html

import pandas as pd
import streamlit as st

from analytics.disclosure import Cleared
from analytics.preview import RuleGroup
from analytics.upload import FileSeen, Prepared
from analytics.version_changes import KINDS
from config.columns import load_kinds
from config.text import text
from data.findings import Finding
from data.pseudonymize import hide_numbers
from ui import downloads, frame
from ui.format import number
from ui.upload_view import XLSX

FINDING = ("baris", "kolom", "nilai", "pesan")
WHOLE = ("baris", "kolom", "nilai", "aturan", "tingkat", "pesan")


def show_files(prepared: Prepared) -> None:
    """Show every file: what it is, its rows, what was found in it."""
    for place, file in enumerate(prepared.files):
        with st.container(border=True, key=f"berkas_masuk_{place}"):
            _show_file(file, place)


def _show_file(file: FileSeen, place: int) -> None:
    result = file.result
    kind = load_kinds()[result.jenis].nama if result.jenis else text("unggah.tanpa_jenis")
    frame.show_card_title(hide_numbers(result.berkas), kind)
    if result.baris:
        counts = {name: number(getattr(result, name)) for name in ("baris", "diterima", "ditolak")}
        st.html(f'<p class="bl-cacah">{html.escape(text("unggah.baris", **counts))}</p>')
    for finding in result.temuan:
        if not finding.baris:
            say = st.error if finding.tingkat == "tolak" else st.info
            say(hide_numbers(finding.pesan), icon=None)
    if file.sama:
        st.info(text("unggah.sama"))
    if result.baris and result.refused:
        st.error(text("unggah.tolak_semua"))
    if result.baris and not result.temuan:
        st.caption(text("unggah.bersih"))
    for group in file.temuan:
        _show_group(group)
    _offer_files(file, place)


def _show_group(group: RuleGroup) -> None:
    """Show the first findings of a rule, folded away."""
    level, rule = text(f"unggah.tingkat_{group.tingkat}"), _rule_name(group.aturan)
    with st.expander(text("unggah.temuan", tingkat=level, aturan=rule, jumlah=number(group.jumlah))):
        frame.show_texts(_as_table(group.contoh), {name: text(f"unggah.kol_{name}") for name in FINDING})
        if rest := group.jumlah - len(group.contoh):
            st.caption(text("unggah.lebih", jumlah=number(rest)))


def _rule_name(aturan: str) -> str:
    return aturan.replace("_", " ")


def _as_table(findings: tuple[Finding, ...] | list[Finding]) -> pd.DataFrame:
    """Return findings as texts, numbers of persons starred."""
    shown = [
        {
            "baris": str(each.baris),
            "kolom": each.kolom,
            "nilai": hide_numbers(each.nilai),
            "aturan": _rule_name(each.aturan),
            "tingkat": text(f"unggah.tingkat_{each.tingkat}"),
            "pesan": hide_numbers(each.pesan),
        }
        for each in findings
    ]
    return pd.DataFrame(shown, columns=list(WHOLE))


def _offer_files(file: FileSeen, place: int) -> None:
    """Offer the refused rows, to be corrected, and all findings."""
    stem = hide_numbers(file.result.berkas).rsplit(".", 1)[0]
    about_rows = [each for each in file.result.temuan if each.baris]
    with st.container(horizontal=True, vertical_alignment="center"):
        if file.ditolak is not None:
            label = text("unggah.unduh_tolak", jumlah=number(file.result.ditolak))
            downloads.offer(f"ditolak_{stem}.xlsx", file.ditolak, XLSX, f"tolak_{place}", label, file.nama)
        if about_rows:
            titled = _as_table(about_rows).rename(columns={name: text(f"unggah.kol_{name}") for name in WHOLE})
            content = frame.as_csv(titled)
            downloads.offer(f"temuan_{stem}.csv", content, "text/csv", f"temuan_{place}", text("unggah.unduh_temuan"))
    if file.ditolak is not None:
        st.caption(text("unggah.perbaiki"))


def show_changes(prepared: Prepared) -> None:
    """Show, for each kind of table that would change, rows new, changed, gone and the same by kecamatan."""
    columns = {name: text(f"unggah.kol_{name}") for name in ("nama", *KINDS)}
    for rantai, cleared in prepared.perubahan.items():
        unit, known = text(f"unggah.satuan_{rantai}"), prepared.dasar[rantai] is not None
        with st.container(border=True, key=f"berubah_{rantai}"):
            note = "kartu_ubah_ket" if known else "kartu_ubah_pertama"
            title = text("unggah.kartu_ubah", rantai=text(f"unggah.rantai_{rantai}"))
            frame.show_card_title(title, text(f"unggah.{note}", satuan=unit))
            _show_counts(cleared, columns)


def _show_counts(cleared: Cleared, columns: dict[str, str]) -> None:
    titles = "".join(f'<th scope="col">{html.escape(title)}</th>' for title in columns.values())
    rows = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th>{"".join(f"<td>{number(count)}</td>" for count in counts)}</tr>'
        for name, *counts in cleared.table[list(columns)].itertuples(index=False)
    )
    st.html(f'<table class="bl-ubah"><thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>')
