// The focus stands where the eye is, on every page: at first in what the page is about, after a dialog or a redraw
// where it stood before. «u» goes to the newest «Hoàn tác».

const main = document.getElementById("main");
const dialog = document.getElementById("dialog");
const toasts = document.getElementById("toasts");
const isLost = () => !document.activeElement || document.activeElement === document.body;
let last = null;

const isPassing = (element) => element.closest("dialog, [popover], #toasts");
document.addEventListener("focusin", ({ target }) => { if (!isPassing(target)) last = target; });

function sameAs(gone) {
  if (gone.id) return document.getElementById(gone.id);
  const way = gone.getAttribute("href");
  return way && [...main.querySelectorAll("a")].find((one) => one.getAttribute("href") === way);
}

// Who knows better where the eye is (the board: at a card) says so by refusing the event.
function rest() {
  if (!isLost() || dialog.open) return;
  if (!document.dispatchEvent(new CustomEvent("focus:lost", { cancelable: true }))) return;
  const place = last?.isConnected ? last : last && sameAs(last);
  place?.focus({ preventScroll: true });
  if (isLost()) main.focus({ preventScroll: true });
}

dialog.addEventListener("close", () => setTimeout(rest));
document.addEventListener("toggle", ({ newState }) => { if (newState === "closed") setTimeout(rest); }, true);
document.addEventListener("htmx:afterSettle", () => setTimeout(rest));
new MutationObserver(() => setTimeout(rest)).observe(toasts, { childList: true });
if (!location.hash) setTimeout(rest);

// A step can be taken back at once: the sentence about it tells the key.
const undo = () => [...toasts.querySelectorAll("button")].find((one) => one.textContent.trim() === "Hoàn tác");
new MutationObserver(() => undo()?.setAttribute("aria-keyshortcuts", "u")).observe(toasts, { childList: true });
document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (key !== "u" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (dialog.open || target.closest("input, select, textarea, [contenteditable]") || !undo()) return;
  event.preventDefault();
  undo().focus();
});
