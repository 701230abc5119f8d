// One phone: whose it is, what it shows, and what its holder sends.

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { element, initials } from "./dom.js";
import { Log } from "./log.js";
import { Sheet } from "./sheet.js";

/** The server tells of an answer before its record is committed; looking again after these pauses (ms) finds it. */
const LOOK_AGAIN = [120, 400, 1200];
/** How long (ms) the dots stay when no answer follows. */
const TYPING_LASTS = 8000;

export class Phone {
  /**
   * `cast` are the posts to choose from, `now()` the office's time (ISO), `on.holder(phone)` is called when another
   * person takes the phone, `on.unread(phone)` when the number of unseen answers changes, and `on.time(now)` when
   * the server told the time along with a chat.
   */
  constructor(number, cast, now, on) {
    const copy = document.getElementById("phone-template").content.cloneNode(true);
    this.number = number;
    this.cast = cast;
    this.now = now;
    this.on = on;
    this.root = copy.querySelector(".phone");
    this.root.id = `phone-${number}`;
    this.presence = this.root.querySelector(".presence");
    this.picker = this.root.querySelector(".picker");
    this.visible = true;
    this.unseen = 0;
    this.actor = null;
    this.looking = Promise.resolve();
    const screen = this.root.querySelector(".screen");
    this.sheet = new Sheet(screen);
    this.log = new Log(
      screen,
      {
        choose: (option) => this.choose(option),
        list: (options, opener) => this.sheet.open(options, opener, (option) => this.choose(option)),
      },
      () => this.seen(),
    );
    this.composer = new Composer(screen, {
      say: (text) => this.say(text),
      files: (files) => this.uploadAll(files),
    });
    this.fillPicker();
  }

  fillPicker() {
    const groups = new Map();
    for (const actor of this.cast) {
      if (!groups.has(actor.section)) groups.set(actor.section, this.group(actor.section));
      const option = element("option", { value: actor.address }, `${actor.post} – ${actor.person}`);
      groups.get(actor.section).append(option);
    }
    this.picker.addEventListener("change", () => {
      this.hold(this.cast.find((actor) => actor.address === this.picker.value));
      this.on.holder(this);
    });
  }

  group(section) {
    if (!section) return this.picker;
    const group = element("optgroup", { label: section });
    this.picker.append(group);
    return group;
  }

  /** Give the phone to another person: their chat and their draft. */
  hold(actor) {
    this.actor = actor;
    this.picker.value = actor.address;
    this.root.setAttribute("aria-label", `Telepon ${actor.post}`);
    this.root.querySelector(".avatar.person").textContent = initials(actor.person);
    this.root.querySelector(".holder-name").textContent = actor.person;
    this.root.querySelector(".holder-post").textContent = actor.post;
    this.log.list.setAttribute("aria-label", `Percakapan ${actor.person} dengan Renaksi`);
    this.composer.show(actor.address, `Pesan dari ${actor.person}`);
    this.bubbles = new Map();
    this.waiting = [];
    this.sendings = 0;
    this.typingUntil = 0;
    this.unseen = 0;
    this.sheet.close();
    this.log.clear();
    return this.look();
  }

  /** The server has news for this phone, perhaps a moment before they can be read. */
  async news() {
    if (this.sendings) {
      this.newsWaiting = true;
      return;
    }
    const address = this.actor.address;
    for (const pause of [0, ...LOOK_AGAIN]) {
      await new Promise((resume) => setTimeout(resume, pause));
      if (address !== this.actor.address || (await this.look())) return;
    }
  }

  /** Read what is new, or with `all` everything, one reading after the other. Returns whether anything was new. */
  look(all = false) {
    this.looking = this.looking.then(() => this.read(all));
    return this.looking;
  }

