// The office's clock in the top bar, and moving it.

import * as api from "./api.js";
import { clockTime, longDay } from "./dates.js";

/** How long (ms) the sentence about a finished move stays. */
const SENTENCE_LASTS = 9000;

export class Clock {
  constructor() {
    this.form = document.getElementById("clock-form");
    this.face = document.getElementById("clock-face");
    this.time = document.getElementById("clock-time");
    this.day = document.getElementById("clock-day");
    this.field = document.getElementById("clock-to");
    this.status = document.getElementById("clock-status");
    this.progress = document.getElementById("clock-progress");
    this.now = "";
    this.zone = "";
    this.tick = 0;
    this.moving = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.move(this.field.value.trim());
    });
    for (const button of this.form.querySelectorAll("[data-to]")) {
      button.addEventListener("click", () => this.move(button.dataset.to));
    }
    this.face.addEventListener("click", () => this.toggle());
    this.field.addEventListener("input", () => {
      this.field.removeAttribute("aria-invalid");
      this.tell("");
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.toggle(false);
    });
  }

  /** On a narrow screen the controls fold away; on a wide one a tap on the clock leads to its field. */
  toggle(open = this.face.getAttribute("aria-expanded") !== "true") {
    this.face.setAttribute("aria-expanded", String(open));
    if (open) this.field.focus();
  }

  /** What an event tells, unless an answer that was faster has told it already. */
  hear({ now, moving, tick }) {
    if (tick > this.tick) this.settle(now, moving, tick);
  }

  /** The time that came along with something else; it only ever goes forward. */
  glimpse(now) {
    if (!this.moving && now > this.now) this.show(now, false);
  }

  settle(now, moving, tick) {
    this.tick = tick;
    this.show(now, moving);
  }

  show(now, moving) {
    this.now = now;
    this.moving = moving;
    this.time.textContent = `${clockTime(now)} ${this.zone}`;
    this.time.dateTime = now;
    this.day.textContent = longDay(now);
    this.progress.hidden = !moving;
    document.body.classList.toggle("moving", moving);
    for (const control of this.form.elements) control.disabled = moving;
    if (moving) this.tell("memindahkan jam …");
    else if (!this.status.dataset.kind) this.tell("");
  }

  tell(sentence, kind = "") {
    clearTimeout(this.fading);
    this.status.textContent = sentence;
    this.status.dataset.kind = kind;
    this.status.hidden = !sentence;
    if (kind) this.fading = setTimeout(() => this.tell(""), SENTENCE_LASTS);
  }

  async move(to) {
    if (!to) {
      this.field.focus();
      return;
    }
    const focused = this.form.contains(document.activeElement) ? document.activeElement : null;
    this.show(this.now, true);
    try {
      const { now, sentence, tick } = await api.moveClock(to);
      this.settle(now, false, tick);
      this.tell(sentence, "done");
      this.field.value = "";
      this.toggle(false);
      // A control that was disabled for a while has lost the focus; where it folded away, the clock takes it.
      if (focused) (focused.offsetParent ? focused : this.face).focus();
    } catch (error) {
      this.settle(this.now, false, error.answer?.tick ?? this.tick);
      this.tell(error.message, "refused");
      this.field.setAttribute("aria-invalid", "true");
      this.field.focus();
    }
  }
}
