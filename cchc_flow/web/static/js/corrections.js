// A line of a plan's document is said to be something else: the form goes to the server with all that was typed, the
// document is read again, and the page drawn anew; the eye stays at the place where it was, and so does the focus.
// Without scripts the same buttons send the same form, and the page is loaded again.

const parts = document.querySelector("script[data-forms]").dataset;
const reading = () => document.getElementById("reading");
const nameOf = (list) => list?.id ?? "";

function tell(words, kind = "") {
  const line = document.createElement("p");
  line.className = `toast ${kind}`;
  line.textContent = words;
  document.getElementById("toasts").prepend(line);
}

// Where the eye is: the list, how high in the window the line stands, and the lines that could stand there instead.
function noteEye(button) {
  const line = button.closest("[data-place]");
  if (!line) return null; // «Hoàn tác» of a toast
  const list = line.closest("[data-lines]");
  const all = [...list.querySelectorAll("[data-place]")].map((one) => one.dataset.place);
  const at = all.indexOf(line.dataset.place);
  return { list: nameOf(list), top: line.getBoundingClientRect().top, places: [...all.slice(at), ...all.slice(0, at).reverse()] };
}

// A line may have gone to another list, and those that stood beside it as well: then the eye follows the first of them.
function restoreEye(eye) {
  if (!eye) return;
  const find = (list) => eye.places.map((place) => list?.querySelector(`[data-place="${place}"]`)).find((one) => one?.offsetParent);
  const line = find(document.getElementById(eye.list)) ?? find(reading());
  if (!line) return document.getElementById("doubts-title")?.focus();
  scrollBy({ top: line.getBoundingClientRect().top - eye.top, behavior: "instant" });
  line.querySelector("[data-correction]")?.focus({ preventScroll: true });
}

// What was folded and unfolded stays so: each is known by the nearest name above it, and its number there.
function folds() {
  const counts = new Map();
  return [...reading().querySelectorAll("details")].map((one) => {
    const near = one.closest("[id]").id;
    counts.set(near, (counts.get(near) ?? 0) + 1);
    return [`${near} ${counts.get(near)}`, one];
  });
}
const noteFolds = () => new Map(folds().map(([name, one]) => [name, one.open]));
const restoreFolds = (before) => folds().forEach(([name, one]) => { if (before.has(name)) one.open = before.get(name); });

let isBusy = false;
async function send(button) {
  const form = button.form;
  if (isBusy) return;
  isBusy = true;
  reading().setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(button.formAction, {
      method: "POST",
      body: new URLSearchParams(new FormData(form, button)),
      headers: { "HX-Request": "true" },
    });
    const way = answer.headers.get("HX-Redirect");
    if (way) return location.assign(way);
    if (!answer.ok) return tell("Chưa đổi được cách đọc đoạn này. Những gì bạn gõ vẫn còn; hãy thử lại.", "bad");
    const words = await answer.text();
    (await import(parts.drafts).catch(() => null))?.forget(form); // the server has it, and its tasks may have other numbers
    draw(words, button);
  } catch {
    tell("Không kết nối được máy chủ nên chưa đổi được. Những gì bạn gõ vẫn còn; hãy thử lại.", "bad");
  } finally {
    isBusy = false;
    reading().removeAttribute("aria-busy");
  }
}

function draw(words, button) {
  const eye = noteEye(button);
  const before = noteFolds();
  const place = reading();
  place.innerHTML = words;
  htmx.process(place);
  htmx.trigger(place, "htmx:afterSwap", { target: place }); // plans.js counts anew
  document.dispatchEvent(new Event("plan:drawn"));
  restoreFolds(before);
  restoreEye(eye);
  const said = place.querySelector("[data-said]");
  if (said) document.getElementById("toasts").replaceChildren(said);
}

// «Đọc là…» opens the roles below its line, a second click or Esc closes them.
function choose(button) {
  const isOpen = button.getAttribute("aria-expanded") === "true";
  close();
  if (isOpen) return;
  const menu = document.getElementById("role-menu").content.firstElementChild.cloneNode(true);
  const place = button.value;
  menu.id = `p${place}-menu`;
  menu.setAttribute("aria-label", menu.getAttribute("aria-label").replace("0", place));
  for (const one of menu.querySelectorAll("button")) {
    const role = one.value.split(" ")[1];
    one.value = `${place} ${role}`;
    if (role === button.dataset.role) one.setAttribute("aria-current", "true");
  }
  button.closest("p, .line-choices").after(menu);
  button.setAttribute("aria-expanded", "true");
  menu.querySelector("button").focus();
}

function close() {
  for (const menu of reading().querySelectorAll(".role-menu")) menu.remove();
  const open = reading().querySelector('[name="choose"][aria-expanded="true"]');
  open?.setAttribute("aria-expanded", "false");
  return open;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-correction]");
  if (!button || !reading() || !button.form) return;
  event.preventDefault();
  if (button.name === "choose") choose(button);
  else send(button);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing && document.querySelector(".role-menu")) close()?.focus();
});
