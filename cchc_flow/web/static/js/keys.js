// The board by keys: arrows walk the cards, each column is one tab stop, m opens a card's steps, Space lifts a card,
// arrows carry it, Space drops it, Esc puts it back. Only keys pressed on a card count, none while an input method composes.

const dialog = document.getElementById("dialog");
const told = document.getElementById("told");
const byId = (id) => document.getElementById(id);
const title = (card) => card.querySelector("a");
const cardsOf = (list) => [...list.querySelectorAll("li[data-v]")];
const lists = () => [...document.querySelectorAll("#board .cards:not(.folded)")];
const swimlaneOf = (list) => lists().filter((one) => one.dataset.swimlane === list.dataset.swimlane);
const nameOf = (card) => card.querySelector("i")?.textContent.trim() || `«${title(card).lastChild.textContent.trim()}»`;
const columnOf = (list) => list.closest(".lane").querySelector("h2").firstChild.textContent.trim();
const tell = (words) => { told.textContent = words; };

let here = { id: "", list: "", at: 0 }; // the card that has, or had, the focus
let lifted = null; // the card in the hand: { card, from, behind, ways }

function stand(card) {
  if (!card) return;
  title(card).focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function remember(card) {
  const list = card.parentElement;
  here = { id: card.id, list: list.id, at: cardsOf(list).indexOf(card) };
  for (const other of cardsOf(list.closest(".lane"))) title(other).tabIndex = other === card ? 0 : -1;
}

// Each column is one tab stop; the button of a card's steps is named with its card.
function order() {
  for (const lane of document.querySelectorAll("#board .lane")) {
    const cards = [...lane.querySelectorAll(".cards:not(.folded)")].flatMap(cardsOf);
    const stop = cards.find((card) => card.id === here.id) ?? cards.find((card) => title(card).tabIndex === 0 && title(card).hasAttribute("tabindex")) ?? cards[0];
    for (const card of cards) {
      title(card).tabIndex = card === stop ? 0 : -1;
      const steps = card.querySelector(".m");
      if (!steps) continue;
      steps.tabIndex = -1;
      steps.setAttribute("aria-label", `Chọn bước cho ${nameOf(card)}`);
    }
  }
}

// What was in the eye may have moved on, or left: then its neighbour is next.
function findAgain() {
  const list = byId(here.list);
  const cards = list ? cardsOf(list) : [];
  return byId(here.id) ?? cards[Math.min(here.at, cards.length - 1)] ?? lists().flatMap(cardsOf)[0];
}
document.addEventListener("focus:lost", (event) => {
  const card = here.id && findAgain();
  if (!card) return;
  event.preventDefault();
  stand(card);
});
new MutationObserver(() => {
  order();
  const isLost = document.activeElement === document.body || !document.activeElement;
  if (here.id && isLost && !dialog.open && !document.body.classList.contains("dragging")) stand(findAgain());
}).observe(byId("main"), { childList: true, subtree: true });

for (const way of ["focusin", "pointerdown"]) {
  document.addEventListener(way, ({ target }) => {
    const card = target.closest?.("#board li[data-v]");
    if (card) remember(card);
    else if (!target.closest?.("dialog, [popover], #toasts")) here.id = "";
    if (lifted && card !== lifted.card) putBack();
  });
}

const topOf = (one) => one.getBoundingClientRect().top;
const nearest = (cards, measure) => cards.reduce((best, one) => (measure(one) < measure(best) ? one : best));

// Right and left stay in the swimlane; down and up go on in the next one, nearest to the column one comes from.
function walk(card, key) {
  const list = card.parentElement;
  const cards = cardsOf(list);
  const step = key === "ArrowDown" || key === "ArrowRight" ? 1 : -1;
  const isUpright = key === "ArrowDown" || key === "ArrowUp";
  const near = isUpright && cards[cards.indexOf(card) + step];
  if (near) return stand(near);
  if (key === "Home" || key === "End") return stand(key === "Home" ? cards[0] : cards.at(-1));
  if (key === "ArrowDown" && list.querySelector(".more a")) return list.querySelector(".more a").focus();
  if (isUpright) return stand(beyond(list, step));
  const all = swimlaneOf(list).filter((one) => cardsOf(one).length);
  const next = all[all.indexOf(list) + step];
  if (next) stand(nearest(cardsOf(next), (one) => Math.abs(topOf(one) - topOf(card))));
}

function beyond(list, step) {
  const names = [...new Set(lists().map((one) => one.dataset.swimlane))]; // in the order of the first column
  const columns = [...document.querySelectorAll("#board .lane")];
  const away = (one) => Math.abs(columns.indexOf(one.closest(".lane")) - columns.indexOf(list.closest(".lane")));
  for (let at = names.indexOf(list.dataset.swimlane) + step; names[at]; at += step) {
    const rows = lists().filter((one) => one.dataset.swimlane === names[at] && cardsOf(one).length);
    if (rows.length) return cardsOf(nearest(rows, away)).at(step > 0 ? 0 : -1);
  }
  return null;
}

async function lift(card) {
  lifted = { card, from: card.parentElement, behind: card.nextElementSibling, ways: null };
  card.classList.add("lifted");
  tell(`Đã nhấc ${nameOf(card)} ở cột «${columnOf(lifted.from)}». Mũi tên trái, phải: chọn cột. Phím cách: thả. Esc: thôi.`);
  const answer = await fetch(`items/${card.id.slice(2)}/steps.json`).catch(() => null);
  if (answer?.ok && lifted?.card === card) lifted.ways = await answer.json();
}

function carry(key) {
  const { card, from, ways } = lifted;
  const all = swimlaneOf(from).filter((list) => list === from || !ways || list.closest(".lane").dataset.state in ways);
  const list = all[all.indexOf(card.parentElement) + (key === "ArrowRight" ? 1 : -1)];
  if (!list) return tell("Không còn cột nào chuyển tới được ở phía này.");
  list.prepend(card);
  stand(card);
  tell(list === from ? `Cột cũ «${columnOf(list)}».` : `Cột «${columnOf(list)}». Phím cách: thả vào đây.`);
}

function letGo() {
  const { card, from, behind } = lifted;
  lifted = null;
  const list = card.parentElement;
  card.classList.remove("lifted");
  from.insertBefore(card, behind?.parentElement === from ? behind : null);
  stand(card);
  return { card, from, list };
}

function putBack() {
  const { card, from } = letGo();
  tell(`Đã để lại ${nameOf(card)} ở cột «${columnOf(from)}».`);
}

function drop() {
  const { card, from, list } = letGo();
  if (list === from) return tell(`${nameOf(card)} vẫn ở cột «${columnOf(from)}».`);
  tell("");
  document.dispatchEvent(new CustomEvent("board:drop", { detail: { card, list } }));
}

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
function onCard(card, key) {
  if (lifted) {
    if (key === "ArrowLeft" || key === "ArrowRight") carry(key);
    else if (key === " " || key === "Enter") drop();
    else if (key === "Escape") putBack();
    return ARROWS.includes(key) || [" ", "Enter", "Escape"].includes(key);
  }
  if (ARROWS.includes(key)) walk(card, key);
  else if (key === "m") card.querySelector(".m")?.click();
  else if (key === " " && document.querySelector("#board.now")) lift(card);
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.isComposing || key === "Process" || event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
  const card = target.closest("#board li[data-v]");
  if (card && onCard(card, key)) return event.preventDefault();
  if (target.closest("input, select, textarea, [popover]")) return;
  if (key === "/") byId("f-words").focus();
  else if (key === "?") import(byId("menu").dataset.help).then((module) => module.showKeys());
  else return;
  event.preventDefault();
});
order();
