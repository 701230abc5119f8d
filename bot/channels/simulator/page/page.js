// Puts the page together: the office, three phones, the tabs of a narrow screen, and the server's events.

import * as api from "./api.js";
import { Clock } from "./clock.js";
import { element, initials } from "./dom.js";
import { Phone } from "./phone.js";

const HOLDERS = "renaksi-holders";
/** Who holds the three phones at first. */
const FIRST_ROLES = ["kasi", "kasubbag", "camat"];

const narrow = matchMedia("(max-width: 1019px)");
const stage = document.getElementById("phones");
const tabList = document.querySelector(".tabs");
const connection = document.getElementById("connection");
const clock = new Clock();
let phones = [];
let tabs = [];

function showOffice(office) {
  clock.zone = office.zone_name;
  const others = office.plans.filter((plan) => plan !== office.plan_name);
  const plan = document.getElementById("plan-name");
  document.getElementById("office-name").textContent = office.name;
  document.getElementById("kabupaten").textContent = office.kabupaten;
  plan.textContent = `Rencana aksi ${office.year}`;
  plan.title = others.length ? `Rencana lain: ${others.join(", ")}` : "";
  document.title = `${office.name} · simulator Renaksi`;
  clock.settle(office.now, office.moving, office.tick);
}

function firstHolders(cast) {
  const saved = JSON.parse(sessionStorage.getItem(HOLDERS) ?? "[]");
  return FIRST_ROLES.map((role, number) => {
    const known = cast.find((actor) => actor.address === saved[number]);
    return known ?? cast.find((actor) => actor.role === role) ?? cast[number % cast.length];
  });
}

function rememberHolders() {
  sessionStorage.setItem(HOLDERS, JSON.stringify(phones.map((phone) => phone.actor.address)));
}

function makeTab(phone) {
  const tab = element(
    "button",
    { type: "button", class: "tab", id: `tab-${phone.number}`, role: "tab", "aria-controls": phone.root.id },
    element("span", { class: "avatar person", "aria-hidden": "true" }),
    element("span", { class: "tab-name" }),
    element("span", { class: "tab-unread", hidden: true }),
  );
  tab.addEventListener("click", () => activate(phone.number));
  return tab;
}

function labelTab(phone) {
  const tab = tabs[phone.number];
  tab.querySelector(".avatar").textContent = initials(phone.actor.person);
  tab.querySelector(".tab-name").textContent = phone.actor.post;
  const unread = tab.querySelector(".tab-unread");
  unread.textContent = phone.unseen > 9 ? "9+" : String(phone.unseen);
  unread.setAttribute("aria-label", `${phone.unseen} pesan baru`);
  unread.hidden = phone.unseen === 0;
}

function activate(number) {
  stage.dataset.active = String(number);
  tabs.forEach((tab, index) => {
    tab.setAttribute("aria-selected", String(index === number));
    tab.tabIndex = index === number ? 0 : -1;
  });
  phones.forEach((phone, index) => phone.setVisible(!narrow.matches || index === number));
}

function stepTabs(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = (Number(stage.dataset.active) + step + tabs.length) % tabs.length;
  activate(next);
  tabs[next].focus();
}

function setUp(cast) {
  const on = {
    holder: (phone) => {
      rememberHolders();
      labelTab(phone);
    },
    unread: labelTab,
    time: (now) => clock.glimpse(now),
  };
  phones = FIRST_ROLES.map((_, number) => new Phone(number, cast, () => clock.now, on));
  tabs = phones.map(makeTab);
  stage.replaceChildren(...phones.map((phone) => phone.root));
  tabList.replaceChildren(...tabs);
  tabList.addEventListener("keydown", stepTabs);
  narrow.addEventListener("change", () => activate(Number(stage.dataset.active)));
  firstHolders(cast).forEach((actor, number) => phones[number].hold(actor));
  activate(0);
}

const holding = (address) => phones.filter((phone) => phone.actor.address === address);

/** Everything anew: at the start, and after every connection that was lost. */
async function refresh() {
  try {
    showOffice(await api.office());
    if (phones.length) await Promise.all(phones.map((phone) => phone.look(true)));
    else setUp(await api.cast());
    connection.hidden = true;
  } catch (error) {
    connection.textContent = error.message;
    connection.hidden = false;
  }
}

api.listen({
  ready: refresh,
  lost: () => {
    connection.textContent = "Sambungan terputus; menyambung lagi …";
    connection.hidden = false;
  },
  chat: ({ address }) => holding(address).forEach((phone) => phone.news()),
  typing: ({ address }) => holding(address).forEach((phone) => phone.typing()),
  clock: (told) => clock.hear(told),
});