  async read(all) {
    const { address } = this.actor;
    let answer;
    try {
      answer = await api.history(address, all ? 0 : this.settled());
    } catch {
      return false; // the stream's loss is shown already, and reconnecting reads everything
    }
    if (address !== this.actor.address) return true;
    this.on.time(answer.now);
    const changed = answer.bubbles.filter((bubble) => JSON.stringify(this.bubbles.get(bubble.id)) !== JSON.stringify(bubble));
    const newest = Math.max(0, ...this.bubbles.keys());
    const late = changed.some((bubble) => bubble.id < newest && !this.bubbles.has(bubble.id));
    for (const bubble of changed) this.bubbles.set(bubble.id, bubble);
    if (changed.some((bubble) => !bubble.mine)) this.typingUntil = 0;
    if (late) this.reorder();
    this.render(late ? [...this.bubbles.values()] : changed);
    return changed.length > 0;
  }

  /** A bubble came to light that belongs between others: lay the log out again. */
  reorder() {
    this.bubbles = new Map([...this.bubbles].sort(([one], [other]) => one - other));
    this.log.clear();
  }

  /** The id up to which nothing can change any more. */
  settled() {
    const open = [...this.bubbles.values()].filter((bubble) => bubble.state === "sending").map((bubble) => bubble.id);
    return open.length ? Math.min(...open) - 1 : Math.max(0, ...this.bubbles.keys());
  }

  render(bubbles = []) {
    const last = [...this.bubbles.values()].at(-1);
    const typing = this.typingUntil > Date.now() || (last?.mine && last.state === "sending");
    this.presence.textContent = typing ? "sedang mengetik …" : "asisten rencana aksi";
    this.waiting = this.waiting.filter((pending) => !pending.arrived);
    const answers = this.log.show(bubbles, this.waiting, typing);
    if (!this.visible || !this.log.following) this.unseen += answers;
    this.on.unread(this);
  }

  typing() {
    this.typingUntil = Date.now() + TYPING_LASTS;
    this.render();
    setTimeout(() => this.render(), TYPING_LASTS + 50);
  }

  seen() {
    if (!this.visible || this.unseen === 0) return;
    this.unseen = 0;
    this.on.unread(this);
  }

  /** Whether this phone is on the screen (on a narrow one only one is). */
  setVisible(visible) {
    this.visible = visible;
    if (!visible) return;
    this.log.follow();
    if (this.log.following) this.seen();
  }

  say(text) {
    return this.send({ kind: "text", text }, (address) => api.say(address, text));
  }

  choose(option) {
    return this.send({ kind: "text", text: option.label }, (address) => api.press(address, option.token, option.label));
  }

  /** Files chosen together are an album, as on a phone. */
  uploadAll(files) {
    const album = files.length > 1 ? crypto.randomUUID() : "";
    files.forEach((file) => this.upload(file, album));
  }

  upload(file, album) {
    return this.send({ kind: "document", text: "", name: file.name }, (address) => api.upload(address, file, album));
  }

  async send(bubble, deliver) {
    const pending = {
      arrived: false,
      bubble: { mine: true, at: this.now(), title: "", options: [], media_url: null, name: "", sample: false, ...bubble, state: "waiting" },
    };
    this.waiting.push(pending);
    this.render();
    this.log.toNewest();
    await this.deliver(pending, deliver);
  }

  async deliver(pending, deliver) {
    const { address } = this.actor;
    this.sendings += 1;
    try {
      await deliver(address);
      if (address !== this.actor.address) return;
      pending.arrived = true;
    } catch (error) {
      if (address !== this.actor.address) return;
      this.refuse(pending, error.message, deliver);
    }
    this.sendings -= 1;
    await this.look();
    this.render();
    if (this.newsWaiting && !this.sendings) {
      this.newsWaiting = false;
      this.news();
    }
  }

  refuse(pending, reason, deliver) {
    pending.bubble.state = "failed";
    pending.bubble.reason = reason;
    pending.retry = () => {
      pending.bubble.state = "waiting";
      pending.retry = undefined;
      this.render();
      this.deliver(pending, deliver);
    };
  }
}
