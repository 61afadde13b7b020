"""The list by name: filters, at most a hundred people at a time, an audit row before each look and each file.

Drawn as plain HTML on purpose: Streamlit's own data frame brings a download button that no audit row would know of.
"""

import pandas as pd
import streamlit as st

from analytics.by_name import Named, name_followed, search
from config.text import text
from data.audit import AuditNotWritten, write_audit
from ui import access, child_card_view, cuts, downloads, frame, session, styles
from ui.by_name_filters import Choice, state
from ui.filters import choose_from
from ui.format import MISSING, day, join_names, moment, month, number, signed
from ui.gate import own_store
from ui.session import Source

PAGE = 100  # people shown at once
SUBJECT = "sasaran"
COLUMNS = ("nama", "jenis", "tempat", "masalah", "merah", "terakhir", "tbu", "keadaan")


def find(choice: Choice, families: Source, measured: Source, women: Source) -> Named:
    """Return the people of the choice. Names are joined anew in every run and kept nowhere."""
    everyone = name_followed(
        cuts.followed_people(families, measured, women), session.read_once(families, "nama"), session.room()
    )
    return search(everyone, choice.jenis, choice.wilayah, choice.cari, choice.alasan, choice.keadaan)


def show_headline(found: Named) -> None:
    """Show question, headline and how the list is ordered."""
    most = int(found.table["masalah"].max()) if len(found.table) else 0
    count = number(len(found.table))
    headline = text("sasaran.utama", jumlah=count, masalah=most) if most else text("sasaran.utama_tanpa", jumlah=count)
    frame.show_head(text("sasaran.tanya"), headline, text("sasaran.sub"))


def show_list(choice: Choice, found: Named, source: Source) -> None:
    """Show a page of the list and the offer of a file, both only once the log has them."""
    if found.table.empty:
        st.info(text("sasaran.tidak_ketemu"))
        return
    above, place, under = frame.slots(3)
    with under, st.container(horizontal=True, vertical_alignment="bottom"):
        page = _choose_page(found)
        asked = st.button(text("sasaran.siapkan", jumlah=number(len(found.table))), key="siapkan_sasaran")
    shown = found.part(PAGE * (page - 1), PAGE)
    what = _describe(choice, source, len(shown.table), page)
    try:
        session.once_a_look(lambda: _record("lihat", what), what)
        with above:
            child_card_view.choose_child(shown)
        with place:
            styles.dress("print")
            frame.show_texts(_as_texts(shown), {name: text(f"sasaran.kol_{name}") for name in COLUMNS})
        if asked:
            _offer_file(choice, found, source)
    except AuditNotWritten as error:
        st.error(str(error))


def _choose_page(found: Named) -> int:
    pages = [str(page) for page in range(1, -(-len(found.table) // PAGE) + 1)]
    if len(pages) == 1:
        return 1
    return int(choose_from("halaman", text("sasaran.halaman"), pages, lambda page: _span(int(page), found), "1", 220))


def _span(page: int, found: Named) -> str:
    last = min(PAGE * page, len(found.table))
    return text("sasaran.rentang", dari=PAGE * (page - 1) + 1, sampai=last, jumlah=number(len(found.table)))


def _describe(choice: Choice, source: Source, count: int, page: int = 0) -> str:
    """Return what the audit log says of a look: which filter, how many names."""
    parts = [
        text("sasaran.catat_contoh") if source.contoh else "",
        choice.kind,
        choice.place,
        choice.narrowing,
        text("sasaran.catat_cari", cari=choice.cari) if choice.cari else "",
        text("sasaran.catat_halaman", halaman=page) if page else "",
        text("sasaran.catat_nama", jumlah=count),
    ]
    return "; ".join(part for part in parts if part)


def _record(perbuatan: str, what: str) -> None:
    write_audit(own_store(), access.who(), session.room(), perbuatan, SUBJECT, what)


def _as_texts(named: Named) -> pd.DataFrame:
    """Return the rows as the texts that are shown: `COLUMNS`."""
    table = named.table
    return pd.DataFrame(
        {
            "nama": table["nama"].fillna(text("sasaran.tanpa_nama")),
            "jenis": table["jenis_sasaran"].map(lambda kind: text(f"sasaran.satu_{kind}")),
            "tempat": table["desa"] + ", " + table["kecamatan"],
            "masalah": [
                text("sasaran.masalah", masalah=has, ditanya=asked)
                for has, asked in zip(table["masalah"], table["ditanya"], strict=True)
            ],
            "merah": table["merah"].map(lambda count: number(count) if count else ""),
            "terakhir": [
                _last(date, months) for date, months in zip(table["terakhir"], table["jeda_bulan"], strict=True)
            ],
            "tbu": [_height(z, change) for z, change in zip(table["zs_tbu"], table["beda_z"], strict=True)],
            "keadaan": table["keadaan"].map(state),
        }
    )


def _last(date: pd.Timestamp, months: float) -> str:
    """Return the day last measured and, where it is long ago, how many months before the newest data."""
    if pd.isna(date):
        return MISSING
    return text("sasaran.jeda", tanggal=day(date), bulan=number(months)) if months >= 1 else day(date)


def _height(z: float, change: float) -> str:
    if pd.isna(z):
        return MISSING
    return signed(z) if pd.isna(change) else text("sasaran.tbu", z=signed(z), ubah=signed(change))


def _offer_file(choice: Choice, found: Named, source: Source) -> None:
    """Offer the whole list of the choice as a file; asking for it is written down, fetching it once more."""
    _record("siapkan_unduhan", _describe(choice, source, len(found.table)))
    columns = (
        "nama", "jenis_sasaran", "desa", "kecamatan", "periode", "masalah", "ditanya", "merah", "terakhir", "zs_tbu",
        "beda_z", "keadaan",
    )  # fmt: skip
    titled = found.table[list(columns)].assign(terakhir=found.table["terakhir"].dt.strftime("%Y-%m-%d"))
    titled = titled.rename(columns={name: text(f"sasaran.berkas_{name}") for name in columns})
    name = f"sasaran_{choice.place}_{len(titled)}".replace(" ", "_")
    if source.contoh:
        chip = text("umum.cip_contoh")
        titled, name = titled.assign(**{chip: chip}), f"{name}_CONTOH"
    content, label = frame.as_csv(titled), text("sasaran.unduh")
    downloads.offer(f"{name}.csv", content, "text/csv", "unduh_sasaran", label, len(titled))


def show_stamp(choice: Choice, found: Named, source: Source) -> None:
    """Show where the list comes from, which filter is on, and that the look is written down."""
    rounds = sorted(found.table["periode"].unique())
    frame.show_stamp(
        [
            text("umum.cap_sumber_contoh_gizi") if source.contoh else text("umum.cap_sumber_gizi"),
            text("sasaran.cap_putaran", periode=join_names([month(each) for each in rounds])) if rounds else "",
            text("umum.cap_n_keluarga", n=number(len(found.table))),
            text(
                "umum.cap_saring",
                saring=", ".join(part for part in (choice.kind, choice.place, choice.narrowing) if part),
            ),
            text("umum.cap_impor", waktu=moment(source.waktu)),
            text("umum.cap_ruang", ruang=session.room()),
            text("sasaran.cap_audit"),
        ],
        text("umum.cip_contoh") if source.contoh else "",
    )
