// The board: a drop is one command, shown at once and taken back when it fails. What others do comes in gently.

const dialog = document.getElementById("dialog");
const wide = matchMedia("(min-width: 48.01rem)");
const waiting = new Map(); // card id → where it came from, until the server has said where it is
const NO_DUE = "9999-12-31";
const BUSY = "Đang lưu, xin chờ…";
const byNumber = new Intl.Collator("en", { numeric: true });
const byId = (id) => document.getElementById(id);
const itemOf = (card) => card.id.slice(2);

// Columns sort as the server sorts them: by due day, then by reference.
function comesAfter(one, other) {
  const due = (card) => card.querySelector("time")?.getAttribute("datetime") || NO_DUE;
  const ref = (card) => card.querySelector("i")?.textContent || "~";
  if (due(one) !== due(other)) return due(one) > due(other);
  return byNumber.compare(ref(one), ref(other)) > 0;
}

function place(card, list) {
  const others = [...list.children].filter((one) => one !== card);
  list.insertBefore(card, others.find((one) => !one.dataset.v || comesAfter(one, card)) ?? null);
}

function goBack(id) {
  const from = waiting.get(id);
  const card = byId(id);
  waiting.delete(id);
  if (!from || !card) return;
  card.classList.remove("saving", "unsaved");
  card.removeAttribute("aria-busy");
  place(card, from);
}

// A command's id is made here: a drop that is sent twice happens once. randomUUID needs https, this does not.
const commandId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function move(card, list) {
  const { id } = card;
  waiting.set(id, card.parentElement);
  place(card, list);
  card.classList.add("saving");
  card.setAttribute("aria-busy", "true");
  const values = { to: list.closest(".lane").dataset.state, seen: card.dataset.v, command_id: commandId() };
  const slow = setTimeout(() => { byId("told").textContent = BUSY; }, 300);
  const way = `items/${itemOf(card)}/moves`; // when the server cannot be reached, base.js says so
  await htmx.ajax("POST", way, { source: card, target: "#dialog", swap: "innerHTML", values }).catch(() => {});
  clearTimeout(slow);
  if (byId("told").textContent === BUSY) byId("told").textContent = "";
  if (!waiting.has(id)) return;
  if (!dialog.open) return goBack(id);
  byId(id)?.classList.replace("saving", "unsaved");
}

document.addEventListener("board:drop", ({ detail }) => { if (!waiting.has(detail.card.id)) move(detail.card, detail.list); });

// What the server answers names the cell a card is in; one that the page does not have is asked for.
function settle() {
  for (const card of document.querySelectorAll("[data-in]")) {
    const list = byId(`c-${card.dataset.in}`);
    delete card.dataset.in;
    waiting.delete(card.id);
    if (!list) document.dispatchEvent(new Event("live:ask"));
    else if (card.parentElement !== list) place(card, list);
  }
}

// A card that was moved below the window comes again with the next page: the newer one stays.
function dropTwins(list) {
  const seen = new Map();
  for (const card of list.querySelectorAll("li[data-v]")) {
    seen.get(card.id)?.remove();
    seen.set(card.id, card);
  }
}

async function dimOthers(card, from) {
  try {
    const answer = await fetch(`items/${itemOf(card)}/steps.json`);
    const ways = answer.ok ? await answer.json() : null;
    if (!ways || !document.body.classList.contains("dragging")) return;
    for (const lane of document.querySelectorAll(".lane")) {
      const allowed = lane.dataset.state in ways || lane.contains(from);
      lane.classList.toggle("barred", !allowed);
    }
  } catch {
    // without the answer nothing is dimmed; the server still decides at the drop
  }
}

function makeSortable(list) {
  if (Sortable.get(list)) return;
  let behind = null;
  Sortable.create(list, {
    group: `board ${list.dataset.swimlane}`, // a step does not change the swimlane of a card
    sort: false,
    draggable: "li[data-v]",
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
    delay: 180,
    delayOnTouchOnly: true,
    touchStartThreshold: 5,
    emptyInsertThreshold: 3,
    ghostClass: "ghost",
    onChoose: ({ item }) => { behind = item.nextElementSibling; },
    onStart: ({ item, from }) => {
      document.getElementById("menu").hidePopover?.();
      document.querySelectorAll(".lane").forEach((lane) => lane.classList.toggle("strip", !lane.querySelector("li")));
      document.querySelectorAll("#board .cards").forEach((list) => list.classList.toggle("other", list.dataset.swimlane !== from.dataset.swimlane));
      document.body.classList.add("dragging");
      dimOthers(item, from);
    },
    onEnd: ({ item, from, to }) => {
      document.body.classList.remove("dragging");
      document.querySelectorAll(".barred, .other").forEach((one) => one.classList.remove("barred", "other"));
      from.insertBefore(item, behind);
      if (to !== from && !waiting.has(item.id)) move(item, to);
    },
  });
}

