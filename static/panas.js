// Behaviour of the heatmap and the strips (ui/charts/heatmap.py, strips.py): a card for the cell under pointer or finger,
// and the choice of a row, told to Python as the trigger "baris". The pictures work without it: the rows are links.
const berjalan = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  berjalan.get(parentElement)?.abort(); // Streamlit calls again with new data, without an end of the former call
  const batal = new AbortController();
  berjalan.set(parentElement, batal);
  const dengar = (jenis, kerja) => document.addEventListener(jenis, kerja, { signal: batal.signal, capture: true });
  const kartu = parentElement.querySelector(".bl-panas-kartu") || parentElement.appendChild(buatKartu());
  const tutup = () => { kartu.hidden = true; };

  const tunjuk = (kejadian) => {
    const sel = kejadian.target.closest?.(".bl-panas tr[data-baris] > td");
    const isi = sel && (sel.dataset.s ? bacaLajur(sel, kejadian.clientX, data.kata) : bacaSel(sel, data.kata));
    if (!isi) return tutup();
    tulis(kartu, isi);
    letakkan(kartu, kejadian);
  };
  dengar("pointermove", tunjuk);
  dengar("pointerdown", tunjuk);
  dengar("scroll", tutup);
  dengar("keydown", (kejadian) => { if (kejadian.key === "Escape") tutup(); });
  dengar("click", (kejadian) => {
    const baris = kejadian.target.closest?.(".bl-panas tr[data-baris]");
    if (!baris || kejadian.ctrlKey || kejadian.metaKey || kejadian.shiftKey) return;
    if (kejadian.pointerType === "touch" && kejadian.target.closest("td")) return; // a finger asks a cell for its card
    kejadian.preventDefault();
    tutup();
    setTriggerValue("baris", baris.dataset.baris);
  });
  return () => batal.abort();
}

// --- what the card says: a title, then parts of a heading and lines; `ini` is the part that was pointed at ------------

const isiPola = (pola, nilai) => pola.replace(/\{(\w+)\}/g, (_, nama) => nilai[nama] ?? "");
const namai = (nama, teks) =>
  Object.fromEntries((teks || "").replaceAll("-", "\u2212").split(";").map((isi, i) => [nama[i], isi]));
const namaBaris = (sel) => sel.closest("tr").querySelector("th a").textContent;

function bacaSel(sel, kata) {
  const tabel = sel.closest("table"), banyak = Number(tabel.dataset.kolom), catatan = JSON.parse(tabel.dataset.catatan);
  const urutan = sel.cellIndex - 1, kolom = urutan % banyak;
  const tempat = tabel.querySelectorAll(".nama abbr")[kolom].title;
  const bagian = [...tabel.querySelectorAll(".judul th")].map((kepala, i) => ({
    judul: kepala.firstChild.textContent,
    ket: kepala.lastChild.textContent.split(/[;,]/)[0],
    ini: i === Math.floor(urutan / banyak),
    larik: larikSel(sel.parentElement.cells, 1 + i * banyak + kolom, kata, catatan),
  }));
  return { judul: `${namaBaris(sel)} · ${tempat}`, bagian };
}

function larikSel(baris, urutan, kata, catatan) {
  const [t, c] = baris[0].dataset.t.split("|")[urutan - 1].split(":");
  const rupa = baris[urutan].className, alasan = c ? catatan[c] : "";
  if (t && kata.ubah.includes(rupa)) {
    const nilai = { ...namai(kata.nama_ubah, t), putusan: kata.rupa[rupa] };
    return [
      isiPola(kata.selisih, nilai), nilai.dari_tetap && isiPola(kata.uraian, nilai),
      nilai.tetap && isiPola(kata.jumlah, nilai), alasan,
    ];
  }
  const nilai = namai(kata.nama_nilai, t);
  return [
    nilai.n && isiPola(kata.nilai, nilai), nilai.n || !alasan ? kata.rupa[rupa] : alasan,
    nilai.tidak_berlaku && isiPola(kata.kosong, nilai),
  ];
}

function bacaLajur(sel, x, kata) {
  const tabel = sel.closest("table"), kotak = sel.querySelector("img").getBoundingClientRect();
  const grup = tabel.dataset.grup.split(",").map(Number);
  const nama = JSON.parse(tabel.dataset.nama), rupa = tabel.dataset.rupa.split(",");
  let letak = ((x - kotak.left) / kotak.width) * (nama.length + grup.length - 1), urutan = 0;
  for (const banyak of grup) {
    if (letak < banyak) break;
    letak -= banyak + 1;
    urutan += banyak;
  }
  if (letak < 0 || !(urutan + Math.floor(letak) < nama.length)) return null;
  urutan += Math.floor(letak);
  const larik = [kata.rupa[rupa[sel.dataset.s.charCodeAt(urutan) - 97]]];
  return { judul: `${namaBaris(sel)} · ${nama[urutan]}`, bagian: [{ judul: "", ket: "", ini: true, larik }] };
}

// --- the card itself -------------------------------------------------------------------------------------------------

const buat = (jenis, teks) => Object.assign(document.createElement(jenis), { textContent: teks });

function buatKartu() {
  return Object.assign(document.createElement("div"), { className: "bl-panas-kartu", role: "tooltip", hidden: true });
}

function tulis(kartu, isi) {
  const bagian = isi.bagian.map(({ judul, ket, ini, larik }) => {
    const kotak = buat("div", "");
    kotak.className = ini ? "ini" : "";
    if (judul) kotak.append(buat("b", judul), ` ${ket}`);
    kotak.append(...larik.filter(Boolean).map((baris) => buat("span", baris)));
    return kotak;
  });
  kartu.replaceChildren(buat("strong", isi.judul), ...bagian);
  kartu.hidden = false;
}

// Beside the pointer, on the side with room, always wholly inside the window.
function letakkan(kartu, { clientX, clientY }) {
  const { offsetWidth: lebar, offsetHeight: tinggi } = kartu, jarak = 14;
  const x = clientX + jarak + lebar > innerWidth - 4 ? clientX - jarak - lebar : clientX + jarak;
  const y = clientY + jarak + tinggi > innerHeight - 4 ? clientY - jarak - tinggi : clientY + jarak;
  kartu.style.left = `${Math.max(4, Math.min(x, innerWidth - lebar - 4))}px`;
  kartu.style.top = `${Math.max(4, y)}px`;
}
