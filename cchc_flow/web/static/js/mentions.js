// After an @ in a comment the names of colleagues are offered, as the page's own list has them: arrows walk, Enter or
// Tab takes, Esc closes. Without this script the full name is typed after the @.

const SHOWN = 6;
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replaceAll("Đ", "D").toLowerCase();

// What was typed after the last @ before the caret, null if the caret is not in a mention.
function typedName(field) {
  const before = field.value.slice(0, field.selectionStart);
  const found = /(?:^|[^\p{L}\p{N}_.@])@([\p{L}\p{N}.' ]{0,40})$/u.exec(before);
  return found && !/^ |  /.test(found[1]) ? found[1] : null;
}

function fits(person, typed) {
  const name = folded(`${person.name} ${person.login}`);
  return name.startsWith(typed) || name.split(/\s+/).some((_, from, parts) => parts.slice(from).join(" ").startsWith(typed));
}

class Offer {
  constructor(field, list) {
    this.field = field;
    this.people = [...list.options].map((option) => ({ name: option.label, login: option.dataset.login, value: option.value, unit: option.dataset.unit }));
    this.box = Object.assign(document.createElement("ul"), { id: `${field.id}-people`, className: "people-offer", hidden: true });
    this.box.setAttribute("role", "listbox");
    this.box.setAttribute("aria-label", "Người có thể nhắc đến");
    this.told = Object.assign(document.createElement("p"), { className: "visually-hidden" });
    this.told.setAttribute("role", "status");
    field.after(this.box, this.told);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.box.id);
    field.addEventListener("input", () => this.show());
    field.addEventListener("keydown", (event) => this.walk(event));
    field.addEventListener("blur", () => this.close());
    this.box.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the focus stays in the field
      const line = event.target.closest("li");
      if (line) this.take(line);
    });
  }

  show() {
    const typed = typedName(this.field);
    const found = typed === null ? [] : this.people.filter((person) => fits(person, folded(typed))).slice(0, SHOWN);
    if (!found.length) { this.close(); return; }
    this.box.replaceChildren(...found.map((person, number) => this.line(person, number)));
    this.box.hidden = false;
    this.mark(this.box.firstElementChild);
    this.told.textContent = `${found.length} người; mũi tên để chọn, Enter để điền.`;
  }

  line(person, number) {
    const line = Object.assign(document.createElement("li"), { id: `${this.box.id}-${number}` });
    line.setAttribute("role", "option");
    line.dataset.value = person.value;
    const unit = Object.assign(document.createElement("span"), { className: "muted small", textContent: person.unit });
    line.append(person.name, " ", unit);
    return line;
  }

  mark(line) {
    for (const one of this.box.children) one.setAttribute("aria-selected", String(one === line));
    this.field.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  }

  walk(event) {
    if (this.box.hidden || event.isComposing) return;
    const marked = this.box.querySelector("[aria-selected=true]");
    const { firstElementChild: first, lastElementChild: last } = this.box;
    if (event.key === "ArrowDown") this.mark(marked.nextElementSibling ?? first);
    else if (event.key === "ArrowUp") this.mark(marked.previousElementSibling ?? last);
    else if (event.key === "Enter" || event.key === "Tab") this.take(marked);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation(); // Esc closes the list and not the dialog around it
  }

  take(line) {
    const end = this.field.selectionStart;
    this.field.setRangeText(`${line.dataset.value} `, end - typedName(this.field).length, end, "end");
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }

  close() {
    this.box.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
    this.told.textContent = "";
  }
}

export function offerPeople(list) {
  const field = list.form?.querySelector("textarea") ?? list.closest("form")?.querySelector("textarea");
  if (!field || field.dataset.offers) return;
  field.dataset.offers = "1";
  new Offer(field, list);
}
