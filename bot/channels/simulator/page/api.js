// Everything the page asks of its server. Failures are Errors whose message is a sentence for the reader.

const ROOT = "/simulator/api";
const UNREACHABLE = "Simulator tidak menjawab; periksa apakah programnya masih berjalan.";

/** Bytes of one file; the server refuses more as well. */
export const UPLOAD_LIMIT = 20 * 1024 * 1024;
export const TOO_LARGE = "Berkas lebih dari 20 MB tidak dapat dikirim; kirim yang lebih kecil.";

async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(ROOT + path, { cache: "no-store", ...options });
  } catch {
    throw new Error(UNREACHABLE);
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(answer.sentence ?? UNREACHABLE), { answer });
  return answer;
}

function post(path, body) {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

const chat = (address) => `/chat/${encodeURIComponent(address)}`;

export const office = () => ask("/office");
export const cast = () => ask("/cast");
export const history = (address, after) => ask(`${chat(address)}?after=${after}`);
export const say = (address, text) => post(chat(address), { text });
export const press = (address, token, label) => post(chat(address), { token, label });
export const moveClock = (to) => post("/clock", { to });

/** `album` is the name of what was chosen together, empty for a file alone. */
export function upload(address, file, album) {
  if (file.size > UPLOAD_LIMIT) return Promise.reject(new Error(TOO_LARGE));
  const form = new FormData();
  form.append("file", file, file.name);
  return ask(`${chat(address)}/upload?album=${album}`, { method: "POST", body: form });
}

/** Longest pause before a lost stream is opened again, in milliseconds. */
const LONGEST_PAUSE = 5000;

/**
 * Listen to the server's events for as long as the page is open; `on.ready` follows every (re)connection, when
 * everything must be read anew, and `on.lost` every loss.
 */
export function listen(on) {
  let pause = 250;
  const open = () => {
    const source = new EventSource(`${ROOT}/events`);
    source.addEventListener("ready", () => {
      pause = 250;
      on.ready();
    });
    for (const kind of ["chat", "typing", "clock"]) {
      source.addEventListener(kind, (event) => on[kind](JSON.parse(event.data)));
    }
    source.onerror = () => {
      source.close();
      on.lost();
      setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    };
  };
  open();
}
