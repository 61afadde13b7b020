// The card of a place, and choosing a place by pointer, finger or keyboard, on the map of peta.js.
// Texts enter the page as textContent only, so nothing in the data can become markup.
(function () {
  "use strict";

  const bersama = window.balantingPeta;
  const ARAH = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  function pasangKartu(wadah) {
    const kartu = wadah.appendChild(unsur("div", "kartu", ""));
    kartu.setAttribute("role", "status");
    kartu.hidden = true;
    bersama.peta.kartu = kartu;
  }

  function pasangPilihan(layer, kode) {
    layer.on("mouseover", () => sorot(kode));
    layer.on("mouseout", tutupKartu);
    layer.on("click", (e) => { L.DomEvent.stopPropagation(e); sorot(kode); pilih(kode); });
    const jalur = layer.getElement();
    jalur.setAttribute("role", "button");
    jalur.setAttribute("tabindex", -1);
    jalur.addEventListener("keydown", (e) => tekan(e, kode));
    jalur.addEventListener("focus", () => sorot(kode));
    jalur.addEventListener("blur", tutupKartu);
  }

  // --- the card -----------------------------------------------------------------------------------------------------

  function unsur(nama, kelas, teks) {
    return Object.assign(document.createElement(nama), { className: kelas, textContent: teks });
  }

  // The lines of the card; a line whose template has an empty field is left out.
  function barisKartu(kode) {
    const { isi, baris } = bersama.peta;
    const kolom = isi.get(kode) || {};
    return (baris || []).flatMap(([judul, bentuk]) => {
      const perlu = [...bentuk.matchAll(/\{(\w+)\}/g)].map((cocok) => cocok[1]);
      if (!perlu.every((nama) => kolom[nama])) return [];
      return [[judul, bentuk.replace(/\{(\w+)\}/g, (_, nama) => kolom[nama])]];
    });
  }

  function tempat(kode) {
    const { nama, kecamatan } = bersama.peta.sel.get(kode).feature.properties;
    const { lapis, kata } = bersama.peta.opsi;
    return { nama, di: lapis === "kecamatan" ? "" : kata.kecamatan + " " + kecamatan };
  }

  // What a screen reader says for a place.
  function kalimat(kode) {
    const { nama, di } = tempat(kode);
    const baris = barisKartu(kode).map((bagian) => bagian.filter(Boolean).join(": "));
    return [[nama, di].filter(Boolean).join(", "), ...baris].join("; ");
  }

  function sorot(kode) {
    const { kartu, sel, map } = bersama.peta;
    tutupKartu();
    const { nama, di } = tempat(kode);
    kartu.replaceChildren(unsur("strong", "", nama));
    if (di) kartu.append(unsur("em", "", di));
    for (const [judul, teks] of barisKartu(kode)) {
      const baris = unsur("p", "", "");
      if (judul) baris.append(unsur("span", "", judul + " "));
      baris.append(teks);
      kartu.append(baris);
    }
    kartu.hidden = false;
    bersama.peta.terbuka = kode;
    bersama.peta.sorot = bersama.garisi(map, sel.get(kode), "sorot");
    letakkan(kartu, sel.get(kode).getBounds());
  }

  // Beside the place, on the side with room, and never cut by the frame.
  function letakkan(kartu, kotak) {
    const { map } = bersama.peta;
    const { x: lebar, y: tinggi } = map.getSize();
    const kiri = map.latLngToContainerPoint(kotak.getNorthWest());
    const kanan = map.latLngToContainerPoint(kotak.getSouthEast());
    const x = kanan.x + 8 + kartu.offsetWidth <= lebar ? kanan.x + 8 : kiri.x - 8 - kartu.offsetWidth;
    const y = (kiri.y + kanan.y - kartu.offsetHeight) / 2;
    kartu.style.left = Math.max(2, Math.min(x, lebar - kartu.offsetWidth - 2)) + "px";
    kartu.style.top = Math.max(2, Math.min(y, tinggi - kartu.offsetHeight - 2)) + "px";
  }

  function tutupKartu() {
    const { peta } = bersama;
    peta.kartu.hidden = true;
    peta.terbuka = "";
    if (peta.sorot) peta.sorot.remove();
    peta.sorot = null;
  }

  // --- choosing: a click, Enter or the space bar; arrows walk to the nearest place in that direction ----------------

  // The time makes two equal choices different, so that Streamlit reports each.
  function pilih(kode) {
    const { dipilih } = bersama.peta;
    if (!kode && !dipilih) return;
    window.Streamlit.setComponentValue({ kode: kode === dipilih ? "" : kode, waktu: Date.now() });
  }

  function tekan(e, kode) {
    if (e.key === "Escape") tutupKartu();
    if (e.key !== "Enter" && e.key !== " " && !ARAH[e.key]) return;
    e.preventDefault();
    e.stopPropagation();
    if (!ARAH[e.key]) { pilih(kode); return; }
    const tujuan = tetangga(kode, ARAH[e.key]);
    if (!tujuan) return;
    e.target.setAttribute("tabindex", -1);
    const jalur = bersama.peta.sel.get(tujuan).getElement();
    jalur.setAttribute("tabindex", 0);
    jalur.focus({ preventScroll: true });
  }

  function tetangga(kode, [dx, dy]) {
    const { map, sel } = bersama.peta;
    const tengah = (layer) => map.latLngToContainerPoint(layer.getBounds().getCenter());
    const asal = tengah(sel.get(kode));
    let terbaik = null, terdekat = Infinity;
    sel.forEach((layer, lain) => {
      const beda = tengah(layer).subtract(asal);
      const maju = beda.x * dx + beda.y * dy, samping = Math.abs(beda.x * dy - beda.y * dx);
      const jauh = maju + 2 * samping;
      if (lain !== kode && maju > 0 && samping <= 1.2 * maju && jauh < terdekat) [terbaik, terdekat] = [lain, jauh];
    });
    return terbaik;
  }

  Object.assign(bersama, { pasangKartu, pasangPilihan, sorot, tutupKartu, kalimat, pilih });
})();
