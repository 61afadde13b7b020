"""The tables of `angka` as a user reads them: their columns, and what was said as rows."""

import csv
import io

AWAL, KINI = "2022-05", "2022-09"  # the rounds of the sample
SHARES = "periode,jenis_sasaran,tingkat,kode,nama,parameter,n,penyebut,persen,bawah95,atas95,warna,pasti,catatan"
CHANGES = (
    "parameter,jenis_sasaran,tingkat,kode,nama,awal,kini,n_awal,penyebut_awal,n_kini,penyebut_kini,tetap,keluar,masuk,"
    "selisih,dari_tetap,dari_masuk,dari_keluar,p_mcnemar,putusan,catatan"
)
WOMEN = "periode,tingkat,kode,nama,hamil_normal,melahirkan_normal,dalam_pemantauan,keluar,jumlah,catatan"
COLUMNS = {"parameter": SHARES, "perbandingan": CHANGES, "kek": WOMEN}
Rows = list[dict[str, str]]


def read(said: str) -> Rows:
    return list(csv.DictReader(io.StringIO(said)))
