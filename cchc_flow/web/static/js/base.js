// What every page needs: the form token on htmx requests, toasts that leave, the shared dialog.

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = token();
});

// No answer at all: say so, nothing was swapped.
document.addEventListener("htmx:sendError", ({ detail }) => {
  if (detail.elt.matches?.("form[data-kept]")) return; // said beside its button, see sending.js
  toast("Không kết nối được máy chủ nên việc này chưa được thực hiện. Hãy thử lại.", "bad");
});

export function toast(words, kind = "") {
  const line = document.createElement("p");
  line.className = `toast ${kind}`;
  line.textContent = words;
  (dialog.open ? said() : toasts).prepend(line);
}

// A toast stays 8 seconds, one that says what went wrong, or must be read, until it is clicked or Esc is pressed.
// What is said newly about an item takes the place of what was said before: its «Hoàn tác» no longer holds.
const toasts = document.getElementById("toasts");
const fade = (line) => (line.contains(document.activeElement) ? setTimeout(() => fade(line), 2000) : line.remove());
const leave = (line) => {
  if (line.dataset.leaving) return;
  line.dataset.leaving = "1";
  for (const other of toasts.querySelectorAll("[data-item]")) {
    if (other !== line && other.dataset.item === line.dataset.item) other.remove();
  }
  if (!line.matches(".bad, .lasting")) setTimeout(() => fade(line), 8000);
};
new MutationObserver(() => toasts.querySelectorAll(".toast").forEach(leave)).observe(toasts, { childList: true });
toasts.querySelectorAll(".toast").forEach(leave);
toasts.addEventListener("click", (event) => {
  if (!event.target.closest("a, button")) event.target.closest(".toast")?.remove();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) toasts.querySelectorAll(".toast").forEach((line) => line.remove());
});

// What waits for the person may be something else after a step that was taken on another page than «Việc của tôi».
document.addEventListener("htmx:afterRequest", async ({ detail }) => {
  const count = document.getElementById("work-count");
  if (!count || detail.requestConfig.verb === "get" || !detail.successful || document.getElementById("work")) return;
  const answer = await fetch(count.dataset.url).catch(() => null);
  if (answer?.ok) document.getElementById("work-count").outerHTML = await answer.text();
});

// What the fields of forms need is fetched with the first of them; the board's filters wait until one is used.
const parts = document.querySelector("script[data-forms]").dataset;
const styled = () => document.querySelector(`link[href="${parts.forms}"]`);
const TYPED = "textarea, select, input:not([type=hidden], [type=password])";
// On a line that breaks a part is asked for again: until it comes, a form is one without scripts.
const bring = (urls, run) => Promise.all(urls.map((url) => import(url))).then((modules) => run(...modules), () => setTimeout(bring, 2000, urls, run));
function bringForms(place) {
  const days = place.querySelectorAll("[data-day]");
  const files = place.querySelectorAll("input[type=file]");
  const forms = [...place.querySelectorAll("form[method=post]")].filter((form) => form.querySelector(TYPED));
  if (days.length + files.length + forms.length && !styled()) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: parts.forms });
    document.head.append(link);
  }
  if (days.length) bring([parts.days], (module) => days.forEach(module.offerDays));
  const people = place.querySelectorAll("datalist[data-people]");
  if (people.length) bring([parts.people], (module) => people.forEach(module.offerPeople));
  if (files.length) bring([parts.files], (module) => files.forEach(module.listFiles));
  if (forms.length) bring([parts.drafts, parts.leaving, parts.sending], (drafts, leaving) => {
    leaving.askBeforeLeaving(drafts);
    forms.filter((form) => !("passing" in form.dataset)).forEach(drafts.keep);
  });
}
if (styled()) bringForms(document);
document.addEventListener("focusin", ({ target }) => { if (target.matches("[data-day]")) bringForms(target.parentElement); });
// A day that was typed before that is there waits for it.
document.addEventListener("change", ({ target }) => { if (target.matches("[data-day]")) target.dataset.typed = ""; }, true);
document.addEventListener("htmx:afterSwap", ({ detail }) => bringForms(detail.target));

