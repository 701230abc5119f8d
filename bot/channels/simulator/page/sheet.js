// The list that slides up from the bottom of a phone.

import { element } from "./dom.js";

export class Sheet {
  constructor(screen) {
    this.surface = screen.querySelector(".surface");
    this.layer = screen.querySelector(".sheet-layer");
    this.rows = screen.querySelector(".sheet-rows");
    this.opener = null;
    screen.querySelector(".scrim").addEventListener("click", () => this.close());
    screen.querySelector(".sheet-close").addEventListener("click", () => this.close());
    this.layer.addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  open(options, opener, choose) {
    this.opener = opener;
    this.rows.replaceChildren(...options.map((option, index) => this.row(option, index + 1, choose)));
    this.surface.inert = true;
    this.layer.hidden = false;
    this.rows.querySelector("button").focus({ preventScroll: true });
  }

  row(option, number, choose) {
    const pick = () => {
      this.close();
      choose(option);
    };
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: "sheet-row", onclick: pick },
        element("span", { class: "sheet-number", "aria-hidden": "true" }, String(number)),
        element(
          "span",
          { class: "sheet-words" },
          element("span", { class: "sheet-label" }, option.label),
          option.hint ? element("span", { class: "sheet-hint" }, option.hint) : null,
        ),
      ),
    );
  }

  close() {
    if (this.layer.hidden) return;
    this.layer.hidden = true;
    this.surface.inert = false;
    if (this.opener?.isConnected) this.opener.focus({ preventScroll: true });
    this.opener = null;
  }

  onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...this.rows.querySelectorAll("button")];
    const next = buttons.indexOf(document.activeElement) + step;
    buttons[(next + buttons.length) % buttons.length].focus();
  }
}
