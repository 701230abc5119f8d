// Where a person writes: draft, Enter, paper clip, drag and paste.

const DRAFTS = "renaksi-draft:";

export class Composer {
  /** `on.say(text)` and `on.files(files)` are called with what the person sends. */
  constructor(screen, on) {
    this.on = on;
    this.screen = screen;
    this.form = screen.querySelector(".composer");
    this.draft = screen.querySelector(".draft");
    this.send = screen.querySelector(".send");
    this.file = screen.querySelector(".file");
    this.address = "";
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.draft.addEventListener("input", () => this.changed());
    this.draft.addEventListener("keydown", (event) => this.onKey(event));
    this.draft.addEventListener("paste", (event) => this.onPaste(event));
    screen.querySelector(".clip").addEventListener("click", () => this.file.click());
    this.file.addEventListener("change", () => this.takeFiles());
    this.watchDrag();
  }

  /** Another person's phone: their own draft comes back. */
  show(address, label) {
    this.address = address;
    this.draft.setAttribute("aria-label", label);
    this.draft.value = sessionStorage.getItem(DRAFTS + address) ?? "";
    this.fit();
  }

  changed() {
    sessionStorage.setItem(DRAFTS + this.address, this.draft.value);
    this.fit();
  }

  fit() {
    this.send.disabled = !this.draft.value.trim();
    this.draft.style.height = "auto";
    this.draft.style.height = `${this.draft.scrollHeight}px`;
  }

  submit(event) {
    event.preventDefault();
    const text = this.draft.value.trim();
    if (!text) return;
    this.draft.value = "";
    this.changed();
    this.draft.focus();
    this.on.say(text);
  }

  onKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  onPaste(event) {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    this.on.files([...event.clipboardData.files]);
  }

  takeFiles() {
    const files = [...this.file.files];
    this.file.value = "";
    if (files.length) this.on.files(files);
  }

  watchDrag() {
    const mark = (over) => this.screen.classList.toggle("dragging", over);
    this.screen.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      mark(true);
    });
    this.screen.addEventListener("dragleave", (event) => {
      if (!this.screen.contains(event.relatedTarget)) mark(false);
    });
    this.screen.addEventListener("drop", (event) => {
      event.preventDefault();
      mark(false);
      if (event.dataTransfer.files.length) this.on.files([...event.dataTransfer.files]);
    });
  }
}