if (sessionStorage.getItem("reopen")) bring([parts.sending], (sending) => sending.reopenDialog(token()));

// Who signs out leaves no draft, unless the server does not hear of it.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.action.endsWith("/sessions/end") || event.defaultPrevented) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  try {
    const [drafts, sending] = await Promise.all([import(parts.drafts), import(parts.sending)]);
    const words = await sending.fault();
    if (words) return toast(words, "bad");
    await drafts.signOut(form);
  } catch {
    // the parts were not to be had: the server says what is wrong
  }
  form.submit();
});

// The shared dialog opens when something was swapped into it, and closes on [data-close] or an emptying answer.
const dialog = document.getElementById("dialog");
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== dialog) return;
  if (dialog.innerHTML.trim() === "") dialog.close();
  else if (!dialog.open) {
    dialog.showModal();
    dialog.scrollTop = 0; // what the form is about stands above it on a phone
  }
});
dialog.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) {
    event.preventDefault();
    dialog.close();
  }
});
dialog.addEventListener("close", () => dialog.replaceChildren());

// Behind an open dialog nothing is read: what went wrong with its form is said inside it.
function said() {
  dialog.querySelector(".said")?.remove();
  const place = document.createElement("div");
  place.className = "said";
  dialog.prepend(place);
  dialog.scrollTop = 0;
  return place;
}
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.isError && detail.target === toasts && dialog.open && dialog.contains(detail.elt)) detail.target = said();
});

// A form is sent once: a second click while the first is on its way does nothing (an answer may be a download,
// so the page can stay: after a while the form may be sent again).
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.hasAttribute("hx-post") || event.defaultPrevented) return;
  if (!navigator.onLine) toast("Không có mạng nên chưa gửi được; những gì đã nhập vẫn còn.", "bad");
  if (form.dataset.sent || !navigator.onLine) event.preventDefault();
  else if (form.method === "post") {
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, "download" in form.dataset ? 1000 : 5000); // its page stays
  }
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// Who is in charge belongs to the lead unit: once a unit is chosen only its people can be, and they stand first.
document.addEventListener("change", ({ target }) => {
  const officer = target.form?.elements.officer;
  if (target.name !== "lead" || officer?.tagName !== "SELECT") return;
  const unit = target.value && target.selectedOptions[0].label;
  for (const group of officer.querySelectorAll("optgroup")) {
    group.disabled = unit !== "" && group.label !== unit;
    if (group.label === unit) officer.options[0].after(group);
  }
  if (officer.selectedOptions[0]?.parentElement.disabled) officer.value = "";
});

// A long list of boxes gets one more that ticks them all; without scripts each is ticked by itself.
const offerAll = (list) => {
  if (list.dataset.offered) return;
  list.dataset.offered = "1";
  const label = document.createElement("label");
  const all = document.createElement("input");
  const boxes = [...list.querySelectorAll("input[type=checkbox]")];
  label.className = "check all";
  all.type = "checkbox";
  label.append(all, ` ${list.dataset.all}`);
  list.prepend(label);
  const follow = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
  };
  all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
  list.addEventListener("change", follow);
  follow();
};
const offerAllIn = (place) => place.querySelectorAll("[data-all]").forEach(offerAll);
offerAllIn(document);
document.addEventListener("htmx:afterSwap", (event) => offerAllIn(event.detail.target));

// A file of evidence opens in place: what it shows is fetched when its line is opened for the first time.
document.addEventListener("toggle", async ({ target }) => {
  if (!target.open || !target.dataset.src) return;
  const address = target.dataset.src;
  delete target.dataset.src;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.ok) target.querySelector(".opened").innerHTML = await answer.text();
  else target.dataset.src = address; // the link stays, and opening it once more tries again
}, true);
