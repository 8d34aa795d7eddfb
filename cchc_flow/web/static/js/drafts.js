// What is typed into a form is kept as a draft in this browser until the server has taken the form: it outlives a
// reload, a wrong field, a lost line and an expired sign-in. It belongs to the person for whom the form was drawn.

import * as store from "./draft_store.js";
import { changed, current, drawn, filesOf, inputsOf, isSame, put } from "./form_inputs.js";

const kept = new Map(); // form → {key, owner, timer, isRedrawn}
const memory = new Map(); // key → {words, files}: of this page, also where the browser keeps nothing
const VOLATILE = new Set(["csrf_token", "command_id", "seen", "shown", "position"]);
const TOTAL = 100 * 1048576;
const pending = new Set(); // what is on its way to the store

// Without a place to keep it, a draft lives as long as its page.
function quiet(promise) {
  const done = promise.catch(() => {}).finally(() => pending.delete(done));
  pending.add(done);
  return done;
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Wait, a second at most, until the store has what was kept and dropped here: a page that is left takes along what
// has not begun, and the draft of a form that the server has taken would come back.
export const settle = () => Promise.race([Promise.all(pending), pause(1000)]);

// The token of a form holds for whom it was drawn: workspace/person/… (web/http/form_tokens.py).
export const ownerOf = (form) => (form.elements.csrf_token?.value ?? "").split("/", 2).join("/");

function keyOf(form, owner) {
  const isFixed = ({ type, name }) => type === "hidden" && name && !VOLATILE.has(name) && !name.startsWith("seen-");
  const fixed = [...form.elements].filter(isFixed);
  const path = new URL(form.getAttribute("action") ?? location.pathname, location.href).pathname;
  const about = form.dataset.draft ? [form.dataset.draft] : []; // what a form over a selection has selected
  return [owner, path, ...fixed.map((one) => `${one.name}=${one.value}`), ...about].join(" ");
}

// Tell whether something would be lost with the form.
export function isEdited(form) {
  return memory.has(kept.get(form)?.key) || changed(form).length > 0 || filesOf(form).some((one) => one.files.length);
}

function gather(form) {
  const { key, owner } = kept.get(form);
  const before = memory.get(key)?.words.fields ?? {};
  const fields = {};
  for (const [name, inputs] of inputsOf(form)) {
    if (name in before || !isSame(current(inputs), drawn(inputs))) fields[name] = current(inputs);
  }
  const files = Object.fromEntries(filesOf(form).filter((one) => one.files.length).map((one) => [one.name, [...one.files].map((file) => file.name)]));
  return { key, owner, at: Date.now(), seen: form.elements.seen?.value ?? "", fields, files };
}

function write(form) {
  const about = kept.get(form);
  clearTimeout(about.timer);
  about.timer = null;
  const words = gather(form);
  const isUndone = !about.isRedrawn && !changed(form).length && !Object.keys(words.files).length;
  if (isUndone) return forget(form);
  memory.set(words.key, { words, files: memory.get(words.key)?.files });
  return quiet(store.save("words", words));
}

function writeFiles(form) {
  const { key, owner } = kept.get(form);
  const files = Object.fromEntries(filesOf(form).map((one) => [one.name, [...one.files]]));
  const draft = { key, owner, at: Date.now(), files };
  write(form);
  if (memory.has(key)) memory.get(key).files = draft;
  const size = Object.values(files).flat().reduce((sum, file) => sum + file.size, 0);
  // What cannot be kept is named when the draft comes back, see `restoreFiles`.
  quiet(size > 0 && size <= TOTAL ? store.save("files", draft) : store.remove(key, ["files"]));
}

// Forget the draft of a form: the server has it, or its owner does not want it.
export function forget(form) {
  const about = kept.get(form);
  if (!about) return;
  clearTimeout(about.timer);
  about.timer = null;
  drop(about.key);
}

export const keyOfKept = (form) => kept.get(form)?.key;

export function drop(key) {
  if (!key) return;
  memory.delete(key);
  quiet(store.remove(key));
}

export function flush(form) {
  if (kept.get(form)?.timer) write(form);
}

function line(form, draft, lost) {
  const words = document.createElement("p");
  const at = new Date(draft.at);
  const day = at.toDateString() === new Date().toDateString() ? "" : ` ngày ${at.toLocaleDateString("vi-VN")}`;
  words.className = "draft-line";
  words.setAttribute("role", "status");
  words.append(`Đã khôi phục bản nháp lúc ${at.toTimeString().slice(0, 5)}${day}.`);
  if (draft.seen !== (form.elements.seen?.value ?? "")) words.append(" Từ lúc đó đã có thay đổi: hãy xem lại trước khi gửi.");
  if (lost.length) words.append(` Hãy chọn lại tệp: ${lost.join(", ")}.`);
  const drop = document.createElement("button");
  Object.assign(drop, { type: "button", className: "quiet", textContent: "Bỏ bản nháp" });
  drop.addEventListener("click", () => discard(form, words));
  words.append(" ", drop);
  form.prepend(words);
}

// Back to the form as it was drawn.
function discard(form, words) {
  words.remove();
  const touched = changed(form);
  form.reset();
  for (const [, inputs] of touched) inputs[0].dispatchEvent(new Event("change", { bubbles: true }));
  forget(form);
  [...inputsOf(form).values()][0]?.[0].focus();
}

// Put the files of a draft back, and return the names of those that the browser has not kept.
function restoreFiles(form, draft) {
  const lost = [];
  for (const input of filesOf(form)) {
    const names = draft.words.files[input.name] ?? [];
    const files = draft.files?.files[input.name] ?? [];
    if (!names.length || input.files.length) continue;
    if (files.length < names.length) {
      lost.push(...names);
      continue;
    }
    const carrier = new DataTransfer();
    for (const file of files) carrier.items.add(file);
    input.files = carrier.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (!lost.length) form.parentElement.querySelector("[data-lost-files]")?.remove();
  return lost;
}

async function restore(form, about) {
  const draft = memory.get(about.key) ?? (await store.load(about.key));
  if (!draft || !form.isConnected) return;
  memory.set(about.key, draft);
  const inputs = inputsOf(form);
  const missing = Object.entries(draft.words.fields).filter(([name, values]) => {
    const own = inputs.get(name);
    return own && isSame(current(own), drawn(own)) && !isSame(current(own), values);
  });
  about.isRedrawn = missing.length === 0;
  for (const [name, values] of missing) {
    put(inputs.get(name), values);
    inputs.get(name)[0].closest("details")?.setAttribute("open", ""); // what came back is to be seen
  }
  const had = filesOf(form).some((input) => input.files.length);
  const lost = restoreFiles(form, draft);
  const hasFiles = !had && filesOf(form).some((input) => input.files.length);
  if (missing.length || lost.length || (hasFiles && !form.closest("#dialog, main").querySelector(".field-error"))) line(form, draft.words, lost);
}

// Keep what is typed into a form from now on, after what was typed before came back; nothing of one whose answer is a
// file: its page stays.
export function keep(form) {
  const owner = ownerOf(form);
  if (kept.has(form) || "download" in form.dataset || owner.endsWith("/") || !owner.includes("/") || !(inputsOf(form).size || filesOf(form).length)) return;
  const about = { key: keyOf(form, owner), owner, timer: null, isRedrawn: false };
  kept.set(form, about);
  form.dataset.kept = "";
  quiet(store.begin(owner));
  // The form after a result has what is left to do: the draft is of what was done.
  if ("fresh" in form.dataset) drop(about.key);
  quiet(restore(form, about)).then(() => {
    if (filesOf(form).some((input) => input.files.length)) writeFiles(form);
    else if (changed(form).length) write(form); // typed while this was on its way, or chosen by the browser
  });
}

// A person signs out on this machine: nothing that she typed stays here.
export const signOut = (form) => Promise.race([quiet(store.end(ownerOf(form))), pause(1000)]);

const formOf = (target) => (kept.has(target?.form) ? target.form : null);
document.addEventListener("input", ({ target }) => {
  const form = formOf(target);
  if (!form || target.type === "password" || target.type === "file") return;
  clearTimeout(kept.get(form).timer);
  kept.get(form).timer = setTimeout(() => write(form), 300);
});
document.addEventListener("change", ({ target }) => {
  const form = formOf(target);
  if (form && target.type === "file") writeFiles(form);
  else if (form && target.type !== "password") write(form);
});
const flushAll = () => {
  for (const form of [...kept.keys()]) {
    flush(form);
    if (!form.isConnected) kept.delete(form);
  }
};
document.addEventListener("visibilitychange", () => { if (document.hidden) flushAll(); });
window.addEventListener("pagehide", flushAll);
document.addEventListener("submit", ({ target }) => {
  if (target.dataset.drops) quiet(store.removeAbout(target.dataset.drops));
  if (kept.has(target) && isEdited(target)) write(target);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.xhr?.status >= 200 && detail.xhr.status < 400) forget(detail.requestConfig.elt); // detail.elt may be gone
});
const erased = document.querySelector("[data-erased-at]");
if (erased) quiet(store.removeOlder(erased.dataset.erasedBelow, Date.parse(erased.dataset.erasedAt))); // before any is loaded
quiet(store.sweep());
