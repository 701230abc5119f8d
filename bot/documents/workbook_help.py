"""The text of the sheet `Petunjuk`: how an office fills in its workbook."""

HELP: tuple[tuple[str, str], ...] = (
    ("Petunjuk mengisi buku kerja Renaksi", ""),
    (
        "Urutan",
        "Isi lembar Kantor, lalu Jabatan, Pegawai, dan Indikator. Lembar lain boleh kosong. "
        "Jangan mengubah nama lembar dan judul kolom.",
    ),
    (
        "Memeriksa",
        'Perintah "renaksi check" membaca berkas ini tanpa mengubah apa pun dan menunjukkan sel yang perlu diperbaiki. '
        'Sesudah bersih, "renaksi load" menerapkannya.',
    ),
    (
        "Lewat obrolan",
        "Berkas ini boleh juga dikirim admin ke Renaksi: isinya ditinjau dahulu, dan baru berlaku setelah dimuat. "
        "Tiap judul kolom punya catatan; arahkan penunjuk ke sudut merahnya.",
    ),
    (
        "Angka",
        "Tulis angka saja, tanpa satuan, tanda persen, atau Rp. Target 25% ditulis 25. "
        "Jangan memakai rumus; tempel sebagai nilai.",
    ),
    ("Kantor", ""),
    ("Zona waktu", "WIB, WITA, atau WIT."),
    ("Hari kerja", "5 atau 6 hari seminggu."),
    (
        "Mulai dipakai",
        "Bulan pertama yang dilaporkan lewat Renaksi, misalnya 2022-06. Periode sebelumnya tidak ditagih. "
        "Kosong berarti sejak awal rencana, atau seperti yang diatur lewat obrolan.",
    ),
    ("Dokumen", "Nomor dan tanggal rencana aksi. Alasan perubahan diisi bila rencana ini menggantikan yang lama."),
    (
        "Isi berkas",
        '"rencana saja" bila berkas ini hanya memuat rencana: pegawai, libur, tanda tangan, layanan, dan anggaran '
        "kantor tetap seperti yang tercatat. Kosong berarti seluruh kantor.",
    ),
    ("Jabatan", ""),
    ("Peran", "camat (tepat satu), sekretaris, kasubbag, kasi, atau pelaksana."),
    ("Atasan", "Nama jabatan di atasnya, sama seperti di kolom Jabatan. Kosong hanya untuk camat."),
    ("Seksi", "Nama seksi atau subbagian dalam ringkasan, untuk jabatan langsung di bawah camat."),
    ("Admin", 'Isi "ya" untuk jabatan yang mengelola rencana, biasanya Kasubbag Perencanaan.'),
    (
        "Unit",
        "Nama kelurahannya, misalnya Kelurahan Bulak; kosong untuk jabatan kecamatan sendiri. Di ringkasan kelurahan "
        "menjadi seksi tersendiri, dan jabatannya disebut dengan nama kelurahannya.",
    ),
    ("Nama lama", "Nama jabatan sebelumnya, dipisah titik koma. Angka, rencana, dan pejabatnya tetap."),
    ("Berakhir", "Hari terakhir jabatan yang sudah tidak ada lagi; kosong untuk yang masih ada."),
    ("Pegawai", ""),
    ("Nomor telepon", "Seperti +62812xxxxxxxx, boleh kosong. Status: definitif, Plt, atau Plh."),
    (
        "Sejak dan Sampai",
        "Hari pertama dan hari terakhir di jabatan itu, boleh kosong. Mutasi: isi Sampai bagi pejabat lama dan "
        "tambahkan baris penggantinya dengan Sejak. Plt dan Plh sebaiknya selalu diberi Sampai.",
    ),
    (
        "Libur",
        "Hari libur kantor sendiri, satu tanggal setiap baris dengan namanya (misalnya Galungan). Libur nasional dan "
        "cuti bersama sudah dikenal. Tanggal yang dihapus dari lembar ini menjadi hari kerja lagi.",
    ),
    (
        "Tanda tangan",
        "Siapa yang menandatangani formulir: Peran seperti Disusun oleh atau Mengetahui, lalu jabatan, nama, pangkat, "
        "dan NIP. Selain Peran boleh kosong dan ditulis tangan. NIP ditulis sebagai teks.",
    ),
    ("Indikator", ""),
    ("Kode", "Bebas tetapi unik, dan tetap sama bila rencana diubah."),
    ("Jabatan", "Jabatan yang melaporkan. Bila kosong, admin akan ditanya."),
    (
        "Cara hitung",
        "SUM = setiap periode dijumlahkan. CUM = posisi sampai dengan periode itu. LEVEL = kondisi tiap periode, tidak "
        "dijumlahkan. SINGLE = satu kali setahun. Kosongkan bila ragu: Renaksi membaca dari target, dan bertanya bila "
        'tidak jelas. "(usulan)" minta dipastikan pemiliknya, "TANYA" berarti belum diputuskan.',
    ),
    ("Nilai setahun", "Untuk LEVEL: terakhir (jumlah barang, indeks) atau rata-rata (mutu layanan)."),
    ("Arah", "positif = makin tinggi makin baik, negatif = makin rendah makin baik, stabil = dijaga tetap."),
    ("Ritme", "bulanan, triwulanan, atau tahunan. Bila kosong mengikuti target yang terisi."),
    ("Rasio", 'Isi "ya" bila dilaporkan sebagai "15 dari 20".'),
    (
        "Target periode",
        "Isi kolom bulan (Jan sampai Des) atau kolom triwulan (TW I sampai TW IV), salah satu saja. "
        'Kosong atau "-" berarti tidak ada target. "?" berarti targetnya ada tetapi tidak terbaca: akan ditanyakan.',
    ),
    ("Batas", 'Nilai terkecil dan terbesar yang masuk akal. Kosong berarti batas lazim satuannya, "-" tanpa batas.'),
    ("Konteks", 'Isi "ya" untuk baris yang hanya penjelas dan tidak dilaporkan.'),
    (
        "Bukti",
        "Bukti yang paling sedikit diminta untuk tiap angka: foto, dokumen, berkas (bukan tautan), bukti (apa saja), "
        "atau tidak wajib. Kosong berarti seperti yang diatur lewat obrolan (bukti atur).",
    ),
    ("Jumlah bukti", "Berapa buah paling sedikit; kosong berarti satu."),
    (
        "Layanan",
        "Pelayanan yang dihitung tiap bulan tanpa target (PATEN), satu baris setiap jenis. Kodenya tidak boleh sama "
        "dengan kode indikator. Kelompok adalah judul di atasnya, boleh kosong. Satuan kosong berarti layanan.",
    ),
    (
        "Renstra",
        "Untuk formulir evaluasi Renja, satu baris setiap indikator. Tahun dihitung dari tahun rencana: bila rencana "
        "2024, tahun lalu 2023 (n-1), dua tahun lalu 2022 (n-2), dan s/d tiga tahun lalu berarti sejak awal Renstra "
        "sampai dengan 2021 (n-3). Anggaran dalam rupiah. Yang kosong dicetak belum diisi.",
    ),
    (
        "Perlu dijawab",
        "Hanya ada di berkas bertanda: daftar yang belum jelas dari rencana yang dikirim. Isi kolom Jawaban (pilih "
        "dari daftar atau tulis), atau betulkan sel kuningnya di lembar Indikator, lalu kirim atau muat lagi.",
    ),
    ("Pertanyaan dan Jawaban", ""),
    ("Perihal", "Cara hitung, Jabatan, Nama, Arah, Target, Satuan, Target setahun, atau Berulang."),
    (
        "Usulan, Jawaban",
        "Cara hitung: SUM, CUM, LEVEL, SINGLE. Jabatan: nama jabatan. Arah: positif atau negatif. "
        "Target: 2022-07=233; 2022-08=- (tanda - berarti tidak ada target).",
    ),
    ("Pilihan", "Satu pilihan setiap baris di dalam sel (Alt+Enter)."),
    ("Realisasi", ""),
    ("Periode", "Bulan 2022-03, triwulan 2022-TW1, atau tahun 2022."),
    ("Tanda", '"contoh" untuk angka atau keputusan karangan. Kosong untuk yang sebenarnya.'),
    (
        "Realisasi awal",
        "Untuk kantor yang mulai di tengah tahun: satu baris setiap indikator dengan posisinya s/d bulan atau triwulan "
        "terakhir sebelum mulai dipakai (misalnya 2022-05), dan sumbernya (laporan TW I, buku register). Angka satu "
        'periode saja: isi Berlaku dengan "periode itu saja".',
    ),
    ("Anggaran", ""),
    (
        "Kode",
        "Kode rekening dengan titik: 5.1.01 berada di bawah 5.1. Hanya baris paling bawah yang dilaporkan tiap bulan; "
        "baris di atasnya dijumlahkan dari sana.",
    ),
    ("Jenjang", "Program, Kegiatan, Sub kegiatan, atau Aksi."),
    (
        "Pagu",
        "Rupiah bulat tanpa titik. Baris yang membawahkan baris lain boleh kosong: dihitung dari baris di bawahnya. "
        "Pagu perubahan diisi setelah DPA berubah; bila terisi, itulah yang berlaku.",
    ),
    (
        "Dilaporkan oleh",
        "Jabatan yang melaporkan realisasinya. Kosong berarti Bendahara; bila tidak ada, PPTK; bila tidak ada pula, "
        "admin.",
    ),
    ("Realisasi keuangan", ""),
    ("Realisasi", "Rupiah s/d bulan itu, bukan bulan itu saja. Periode hanya bulan, misalnya 2022-03."),
    ("Fisik", "Persen s/d bulan itu, 0 sampai 100. Boleh kosong."),
)
"""Subject and text; a subject without text is a heading."""
