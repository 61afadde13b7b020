// The map inside the frame of streamlit-folium: shapes are fetched once, afterwards only colours and card texts change.
// dasar() runs once, from the constant script of the base map; lapis() runs for every change of filter.
// The card and choosing a place are in peta_kartu.js, which shares the object balantingPeta.
(function () {
  "use strict";

  const GARIS_SVG = "http://www.w3.org/2000/svg";
  const bersama = { dasar, lapis, garisi, peta: null }; // peta: the one map of this frame
  let peta;

  function dasar(map, opsi) {
    peta = bersama.peta = { map, opsi, sel: new Map(), nama: new Map(), isi: new Map(), fokus: "" };
    for (const [nama, warna] of Object.entries(opsi.warna)) {
      document.documentElement.style.setProperty("--" + nama, warna);
    }
    document.documentElement.lang = "id";
    const wadah = map.getContainer();
    wadah.classList.add("peta-" + opsi.lapis);
    wadah.setAttribute("role", "region");
    wadah.setAttribute("aria-label", opsi.kata.peta);
    ["sel", "batas", "tanda"].forEach((nama, urutan) => {
      map.createPane(nama).style.zIndex = 400 + urutan;
    });
    peta.pola = wadah.appendChild(buat("svg", { width: 0, height: 0, "aria-hidden": "true" }));
    bersama.pasangKartu(wadah);
    tombol();
    map.on("movestart", bersama.tutupKartu);
    map.on("zoomend", aturGeser);
    map.on("resize", () => { if (peta.tunda || (peta.pas && Math.abs(map.getZoom() - peta.pas) < 1e-9)) paskan(); });
    // Leaflet focuses the map at the first touch, and the page jumps under the finger: be first, without the jump.
    wadah.addEventListener("mousedown", () => wadah.focus({ preventScroll: true }), true);
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(wadah);
    map.on("click", () => bersama.pilih(""));
    peta.siap = Promise.all(opsi.berkas.map(ambil)).then(gambar);
    peta.siap.catch(() => { wadah.dataset.pesan = opsi.kata.gagal; });
  }

  async function ambil(alamat) {
    const jawab = await fetch(alamat);
    if (!jawab.ok) throw new Error(alamat + ": " + jawab.status);
    return jawab.json();
  }

  // --- shapes -------------------------------------------------------------------------------------------------------

  function gambar([tempat, batas]) {
    const { map, sel } = peta;
    L.geoJSON(tempat, {
      pane: "sel", noClip: true, smoothFactor: 0, style: { className: "sel", weight: 1.5, fillOpacity: 1 },
      onEachFeature: (bentuk, layer) => sel.set(bentuk.properties.kode, layer),
    }).addTo(map);
    peta.batas = L.geoJSON(batas || tempat, {
      pane: "batas", interactive: false, noClip: true, smoothFactor: 0, style: { className: "batas", fill: false },
    }).addTo(map);
    for (const bentuk of (batas || tempat).features) {
      const [x, y] = bentuk.label;
      const nama = Object.assign(document.createElement("div"), { className: "nama" });
      nama.append(document.createElement("b"), document.createElement("span"));
      nama.lastChild.textContent = bentuk.properties.nama;
      const icon = L.divIcon({ className: "", iconSize: [0, 0], html: nama });
      L.marker([y, x], { interactive: false, keyboard: false, icon }).addTo(map);
      peta.nama.set(bentuk.properties.kode, nama);
    }
    sel.forEach(bersama.pasangPilihan);
    paskan();
  }

  // The box of one kecamatan, or of everything together with the names that stand outside.
  function kotak(fokus) {
    const luas = L.latLngBounds([]);
    peta.sel.forEach((layer, kode) => { if (kode.startsWith(fokus)) luas.extend(layer.getBounds()); });
    if (!fokus) peta.batas.eachLayer((layer) => luas.extend([...layer.feature.label].reverse()));
    return luas;
  }

  function paskan() {
    const { map } = peta, ukuran = map.getSize();
    peta.tunda = ukuran.x <= 12 || ukuran.y <= 24; // not laid out yet: no zoom fits, wait for the next size
    if (peta.tunda) return;
    map.fitBounds(kotak(peta.fokus), { padding: [6, 12] });
    peta.pas = map.getBoundsZoom(kotak(peta.fokus), false, L.point(12, 24));
    map.setMinZoom(map.getBoundsZoom(kotak(""), false, L.point(12, 24)));
    map.setMaxBounds(kotak("").pad(0.25));
    aturGeser();
  }

  // On a phone a finger on the whole map scrolls the page; only a map that is zoomed in follows the finger.
  function aturGeser() {
    const seluruh = peta.map.getZoom() <= peta.map.getMinZoom() + 1e-6;
    peta.map.dragging[L.Browser.mobile && seluruh ? "disable" : "enable"]();
  }

  function tombol() {
    const { map, opsi } = peta;
    const judul = { zoomInTitle: opsi.kata.perbesar, zoomOutTitle: opsi.kata.perkecil };
    const zoom = L.control.zoom({ position: "bottomright", ...judul }).addTo(map);
    const semua = L.DomUtil.create("a", "semua", zoom.getContainer());
    Object.assign(semua, { href: "#", title: opsi.kata.seluruh });
    semua.setAttribute("role", "button");
    semua.setAttribute("aria-label", opsi.kata.seluruh);
    L.DomEvent.on(semua, "click", (e) => { L.DomEvent.stop(e); paskan(); });
  }

  // --- a change of filter -------------------------------------------------------------------------------------------

  function lapis(isi, pilihan) {
    const kelompok = L.featureGroup();
    window.feature_group = []; // streamlit-folium has removed the layers in it and would keep them for ever
    const bilaMasih = () => { if (peta.map.hasLayer(kelompok)) lukis(kelompok, isi, pilihan); };
    kelompok.on("add", () => peta.siap.then(bilaMasih, () => {})); // a failure already shows its own sentence
    return kelompok;
  }

  // A column is text joined by "|", or [its different texts, runs of two base-36 digits: which text, how many rows].
  function urai(kolom) {
    const ulang = ([yang, banyak]) => Array(parseInt(banyak, 36)).fill(kolom[0][parseInt(yang, 36)]);
    const teks = typeof kolom === "string" ? kolom.split("|") : kolom[1].match(/../g).flatMap(ulang);
    return teks.map((isi) => isi.replace(/^-(?=\d)/, "\u2212"));
  }

  // A run of codes: the first, and how many there are.
  function urutan([pertama, banyak]) {
    const [, depan, nomor] = /^(.*?)(\d+)$/.exec(pertama);
    return Array.from({ length: banyak }, (_, i) => depan + String(Number(nomor) + i).padStart(nomor.length, "0"));
  }

  function lukis(kelompok, isi, { pilih, fokus }) {
    const kolom = Object.fromEntries(Object.entries(isi.kolom).map(([nama, nilai]) => [nama, urai(nilai)]));
    peta.isi = new Map(isi.kode.flatMap(urutan).map((kode, i) => {
      return [kode, Object.fromEntries(Object.entries(kolom).map(([nama, nilai]) => [nama, nilai[i]]))];
    }));
    peta.baris = isi.kartu;
    peta.dipilih = pilih;
    const berubah = peta.fokus !== fokus;
    peta.fokus = fokus;
    peta.sel.forEach(warnai);
    peta.sel.forEach((layer, kode) => {
      if (diFokus(kode) && (peta.isi.get(kode) || {}).bintang) tandaiLokus(kelompok, layer);
    });
    if (peta.sel.has(pilih)) garisi(kelompok, peta.sel.get(pilih), "pilih");
    peta.nama.forEach(labeli);
    peta.batas.eachLayer((layer) => pudarkan(layer.getElement(), layer.feature.properties.kode));
    const masuk = peta.sel.has(pilih) ? pilih : [...peta.sel.keys()].find(diFokus);
    if (masuk) peta.sel.get(masuk).getElement().setAttribute("tabindex", 0);
    if (berubah) paskan();
    if (peta.terbuka) bersama.sorot(peta.terbuka);
    document.documentElement.dataset.gambar = Number(document.documentElement.dataset.gambar || 0) + 1; // for tests
  }

  // In focus: the kecamatan itself, its desa, and everything where there is no focus.
  function diFokus(kode) {
    return kode.startsWith(peta.fokus) || peta.fokus.startsWith(kode);
  }

  function pudarkan(unsur, kode) {
    unsur.classList.toggle("pudar", !diFokus(kode));
  }

  function warnai(layer, kode) {
    const baris = peta.isi.get(kode) || { pola: "kosong" };
    const kosong = baris.pola === "kosong";
    layer.setStyle({
      fillColor: isian(baris), color: kosong ? peta.opsi.warna.kosong : peta.opsi.warna.putih,
      weight: kosong ? 1.2 : 1.5, dashArray: kosong ? "3 3" : null,
    });
    if (kosong) layer.bringToFront();
    pudarkan(layer.getElement(), kode);
    layer.getElement().setAttribute("tabindex", -1);
    layer.getElement().setAttribute("aria-label", bersama.kalimat(kode));
  }

  function isian(baris) {
    const { warna } = peta.opsi;
    const polos = warna[baris.warna] || warna.putih;
    if (baris.pola === "arsir") return pola("arsir", polos, warna[baris.warna_arsir] || warna.tinta);
    if (baris.pola === "kosong") return tandaDiLabel() ? warna.putih : pola("kosong", warna.putih, warna.kosong);
    if (baris.pola === "samar") return tandaDiLabel() ? warna.samar : pola("samar", warna.samar, warna.putih);
    return polos;
  }

  // The shapes of kecamatan differ in size: there the cross and the two dots stand over the name, as large as a number.
  function tandaDiLabel() {
    return peta.opsi.lapis === "kecamatan";
  }

  function tandaiLokus(kelompok, layer) {
    garisi(kelompok, layer, "lokus-tepi");
    garisi(kelompok, layer, "lokus");
    const bintang = pola("bintang", "none", peta.opsi.warna.tinta);
    garisi(kelompok, layer, "").setStyle({ stroke: false, fill: true, fillOpacity: 1, fillColor: bintang });
  }

  // A line along a place, on top of everything, that lets the pointer through; its look is the class.
  function garisi(kelompok, layer, kelas) {
    const sifat = { pane: "tanda", interactive: false, noClip: true, smoothFactor: 0, fill: false, className: kelas };
    return L.polygon(layer.getLatLngs(), sifat).addTo(kelompok);
  }

  function labeli(nama, kode) {
    const baris = tandaDiLabel() ? peta.isi.get(kode) || { pola: "kosong" } : {};
    const tanda = { kosong: "×", samar: "••" }[baris.pola];
    nama.firstChild.textContent = tanda || baris.angka || baris.rentang || "";
    nama.firstChild.className = tanda || !baris.rentang ? "" : "rentang";
    pudarkan(nama, kode);
  }

  // --- fills that a flat colour cannot say: one <pattern> for each pair of colours, drawn once ----------------------

  const SILANG = "M41,41 59,59M59,41 41,59";
  const BINTANG = "M50,22 57,41 77,41 61,53 67,72 50,61 33,72 39,53 23,41 43,41Z";

  function pola(jenis, dasar, garis) {
    const id = [jenis, dasar, garis].join("").replace(/[^a-z0-9]/gi, "");
    if (!document.getElementById(id)) {
      const [jarak, tebal] = peta.opsi.lapis === "desa" ? [5.5, 1.5] : [13, 4];
      const ukuran = jenis === "arsir"
        ? { patternUnits: "userSpaceOnUse", width: jarak, height: jarak, patternTransform: "rotate(45)" }
        : { width: 1, height: 1, viewBox: "0 0 100 100", preserveAspectRatio: "xMidYMid slice" };
      const kain = peta.pola.appendChild(buat("pattern", { id, ...ukuran }));
      kain.append(buat("rect", { width: 100, height: 100, fill: dasar }));
      if (jenis === "arsir") kain.append(buat("rect", { width: tebal, height: jarak, fill: garis }));
      if (jenis === "kosong") kain.append(buat("path", { d: SILANG, stroke: garis, "stroke-width": 4 }));
      if (jenis === "samar") [37, 63].forEach((cx) => kain.append(buat("circle", { cx, cy: 50, r: 7, fill: garis })));
      const putih = peta.opsi.warna.putih;
      if (jenis === "bintang") kain.append(buat("path", { d: BINTANG, fill: putih, stroke: garis, "stroke-width": 3 }));
    }
    return "url(#" + id + ")";
  }

  function buat(nama, sifat) {
    const unsur = document.createElementNS(GARIS_SVG, nama);
    for (const [kunci, nilai] of Object.entries(sifat)) unsur.setAttribute(kunci, nilai);
    return unsur;
  }

  window.balantingPeta = bersama;
})();
