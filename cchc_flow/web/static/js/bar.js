// The bar of the board and the list: what is folded closes by Esc or a click beside it, chips take their filter off, empty
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

// A chip is a link, on the list and for who has no scripts; on the board its filter is taken off where it stands, and
// the focus goes on.
function takeOff(chip) {
  if (!form.hasAttribute("hx-get")) return false;
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
form.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData.entries()]) if (!value) formData.delete(name);
});
