// The field of a day: what was typed becomes dd/mm/yyyy at once, and a calendar opens by its button or by ↓.
// A day is {year, month, day}; without a year it is one of this year, which is shown before it is sent.

const WEEKDAYS = [["T2", "Thứ Hai"], ["T3", "Thứ Ba"], ["T4", "Thứ Tư"], ["T5", "Thứ Năm"], ["T6", "Thứ Sáu"], ["T7", "Thứ Bảy"], ["CN", "Chủ Nhật"]];
const two = (number) => String(number).padStart(2, "0");
const words = (date) => `${two(date.getDate())}/${two(date.getMonth() + 1)}/${date.getFullYear()}`;
const iso = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
const moved = (date, days) => new Date(date.getFullYear(), date.getMonth(), date.getDate() + days);
const today = () => {
  const [year, month, day] = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format().split("-");
  return new Date(year, month - 1, day);
};

// Another month, and in it the same day or the last one that there is.
function inMonth(date, months) {
  const last = new Date(date.getFullYear(), date.getMonth() + months + 1, 0);
  return new Date(last.getFullYear(), last.getMonth(), Math.min(date.getDate(), last.getDate()));
}

function dateOf(year, month, day) {
  const full = year.length <= 2 ? 2000 + Number(year) : Number(year);
  const date = new Date(full, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === Number(day) ? date : null;
}

// The day that was typed, null for none.
export function read(typed) {
  const text = typed.trim();
  const machine = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (machine) return dateOf(machine[1], machine[2], machine[3]);
  const parts = /^(\d{1,2})[/.\s-](\d{1,2})(?:[/.\s-](\d{4}|\d{2}))?$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(text);
  return parts ? dateOf(parts[3] ?? String(today().getFullYear()), parts[2], parts[1]) : null;
}

// What is no day is told beside the field, in one sentence; what was told before goes.
function tell(field, sentence) {
  const id = `${field.id || field.name}-day-error`;
  document.getElementById(id)?.remove();
  const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  if (sentence) {
    const line = document.createElement("p");
    Object.assign(line, { id, className: "field-error", role: "alert", textContent: sentence });
    (field.closest(".day-input") ?? field).after(line);
    others.push(id);
  }
  field.toggleAttribute("data-no-day", Boolean(sentence));
  if (sentence) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  if (others.length) field.setAttribute("aria-describedby", others.join(" "));
  else field.removeAttribute("aria-describedby");
}

// Some fields take the number of an event as well; eight digits are a day.
const isNumber = (field) => field.hasAttribute("data-or-number") && /^(?!\d{8}$)\d+$/.test(field.value.trim());

function settle(field) {
  const date = isNumber(field) ? null : read(field.value);
  if (date) field.value = words(date);
  if (date || isNumber(field) || !field.value.trim()) {
    if (field.hasAttribute("data-no-day")) tell(field, "");
  } else tell(field, `«${field.value.trim().slice(0, 40)}» không phải là một ngày. Hãy nhập như 25/01/2026.`);
}

// Before anything else hears of the change, such as the filters of the board.
document.addEventListener("change", ({ target }) => { if (target.matches("[data-day]")) settle(target); }, true);

document.addEventListener("keydown", ({ key, target }) => { if (key === "Enter" && target.matches("[data-day]")) settle(target); }, true);

// The calendar: one for all fields, inside the dialog where one is open, since behind it nothing can be used.
const calendar = document.createElement("div");
Object.assign(calendar, { id: "calendar", popover: "auto" });
calendar.setAttribute("role", "dialog");
let owner = null; // the field whose day is picked
let cursor = null; // the day that has the focus

const button = (label, text, run) => {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", textContent: text, onclick: run });
  made.setAttribute("aria-label", label);
  return made;
};

function head() {
  const line = document.createElement("p");
  const title = document.createElement("strong");
  title.textContent = `Tháng ${cursor.getMonth() + 1} năm ${cursor.getFullYear()}`;
  title.setAttribute("aria-live", "polite");
  const turn = (months) => () => { cursor = inMonth(cursor, months); draw(); };
  line.append(button("Tháng trước", "‹", turn(-1)), title, button("Tháng sau", "›", turn(1)));
  return line;
}

const isBarred = (date) => (owner.dataset.min && iso(date) < owner.dataset.min) || (owner.dataset.max && iso(date) > owner.dataset.max);

function cell(date, chosen) {
  const place = document.createElement("td");
  if (date.getMonth() !== cursor.getMonth()) return place;
  const made = button(`${WEEKDAYS[(date.getDay() + 6) % 7][1]}, ngày ${words(date)}`, date.getDate(), () => pick(date));
  made.tabIndex = iso(date) === iso(cursor) ? 0 : -1;
  made.disabled = Boolean(isBarred(date));
  made.dataset.date = iso(date);
  if (iso(date) === iso(today())) made.setAttribute("aria-current", "date");
  if (chosen && iso(date) === iso(chosen)) made.setAttribute("aria-pressed", "true");
  place.append(made);
  return place;
}

function draw() {
  const table = document.createElement("table");
  const names = table.createTHead().insertRow();
  for (const [short, full] of WEEKDAYS) {
    const name = document.createElement("th");
    Object.assign(name, { scope: "col", abbr: full, textContent: short });
    names.append(name);
  }
  const body = table.createTBody();
  const first = new Date(cursor.getFullYear(), cursor.getMonth(), 1);
  const chosen = read(owner.value);
  for (let date = moved(first, -((first.getDay() + 6) % 7)), week = 0; week < 6; week += 1) {
    const row = body.insertRow();
    for (let day = 0; day < 7; day += 1, date = moved(date, 1)) row.append(cell(date, chosen));
    if (date.getMonth() !== cursor.getMonth()) break;
  }
  calendar.replaceChildren(head(), table, button("Chọn hôm nay", "Hôm nay", () => pick(today())));
  calendar.lastChild.disabled = Boolean(isBarred(today()));
}

const focusDay = () => calendar.querySelector(`[data-date="${iso(cursor)}"]`)?.focus();

function pick(date) {
  owner.value = words(date);
  calendar.hidePopover();
  owner.dispatchEvent(new Event("input", { bubbles: true }));
  owner.dispatchEvent(new Event("change", { bubbles: true }));
}

function open(field) {
  owner = field;
  cursor = read(field.value) ?? today();
  (field.closest("dialog") ?? document.body).append(calendar);
  calendar.setAttribute("aria-label", `Chọn ngày: ${field.labels[0]?.textContent.replace("*", "").trim() ?? ""}`);
  draw();
  calendar.showPopover();
  const box = field.getBoundingClientRect();
  const below = box.bottom + 4;
  const fits = below + calendar.offsetHeight < innerHeight;
  calendar.style.left = `${Math.max(8, Math.min(box.left, innerWidth - calendar.offsetWidth - 8))}px`;
  calendar.style.top = `${fits ? below : Math.max(8, box.top - calendar.offsetHeight - 4)}px`;
  focusDay();
}

calendar.addEventListener("toggle", ({ newState }) => { if (newState === "closed") owner?.focus(); });
const KEYS = {
  ArrowLeft: () => moved(cursor, -1),
  ArrowRight: () => moved(cursor, 1),
  ArrowUp: () => moved(cursor, -7),
  ArrowDown: () => moved(cursor, 7),
  PageUp: () => inMonth(cursor, -1),
  PageDown: () => inMonth(cursor, 1),
  Home: () => moved(cursor, -((cursor.getDay() + 6) % 7)),
  End: () => moved(cursor, 6 - ((cursor.getDay() + 6) % 7)),
};
calendar.addEventListener("keydown", (event) => {
  event.stopPropagation(); // the keys of the page behind it rest
  if (!KEYS[event.key] || !event.target.dataset.date) return;
  event.preventDefault();
  const next = KEYS[event.key]();
  if (isBarred(next)) return;
  cursor = next;
  draw();
  focusDay();
});

// Give a field its button. Without popovers it is only typed.
export function offerDays(field) {
  if (field.dataset.offered || !calendar.showPopover) return;
  field.dataset.offered = "1";
  const frame = document.createElement("span");
  const had = document.activeElement === field;
  frame.className = "day-input";
  field.replaceWith(frame);
  const opener = button("Mở lịch", "", () => open(field));
  opener.className = "day-open";
  opener.tabIndex = -1;
  opener.setAttribute("aria-hidden", "true"); // by keys it is ↓ in the field itself
  frame.append(field, opener);
  if (had) { // moved while somebody types in it, it tells of no change that began before
    field.focus();
    field.addEventListener("blur", () => settle(field), { once: true });
  }
  if ("typed" in field.dataset) settle(field);
  field.title = "Gõ ngày, hoặc bấm ↓ để mở lịch";
  field.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" || event.isComposing) return;
    event.preventDefault();
    open(field);
  });
}
