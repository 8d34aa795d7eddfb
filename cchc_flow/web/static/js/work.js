// «Việc của tôi» by keys: j and k walk the lines, Enter opens one, d takes its next step, t sends it back,
// g gives it to an officer.
// After a step the line that follows is at hand, so that a row of decisions needs no mouse.

const work = () => document.getElementById("work");
const dialog = document.getElementById("dialog");
const lines = () => [...work().querySelectorAll(".duty")].filter((line) => line.offsetParent);
const isTyping = (target) => target.closest("input, select, textarea, [contenteditable]");
let here = null; // the id of the line at hand
let next = 0; // its place among the lines, where the following one stands once it is done

function stand(line, { focus = true } = {}) {
  for (const other of work().querySelectorAll(".here")) other.classList.remove("here");
  if (!line) return;
  line.classList.add("here");
  here = line.id;
  next = lines().indexOf(line);
  if (focus) line.querySelector(".duty-title a").focus();
}

function walk(by) {
  const all = lines();
  const at = all.findIndex((line) => line.id === here);
  stand(all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))]);
}

const act = (key) => document.getElementById(here)?.querySelector(`[data-act="${key}"]`)?.click();
const keys = { j: () => walk(1), k: () => walk(-1), d: () => act("d"), t: () => act("t"), g: () => act("g") };

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || dialog.open || isTyping(target)) return;
  if (!keys[key]) return;
  event.preventDefault();
  keys[key]();
});

document.addEventListener("focusin", ({ target }) => {
  const line = target.closest?.(".duty");
  if (line && line.id !== here) stand(line, { focus: false });
});

// The groups were drawn anew: the focus stays in the line, or goes to the one that has its place now.
document.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
  if (detail.target.id !== "work" || !here) return;
  const all = lines();
  stand(document.getElementById(here) ?? all[Math.min(next, all.length - 1)]);
});
// A dialog gives the focus back to what opened it, which may be gone by then.
dialog.addEventListener("close", () => setTimeout(() => {
  const line = document.getElementById(here ?? "");
  if (line && !line.contains(document.activeElement)) stand(line);
}));