const takeDrops = () => document.querySelectorAll("#board.now .cards").forEach(makeSortable);

function begin() {
  takeDrops();
  showFirstCards();
}

// A phone sees one column: when the first is empty, the first that has a card comes into sight.
function showFirstCards() {
  const lanes = document.querySelector(".lanes");
  const first = lanes?.querySelector(".cards li")?.closest(".lane");
  if (!wide.matches && first) lanes.scrollLeft = first.offsetLeft - (lanes.clientWidth - first.offsetWidth) / 2;
}

// A dialog that closes without a step taken puts its card back.
dialog.addEventListener("close", () => {
  for (const id of [...waiting.keys()]) if (byId(id)?.classList.contains("unsaved")) goBack(id);
});

// While a form is open, the answer to something else must not empty it: only its cards and counters are taken.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, elt } = event.detail;
  if (target === dialog && dialog.open && !dialog.contains(elt)) event.detail.swapOverride = "none";
});
document.addEventListener("htmx:oobAfterSwap", settle);

// A card that the page does not have (it left with a filter, or waits below the window) comes in where it belongs.
document.addEventListener("htmx:oobErrorNoTarget", (event) => {
  const card = event.detail.content;
  if (!card.dataset?.in) return;
  const list = byId(`c-${card.dataset.in}`);
  if (!list) return document.dispatchEvent(new Event("live:ask"));
  card.removeAttribute("hx-swap-oob");
  delete card.dataset.in;
  place(card, list);
});
document.addEventListener("htmx:afterSwap", (event) => {
  settle();
  if (event.detail.target === dialog) dialog.querySelector("[aria-invalid]")?.focus();
  if (event.target.id === "board" || event.detail.elt?.id === "board") begin();
  document.querySelectorAll(".cards").forEach(dropTwins);
});

// What others did to the board, in the board's own markup: the cards that changed, and the numbers and words.
document.addEventListener("live:board", ({ detail: { body, replace } }) => {
  const fresh = body.querySelector("#board");
  if (body.hasAttribute("data-whole")) redraw(fresh, replace);
  else {
    for (const card of fresh.querySelectorAll("li[data-v]")) bring(card, replace);
    for (const { dataset } of body.querySelectorAll("[data-gone]")) leave(dataset.gone);
    for (const part of fresh.querySelectorAll("[data-live], .count[id], .total[id]")) if (byId(part.id)) replace(byId(part.id), part);
  }
  takeDrops();
  for (const line of body.querySelectorAll(".told")) {
    line.className = "toast";
    byId("toasts").prepend(line);
  }
});

// A card that belongs below the window of its column comes with the next page.
function bring(card, replace) {
  const list = byId(card.closest(".cards").id);
  const old = byId(card.id);
  const isNews = !old || old.dataset.v !== card.dataset.v || old.parentElement !== list;
  if (!list) return old?.remove();
  if (old) replace(old, card);
  else list.append(document.adoptNode(card));
  const node = byId(card.id);
  const held = node.contains(document.activeElement) ? document.activeElement : null;
  place(node, list);
  if (node.nextElementSibling?.matches(".more") && list.children.length > 2 && !held) node.remove();
  held?.focus({ preventScroll: true });
  if (!isNews) return;
  node.classList.add("news");
  setTimeout(() => node.classList.remove("news"), 3000);
}

// Who stood on the card that leaves stands on its neighbour then.
function leave(item) {
  const card = byId(`i-${item}`);
  if (!card) return;
  const near = [card.nextElementSibling, card.previousElementSibling].find((one) => one?.dataset.v);
  const held = card.contains(document.activeElement);
  card.remove();
  if (held) (near?.querySelector("a") ?? byId("main")).focus({ preventScroll: true });
}

function redraw(fresh, replace) {
  const scrolled = (root) => [...root.querySelectorAll(".lanes, .cards")];
  const before = scrolled(document).map((one) => [one.id, one.scrollLeft, one.scrollTop]);
  replace(byId("board"), fresh);
  for (const [index, one] of scrolled(document).entries()) {
    const [, left, top] = before.find(([id]) => one.id && id === one.id) ?? before[index] ?? [];
    one.scrollTo(left ?? 0, top ?? 0);
  }
}

begin();
