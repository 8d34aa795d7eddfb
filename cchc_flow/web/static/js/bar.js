// The bar of the board: what is folded closes by Esc or a click beside it, chips take their filter off, empty
// filters stay out of the address.

const form = document.getElementById("filters");
const folds = [...document.querySelectorAll(".fold")];

function fold(one, { keepFocus = false } = {}) {
  if (!one?.open) return;
  const within = one.contains(document.activeElement);
  one.open = false;
  if (within && !keepFocus) one.querySelector("summary").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  const open = folds.find((one) => one.open);
  if (!open) return;
  event.preventDefault();
  fold(open);
});
document.addEventListener("click", ({ target, detail }) => {
  if (detail === 0) return; // a key, not a pointer
  for (const one of folds) if (!one.contains(target)) fold(one, { keepFocus: true });
});
document.addEventListener("focusin", ({ target }) => {
  for (const one of folds) if (!one.contains(target)) fold(one, { keepFocus: true });
});
form.addEventListener("click", ({ target, detail }) => {
  // Enter in a field clicks the button too, without a pointer: then what is folded stays open.
  if (target.matches(".fold-end button") && (detail || target === document.activeElement)) folds.forEach((one) => fold(one));
});

// A chip is a link for who has no scripts; here its filter is taken off where it stands, and the focus goes on.
function takeOff(chip) {
  const field = form.elements[chip.dataset.off];
  if (!field || field.id === "f-plan") return false; // which plan is shown by itself, the server knows
  if (field.type === "checkbox") field.checked = false;
  else field.value = "";
  field.dispatchEvent(new Event("change", { bubbles: true }));
  form.elements.words.focus();
  return true;
}
form.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-off]");
  if (chip && !event.ctrlKey && !event.metaKey && takeOff(chip)) event.preventDefault();
});

// On a phone one column is in sight: its name is marked among those of all, and each name leads to its column.
function markColumn() {
  const lanes = document.querySelector(".lanes");
  const middle = lanes.scrollLeft + lanes.clientWidth / 2;
  const offset = (lane) => Math.abs(lane.offsetLeft - lanes.offsetLeft + lane.offsetWidth / 2 - middle);
  const here = [...lanes.children].reduce((best, lane) => (offset(lane) < offset(best) ? lane : best));
  for (const way of document.querySelectorAll(".switch a")) {
    const isHere = way.hash === `#t-${here.dataset.state}`;
    if (isHere === way.hasAttribute("aria-current")) continue;
    if (isHere) way.setAttribute("aria-current", "true");
    else way.removeAttribute("aria-current");
    if (isHere) way.parentElement.scrollTo({ left: way.offsetLeft - way.parentElement.clientWidth / 3 });
  }
}
document.addEventListener("scroll", ({ target }) => { if (target.matches?.(".lanes")) markColumn(); }, true);
document.addEventListener("htmx:afterSettle", markColumn);
document.addEventListener("click", (event) => {
  const way = event.target.closest(".switch a");
  if (!way) return;
  event.preventDefault();
  const lane = document.querySelector(way.hash).closest(".lane");
  lane.scrollIntoView({ block: "nearest", inline: "center" });
  (lane.querySelector(".cards a[tabindex='0']") ?? way).focus({ preventScroll: true });
});
markColumn();

const print = form.querySelector("[data-print]");
print.hidden = false;
print.addEventListener("click", () => {
  folds.forEach((one) => fold(one));
  window.print();
});

// A day that was refused leaves its field: it says which day the board shows.
const day = form.elements.as_of;
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.elt === form) day.value = (new URLSearchParams(location.search).get("as_of") ?? "").split("-").reverse().join("/");
});

// Empty filters do not belong into the address.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt !== form) return;
  for (const [name, value] of [...event.detail.formData.entries()]) if (!value) event.detail.formData.delete(name);
});
