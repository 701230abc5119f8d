// One message as a row of the log.

import { clockTime } from "./dates.js";
import { element, icon } from "./dom.js";
import { openPicture } from "./viewer.js";

/** More choices than this open as a list, as in WhatsApp. */
const BUTTONS = 3;
/** Labels up to this many characters stand two in a row. */
const SHORT_LABEL = 15;
/** Labels up to this many characters stand three in a row. */
const TINY_LABEL = 8;

const STATES = {
  waiting: ["clock", "Sedang dikirim"],
  sending: ["tick", "Terkirim"],
  sent: ["ticks", "Sampai"],
  failed: ["failed", "Gagal terkirim"],
};

/**
 * The row of a bubble. `act.choose(option)` is called for a tapped button, `act.list(options, opener)` for a list,
 * `act.retry()` to send a failed bubble again (absent where that is not possible).
 */
export function bubbleRow(bubble, act) {
  const side = bubble.mine ? "mine" : "theirs";
  const row = element("li", { class: `row ${side} ${bubble.kind}` });
  row.append(element("span", { class: "sr-only" }, bubble.mine ? "Anda: " : "Renaksi: "));
  row.append(element("div", { class: "bubble" }, ...contents(bubble), footer(bubble)));
  if (bubble.options.length) row.append(replies(bubble, act));
  if (bubble.state === "failed" && act.retry) row.append(retryButton(bubble, act));
  return row;
}

function contents(bubble) {
  return [
    media(bubble),
    bubble.title ? element("strong", { class: "title" }, bubble.title) : null,
    bubble.text ? element("p", { class: "words" }, bubble.text) : null,
  ];
}

function media(bubble) {
  switch (bubble.kind) {
    case "chart":
    case "photo":
      return bubble.media_url ? thumbnail(bubble) : missing("Gambar tidak tersedia");
    case "file":
    case "document":
      return fileCard(bubble);
    default:
      return null;
  }
}

function thumbnail(bubble) {
  const description = bubble.title || bubble.name || bubble.text || "Gambar";
  const open = () => openPicture(bubble.media_url, description);
  return element(
    "button",
    { type: "button", class: "thumbnail", onclick: open, "aria-label": `Perbesar gambar: ${description}` },
    element("img", { src: bubble.media_url, alt: "" }),
  );
}

function fileCard(bubble) {
  const words = element("span", { class: "file-name" }, bubble.name || "Berkas");
  if (!bubble.media_url) return element("div", { class: "file-card" }, icon("file"), words);
  return element(
    "a",
    { class: "file-card", href: bubble.media_url, download: bubble.name, "aria-label": `Unduh ${bubble.name}` },
    icon("file"),
    words,
    element("span", { class: "file-action" }, "Unduh"),
  );
}

function missing(words) {
  return element("p", { class: "missing" }, words);
}

function footer(bubble) {
  const [name, label] = STATES[bubble.state];
  const tells = bubble.mine || bubble.state === "failed";
  return element(
    "p",
    { class: "meta" },
    bubble.kind === "notice" ? icon("bell", "Pemberitahuan") : null,
    bubble.sample ? element("span", { class: "sample", title: "Angka rekaan untuk contoh" }, "contoh") : null,
    element("time", { dateTime: bubble.at }, clockTime(bubble.at)),
    tells ? icon(name, label) : null,
  );
}

function replies(bubble, act) {
  const { options } = bubble;
  if (options.length > BUTTONS) {
    const opener = element("button", { type: "button", class: "reply list", "aria-haspopup": "dialog" }, icon("list"), "Pilih");
    opener.onclick = () => act.list(options, opener);
    return element("div", { class: "replies" }, opener);
  }
  return element(
    "div",
    { class: `replies ${columns(options)}` },
    ...options.map((option) => element("button", { type: "button", class: "reply", onclick: () => act.choose(option) }, option.label)),
  );
}

/** As many side by side as stay readable at 360 px. */
function columns(options) {
  const longest = Math.max(...options.map((option) => option.label.length));
  if (options.length === BUTTONS && longest <= TINY_LABEL) return "three";
  return options.length > 1 && longest <= SHORT_LABEL ? "two" : "one";
}

function retryButton(bubble, act) {
  return element("p", { class: "retry" }, bubble.reason ?? "Belum terkirim.", " ", element("button", { type: "button", onclick: act.retry }, "Kirim ulang"));
}
