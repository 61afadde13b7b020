"""`angka parameter`, `perbandingan` and `kek` on a store of one's own: the dilution case, no mixing with the sample."""

from pathlib import Path

import pytest

from analytics.comparison import MIX_ONLY
from analytics.disclosure_parameters import clear_comparison, clear_parameters
from analytics.intake import import_files
from commands.arguments import parse
from commands.run import COMMANDS
from config.text import text
from data.store import current_version, open_store, read_table, reading
from tests.builders import Table, make_children, make_table, write_csv
from tests.conftest import run_command
from tests.said_tables import AWAL, CHANGES, COLUMNS, KINI, SHARES, read
from tests.sasaran_tables import BUMIL, PARAMETER, as_table
from ui.parameter_sentences import spoken


def families(periode: str, stay: tuple[int, int], enter: tuple[int, int] = (0, 0)) -> Table:
    """Return a table of one round: with the problem and without, of those in both rounds and of new ones."""
    desa = ["Galumbang", "Hukai", "Juai"]
    rows: list[dict[str, object]] = []
    for name, (ill, well) in (("T", stay), ("B", enter)):
        for number in range(ill + well):
            rows.append(
                {"id_sasaran": f"{name}{number:03}", "id_keluarga": f"K{name}{number:03}", "jenis_sasaran": "balita",
                 "nama": "Anak Contoh", "desa": desa[number % 3], "kecamatan": "Juai", "periode": periode,
                 "SS01": "1" if number < ill else "0"}
            )  # fmt: skip
    return as_table(rows, {})


def test_new_families_alone_dilute_a_share_and_every_word_says_so(tmp_path: Path) -> None:
    own = tmp_path / "simpan"
    first = write_csv(tmp_path / "mei.csv", families(AWAL, (103, 68)))
    second = write_csv(tmp_path / "september.csv", families(KINI, (103, 68), (18, 56)))
    taken = run_command("impor", str(first), str(second), penyimpanan=own)
    assert taken.returncode == 0, taken.stderr
    assert "171 baris dibaca, 171 diterima, 0 ditolak" in taken.stdout and "245 diterima" in taken.stdout

    done = run_command("angka", "perbandingan", penyimpanan=own)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == CHANGES
    [row] = read(done.stdout)
    counts = ["n_awal", "penyebut_awal", "n_kini", "penyebut_kini", "tetap", "keluar", "masuk"]
    assert [int(row[name]) for name in counts] == [103, 171, 121, 245, 171, 0, 74]
    parts = [float(row[name]) for name in ("dari_tetap", "dari_masuk", "dari_keluar")]
    assert float(row["selisih"]) == pytest.approx(100 * (121 / 245 - 103 / 171), abs=1e-9)
    assert (row["dari_tetap"], row["dari_keluar"]) == ("0", "0")
    assert sum(parts) == pytest.approx(float(row["selisih"]), abs=1e-9)
    assert (float(row["p_mcnemar"]), row["putusan"], row["awal"], row["kini"]) == (1, MIX_ONLY, AWAL, KINI)

    store = open_store(own)
    with reading(store) as connection:
        version = current_version(connection, "parameter")
    assert version
    answers = read_table(store, version, "jawaban")
    table = clear_comparison(answers, (AWAL, KINI), "kabupaten", clear_parameters(answers, "publik"))
    sentence = spoken(next(table.table.itertuples()))
    assert text("parameter.ucap_hanya_susunan") in sentence
    assert "Tidak ada keluarga yang membaik" in sentence and "pasti membaik" not in sentence
    assert all(number in sentence for number in ("103", "171", "121", "245"))


def import_own(penyimpanan: Path, folder: Path, table: Table) -> None:
    [result] = import_files(open_store(penyimpanan), [write_csv(folder / "a.csv", table)])
    assert result.disimpan


@pytest.mark.parametrize("nama", COLUMNS)
def test_after_an_import_of_measurements_no_sample_row_of_another_table_appears(
    nama: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "simpan"
    import_own(own, tmp_path, make_table(3, make_children()))
    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(own))
    for tingkat in ("kabupaten", "desa"):
        assert COMMANDS["angka"](parse(["angka", nama, "--tingkat", tingkat])) == 0
        said = capsys.readouterr()
        assert (said.out, said.err) == (COLUMNS[nama] + "\n", "")
    assert COMMANDS["angka"](parse(["angka", nama, "--periode", KINI, "--awal", AWAL, "--wilayah", "63.11.02"])) == 0
    assert capsys.readouterr().out == COLUMNS[nama] + "\n"
    assert not (own / "contoh").exists()


def test_an_own_store_with_measurements_only_is_empty_as_a_user_sees_it(tmp_path: Path) -> None:
    own = tmp_path / "simpan"
    import_own(own, tmp_path, make_table(3, make_children()))
    done = run_command("angka", "parameter", penyimpanan=own)
    assert (done.returncode, done.stdout, done.stderr) == (0, SHARES + "\n", "")


def test_after_an_import_of_families_the_tables_of_other_kinds_are_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "simpan"
    import_own(own, tmp_path, as_table([{}], PARAMETER))
    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(own))
    lines = {}
    for nama in ("prevalensi", "kek", "parameter", "perbandingan"):
        assert COMMANDS["angka"](parse(["angka", nama, "--ruang", "rapat"])) == 0
        lines[nama] = capsys.readouterr().out.splitlines()
        if nama in ("prevalensi", "kek"):
            for more in (
                ["--tingkat", "kecamatan"],
                ["--tingkat", "desa", "--wilayah", "63.11.02"],
                ["--periode", KINI],
            ):
                assert COMMANDS["angka"](parse(["angka", nama, *more])) == 0
                assert capsys.readouterr().out.splitlines() == lines[nama]
    assert (len(lines["prevalensi"]), len(lines["kek"])) == (1, 1)
    shares = read("\n".join(lines["parameter"]))
    assert [(row["parameter"], row["n"], row["penyebut"], row["catatan"]) for row in shares] == [
        ("SP01", "1", "1", ""), ("SP05", "0", "1", ""), ("SS01", "", "", "tidak berlaku"), ("SS06", "", "", "tidak ditanyakan"),
    ]  # fmt: skip
    compared = read("\n".join(lines["perbandingan"]))
    assert {(row["awal"], row["kini"]) for row in compared} == {(AWAL, AWAL)}  # one round is its own first and newest


def test_own_women_are_counted_by_their_latest_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "simpan"
    rows = [{"id_sasaran": f"B{number}", "lila_cm": "22"} for number in range(3)]
    rows += [{"id_sasaran": "B0", "tanggal": "2022-09-10", "lila_cm": "23.5"}]
    import_own(own, tmp_path, as_table(rows, BUMIL))
    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(own))
    assert COMMANDS["angka"](parse(["angka", "kek", "--ruang", "rapat"])) == 0
    found = [
        [row[name] for name in ("periode", "hamil_normal", "dalam_pemantauan", "jumlah")]
        for row in read(capsys.readouterr().out)
    ]
    assert found == [[AWAL, "0", "3", "3"], [KINI, "1", "2", "3"]]
    assert COMMANDS["angka"](parse(["angka", "kek"])) == 0
    public = read(capsys.readouterr().out)
    assert all(row["jumlah"] == "" and "disamarkan" in row["catatan"] for row in public)
