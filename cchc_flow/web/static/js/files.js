// The field of files: what was chosen stands below it with its size, and each can be taken out again. Files that are
// chosen or dropped later come to those before. What is too large, or of another sort, is told before it is sent.

const MEGABYTE = 1048576;
const chosen = new WeakMap(); // input → its files as they were accepted
const isSame = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
const sizeWords = (size) => (size < MEGABYTE ? `${Math.max(1, Math.round(size / 1024))} kB` : `${Math.round(size / MEGABYTE)} MB`);

export function put(input, files) {
  const carrier = new DataTransfer();
  for (const file of files) carrier.items.add(file);
  input.files = carrier.files;
  chosen.set(input, [...input.files]);
  draw(input);
}

function fits(input, file) {
  const sorts = input.accept.split(",").map((sort) => sort.trim()).filter((sort) => sort.startsWith("."));
  return !sorts.length || sorts.some((sort) => file.name.toLowerCase().endsWith(sort));
}

// Take what can be taken of the new files, and return why the others cannot.
function sift(input, files) {
  const faults = [];
  const taken = input.multiple ? [...(chosen.get(input) ?? [])] : [];
  const { limit = Infinity, total = Infinity } = input.dataset;
  for (const file of files) {
    const sum = taken.reduce((size, one) => size + one.size, file.size);
    if (taken.some((one) => isSame(one, file))) continue;
    if (!fits(input, file)) faults.push(`Tệp «${file.name}» không thuộc loại ${input.accept.replaceAll(",", ", ")}. Hãy chọn lại.`);
    else if (file.size > limit) faults.push(`Tệp «${file.name}» nặng ${sizeWords(file.size)}, mỗi tệp nhiều nhất ${sizeWords(limit)}. Hãy chọn lại.`);
    else if (sum > total) faults.push(`Thêm tệp «${file.name}» thì tất cả nặng ${sizeWords(sum)}, một lần gửi nhiều nhất ${sizeWords(total)}. Hãy chọn lại.`);
    else taken.push(file);
  }
  put(input, taken);
  return faults;
}

function tell(input, faults) {
  const frame = input.closest(".field") ?? input.parentElement;
  frame.querySelectorAll(".field-error").forEach((line) => line.remove());
  for (const fault of faults) {
    const line = document.createElement("p");
    Object.assign(line, { className: "field-error", role: "alert", textContent: fault });
    frame.append(line);
  }
}

function line(input, file) {
  const row = document.createElement("li");
  const drop = document.createElement("button");
  Object.assign(drop, { type: "button", className: "quiet", textContent: "Bỏ" });
  drop.setAttribute("aria-label", `Bỏ tệp ${file.name}`);
  drop.addEventListener("click", () => {
    put(input, chosen.get(input).filter((one) => one !== file));
    tell(input, []);
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
  const name = document.createElement("span");
  name.append(file.name, " ");
  const size = document.createElement("span");
  Object.assign(size, { className: "muted small", textContent: sizeWords(file.size) });
  row.append(name, size, drop);
  return row;
}

function draw(input) {
  const frame = input.closest(".file-input");
  const files = chosen.get(input) ?? [];
  frame?.parentElement.querySelector(".chosen")?.remove();
  if (!frame) return;
  const words = frame.querySelector(".file-words span");
  words.dataset.empty ??= words.textContent;
  const sum = sizeWords(files.reduce((size, file) => size + file.size, 0));
  words.textContent = files.length ? `${files.length} tệp, ${sum}` : words.dataset.empty;
  frame.querySelector(".file-words b").textContent = !files.length ? "Chọn tệp…" : input.multiple ? "Thêm tệp…" : "Chọn tệp khác…";
  if (!files.length) return;
  const list = document.createElement("ul");
  list.className = "chosen";
  list.append(...files.map((file) => line(input, file)));
  frame.after(list);
}

// The files that a person has just chosen; those that we have put there ourselves are known already.
// What the server said about a file stays beside it when a draft brings the file back.
document.addEventListener("change", ({ target, isTrusted }) => {
  if (target.type !== "file" || !target.files) return;
  const files = [...target.files];
  const known = chosen.get(target) ?? [];
  if (files.length === known.length && files.every((file, at) => file === known[at])) return;
  if (!files.length) chosen.set(target, []);
  const faults = sift(target, files);
  if (isTrusted || faults.length) tell(target, faults);
}, true);

document.addEventListener("reset", ({ target }) => setTimeout(() => {
  for (const input of target.querySelectorAll("input[type=file]")) put(input, []);
}));

for (const [name, over] of [["dragenter", true], ["dragover", true], ["dragleave", false], ["drop", false]]) {
  document.addEventListener(name, ({ target }) => target.closest?.(".file-input")?.classList.toggle("over", over));
}

// Draw what a field holds: the browser may have kept it, or it was chosen while this was on its way.
export function listFiles(input) {
  if (chosen.has(input)) return;
  const faults = input.files.length ? sift(input, [...input.files]) : [];
  if (faults.length) tell(input, faults);
}
