// An open page follows the log: on focus and every 15 seconds it asks what came after the position it shows.
// It never touches what somebody holds: a card in the hand, an open menu or dialog, a form that is being filled in.

const place = document.querySelector('meta[name="live"]');
const dialog = document.getElementById("dialog");
const toasts = document.getElementById("toasts");
const EVERY = 15_000;
const LONGEST = 240_000;
const state = { since: place.dataset.since, day: place.dataset.day, failures: 0, asking: false, timer: 0, over: false, held: false };
const drawn = state.since; // the position of the page itself: an item's line tells all that came after it
const parser = new DOMParser();

// A line stays until what it says is over; each kind of line stands once.
function say(kind, words, link) {
  if (toasts.querySelector(`[data-live="${kind}"]`)) return;
  const line = document.createElement("p");
  line.className = "toast lasting";
  line.dataset.live = kind;
  line.textContent = words;
  if (link) {
    const way = document.createElement("a");
    Object.assign(way, link);
    line.append(" ", way);
  }
  toasts.prepend(line);
}
const unsay = (kind) => toasts.querySelectorAll(`[data-live="${kind}"]`).forEach((line) => line.remove());

// Whoever holds something open is left alone until it is over: the next answer has all of it.
const OPEN = CSS.supports("selector(:popover-open)") ? ", [popover]:popover-open" : "";
const HELD = `.dragging, .saving, .unsaved, .lifted${OPEN}`;
const isHeld = () => dialog.open || document.querySelector(HELD) !== null;

function address() {
  const asked = new URLSearchParams(place.dataset.page === "board" ? location.search : "");
  const own = { page: place.dataset.page, since: state.since, day: state.day, drawn, item: place.dataset.item ?? "" };
  for (const [name, value] of Object.entries(own)) if (value) asked.set(name, value);
  return `${place.content}?${asked}`;
}

async function ask() {
  if (state.asking || state.over || document.hidden) return;
  state.asking = true;
  clearTimeout(state.timer);
  const url = address();
  let answer;
  let words;
  try { // only what the line can fail at: a fault of our own belongs on the console
    answer = await fetch(url, {
      headers: {
        "HX-Request": "true",
        "HX-Current-URL": location.href,
        "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content,
      },
      signal: AbortSignal.timeout?.(EVERY * 2),
    });
    words = await answer.text();
  } catch {
    fail();
  }
  try {
    if (words !== undefined) take(answer, words, url);
  } finally {
    state.asking = false;
    plan();
  }
}

// Many pages that lost the server at once do not come back at once: each waits twice as long, give or take a half.
function plan() {
  if (state.over) return;
  const pause = Math.min(EVERY * 2 ** state.failures, LONGEST);
  const share = state.failures ? 0.5 + Math.random() : 0.95 + Math.random() / 10;
  state.timer = setTimeout(ask, pause * share);
}

function fail() {
  state.failures += 1;
  say("lost", "Mất kết nối với máy chủ, sẽ tự thử lại. Những gì đang nhập vẫn còn.");
}

function take(answer, words, url) {
  if (answer.status >= 500) return fail();
  state.failures = 0;
  unsay("lost");
  const signIn = answer.headers.get("HX-Redirect");
  if (signIn) return sayExpired(signIn);
  unsay("expired");
  if (answer.status === 204) return follow(answer);
  if (!answer.ok) return refuse(words);
  state.held = isHeld();
  if (state.held || url !== address()) return; // it is asked again, from where the page stands
  follow(answer);
  apply(parser.parseFromString(words, "text/html").body);
}

function follow(answer) {
  state.since = answer.headers.get("Cchc-Position") ?? state.since;
  state.day = answer.headers.get("Cchc-Day") ?? state.day;
}

function sayExpired(signIn) {
  say("expired", "Phiên đăng nhập đã hết. Những gì đã nhập ở đây vẫn còn.", {
    href: signIn, target: "_blank", rel: "opener", textContent: "Đăng nhập lại ở tab khác",
  });
}

// The page is another person's, or there is nothing for this one any more: it is said once and not asked again.
function refuse(words) {
  state.over = true;
  const line = parser.parseFromString(words, "text/html").querySelector(".toast");
  if (!line) return;
  line.classList.add("lasting");
  toasts.prepend(document.adoptNode(line));
}

function apply(body) {
  for (const fresh of body.querySelectorAll("[hx-swap-oob]")) {
    fresh.removeAttribute("hx-swap-oob");
    const old = document.getElementById(fresh.id);
    if (old) replace(old, fresh);
  }
  const line = body.querySelector("#item-changed");
  if (line) sayAboveItem(line);
  const board = body.querySelector("#board-changes");
  if (board) document.dispatchEvent(new CustomEvent("live:board", { detail: { body: board, replace } }));
}

// What is the same stays, and with it focus and scroll; else the focus goes to the same element of the new one.
function replace(old, fresh) {
  const node = document.adoptNode(fresh);
  if (old.isEqualNode(node)) return;
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  const way = held?.getAttribute("href") ?? held?.getAttribute("action");
  const unfolded = [...old.querySelectorAll("details[open]")].map((one) => one.className);
  old.replaceWith(node);
  for (const one of node.querySelectorAll("details")) if (unfolded.includes(one.className)) one.open = true;
  htmx.process(node);
  if (!held) return;
  const same = [...node.querySelectorAll("a, button")].find((one) => way && one.getAttribute("href") === way);
  const first = same ?? node.querySelector("a, button");
  (first ?? document.getElementById("main")).focus({ preventScroll: true });
}

function sayAboveItem(line) {
  const old = document.getElementById("item-changed");
  if (old) replace(old, line);
  else document.querySelector(".item")?.before(document.adoptNode(line));
}

const now = () => { if (!document.hidden) ask(); };
window.addEventListener("focus", now);
window.addEventListener("online", now);
window.addEventListener("pageshow", (event) => { if (event.persisted) now(); });
document.addEventListener("visibilitychange", now);
// What was held back is fetched as soon as it is let go: a dialog or a menu closed, a card was put down.
dialog.addEventListener("close", () => setTimeout(now, 400));
const letGo = () => setTimeout(() => { if (state.held && !isHeld()) now(); }, 400);
for (const name of ["toggle", "pointerup", "keyup"]) document.addEventListener(name, letGo, true);
document.addEventListener("live:ask", now);
plan();
