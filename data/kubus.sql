-- The kubus: counts by month, desa, sex and age group, of the latest measurement of each child in a month.
-- Plain SQL on purpose: the same text must run on other engines. z counts only where plausible.
SELECT
    bulan,
    kode_desa,
    jk,
    kelompok_umur,
    COUNT(*) AS diukur,
    SUM(CASE WHEN status_tbu IS NOT NULL THEN 1 ELSE 0 END) AS tbu_z,
    SUM(CASE WHEN tanda_tbu = 1 THEN 1 ELSE 0 END) AS tbu_tidak_wajar,
    SUM(CASE WHEN status_tbu = 'Sangat pendek' THEN 1 ELSE 0 END) AS tbu_sangat_pendek,
    SUM(CASE WHEN status_tbu = 'Pendek' THEN 1 ELSE 0 END) AS tbu_pendek,
    SUM(CASE WHEN status_tbu = 'Normal' THEN 1 ELSE 0 END) AS tbu_normal,
    SUM(CASE WHEN status_tbu = 'Tinggi' THEN 1 ELSE 0 END) AS tbu_tinggi,
    SUM(CASE WHEN status_bbu IS NOT NULL THEN 1 ELSE 0 END) AS bbu_z,
    SUM(CASE WHEN tanda_bbu = 1 THEN 1 ELSE 0 END) AS bbu_tidak_wajar,
    SUM(CASE WHEN status_bbu = 'Berat badan sangat kurang' THEN 1 ELSE 0 END) AS bbu_sangat_kurang,
    SUM(CASE WHEN status_bbu = 'Berat badan kurang' THEN 1 ELSE 0 END) AS bbu_kurang,
    SUM(CASE WHEN status_bbu = 'Berat badan normal' THEN 1 ELSE 0 END) AS bbu_normal,
    SUM(CASE WHEN status_bbu = 'Risiko berat badan lebih' THEN 1 ELSE 0 END) AS bbu_risiko_lebih,
    SUM(CASE WHEN status_bbtb IS NOT NULL THEN 1 ELSE 0 END) AS bbtb_z,
    SUM(CASE WHEN tanda_bbtb = 1 THEN 1 ELSE 0 END) AS bbtb_tidak_wajar,
    SUM(CASE WHEN status_bbtb = 'Gizi buruk' THEN 1 ELSE 0 END) AS bbtb_gizi_buruk,
    SUM(CASE WHEN status_bbtb = 'Gizi kurang' THEN 1 ELSE 0 END) AS bbtb_gizi_kurang,
    SUM(CASE WHEN status_bbtb = 'Gizi baik' THEN 1 ELSE 0 END) AS bbtb_gizi_baik,
    SUM(CASE WHEN status_bbtb = 'Berisiko gizi lebih' THEN 1 ELSE 0 END) AS bbtb_berisiko_lebih,
    SUM(CASE WHEN status_bbtb = 'Gizi lebih' THEN 1 ELSE 0 END) AS bbtb_gizi_lebih,
    SUM(CASE WHEN status_bbtb = 'Obesitas' THEN 1 ELSE 0 END) AS bbtb_obesitas,
    SUM(CASE WHEN status_imtu IS NOT NULL THEN 1 ELSE 0 END) AS imtu_z,
    SUM(CASE WHEN tanda_imtu = 1 THEN 1 ELSE 0 END) AS imtu_tidak_wajar,
    SUM(CASE WHEN status_imtu = 'Gizi buruk' THEN 1 ELSE 0 END) AS imtu_gizi_buruk,
    SUM(CASE WHEN status_imtu = 'Gizi kurang' THEN 1 ELSE 0 END) AS imtu_gizi_kurang,
    SUM(CASE WHEN status_imtu = 'Gizi baik' THEN 1 ELSE 0 END) AS imtu_gizi_baik,
    SUM(CASE WHEN status_imtu = 'Berisiko gizi lebih' THEN 1 ELSE 0 END) AS imtu_berisiko_lebih,
    SUM(CASE WHEN status_imtu = 'Gizi lebih' THEN 1 ELSE 0 END) AS imtu_gizi_lebih,
    SUM(CASE WHEN status_imtu = 'Obesitas' THEN 1 ELSE 0 END) AS imtu_obesitas
FROM pengukuran
WHERE terakhir
GROUP BY bulan, kode_desa, jk, kelompok_umur
ORDER BY bulan, kode_desa, jk, kelompok_umur
