// The scrolling list of bubbles of one phone.

import { bubbleRow } from "./bubbles.js";
import { dayOf, longDay } from "./dates.js";
import { element } from "./dom.js";

/** Pixels from the newest bubble within which a reader counts as reading it. */
const NEAR = 90;

export class Log {
  /** `act` as for `bubbleRow`; `onRead()` is called when the reader is at the newest bubble. */
  constructor(screen, act, onRead) {
    this.act = act;
    this.list = screen.querySelector(".log");
    this.pill = screen.querySelector(".newest");
    this.pillWords = screen.querySelector(".newest-words");
    this.onRead = onRead;
    this.following = true;
    this.clear();
    this.pill.addEventListener("click", () => this.toNewest(true));
    this.list.addEventListener("scroll", () => this.onScroll(), { passive: true });
    this.list.addEventListener("load", () => this.follow(), true);
    new ResizeObserver(() => this.follow()).observe(this.list);
  }

  clear() {
    this.rows = new Map();
    this.last = null;
    this.extras = [];
    this.typing = null;
    this.first = true;
    this.list.setAttribute("aria-live", "off");
    this.list.replaceChildren();
    this.unread = 0;
    this.following = true;
    this.showPill();
  }

  /** Show new and changed bubbles, then `waiting` ones, then the dots. Returns how many answers are new. */
  show(bubbles, waiting, typing) {
    for (const extra of this.extras) extra.remove();
    const fresh = bubbles.filter((bubble) => !this.rows.has(bubble.id));
    for (const bubble of bubbles) this.put(bubble);
    this.markPast();
    this.extras = waiting.map((pending) => this.waitingRow(pending));
    if (typing) this.extras.push(dots());
    this.list.append(...this.extras);
    const answers = fresh.filter((bubble) => !bubble.mine).length;
    this.arrived(answers, fresh.some((bubble) => bubble.mine));
    return this.first ? this.opened() : answers;
  }

  opened() {
    this.first = false;
    // Only what comes from now on is read aloud, not the whole history.
    requestAnimationFrame(() => this.list.setAttribute("aria-live", "polite"));
    this.toNewest();
    return 0;
  }

  put(bubble) {
    const text = JSON.stringify(bubble);
    const known = this.rows.get(bubble.id);
    if (known?.text === text) return;
    const row = bubbleRow(bubble, this.act);
    if (known) {
      row.classList.toggle("follows", known.row.classList.contains("follows"));
      known.row.replaceWith(row);
    } else {
      this.append(row, bubble);
    }
    this.rows.set(bubble.id, { text, row });
  }

  append(row, bubble) {
    const sameDay = this.last && dayOf(this.last.at) === dayOf(bubble.at);
    if (!sameDay) this.list.append(element("li", { class: "day" }, element("span", {}, longDay(bubble.at))));
    if (sameDay && this.last.mine === bubble.mine) row.classList.add("follows");
    if (!this.first && !bubble.mine) row.classList.add("fresh");
    this.list.append(row);
    this.last = bubble;
  }

  waitingRow(pending) {
    const row = bubbleRow(pending.bubble, { retry: pending.retry });
    row.classList.add("waiting");
    return row;
  }

  /** Only the newest question stands out; older buttons still work and say so kindly. */
  markPast() {
    const asking = this.list.querySelectorAll(".replies");
    asking.forEach((replies, index) => replies.classList.toggle("past", index < asking.length - 1));
  }

  arrived(answers, own) {
    if (own || this.following) this.toNewest();
    else this.unread += answers;
    this.showPill();
  }

  onScroll() {
    const rest = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight;
    this.following = rest < NEAR;
    if (this.following) this.read();
  }

  read() {
    this.unread = 0;
    this.showPill();
    this.onRead();
  }

  follow() {
    if (this.following) this.list.scrollTop = this.list.scrollHeight;
  }

  toNewest(smoothly = false) {
    this.following = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smoothly && !calm ? "smooth" : "instant" });
    this.read();
  }

  showPill() {
    this.pill.hidden = this.unread === 0;
    this.pillWords.textContent = this.unread > 1 ? `${this.unread} pesan baru` : "Pesan baru";
  }
}

function dots() {
  const three = element("span", { class: "dots" }, element("i"), element("i"), element("i"));
  return element("li", { class: "row theirs typing", "aria-hidden": "true" }, element("div", { class: "bubble" }, three));
}
