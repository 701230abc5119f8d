// The office's local time as it is written in ISO strings; the reader's own time zone never matters.

const WEEKDAYS = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];
const MONTHS = [
  "Januari", "Februari", "Maret", "April", "Mei", "Juni",
  "Juli", "Agustus", "September", "Oktober", "November", "Desember",
];

/** "2022-03-29", one string per local day. */
export function dayOf(iso) {
  return iso.slice(0, 10);
}

/** "Selasa 29 Maret 2022" */
export function longDay(iso) {
  const [year, month, day] = dayOf(iso).split("-").map(Number);
  const weekday = WEEKDAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
  return `${weekday} ${day} ${MONTHS[month - 1]} ${year}`;
}

/** "10.42" */
export function clockTime(iso) {
  return iso.slice(11, 16).replace(":", ".");
}
