// Selecting many rows of a table: one box for all, ranges with Shift, how many are chosen, and a word while a
// long submission is on its way.

function begin(form) {
  const boxes = [...form.querySelectorAll("[data-rows] input[name=item]")];
  const every = form.querySelector("[data-every]"); // all that match the filter, on all pages
  const words = form.querySelector("[data-chosen]");
  const all = document.createElement("input");
  let last = null; // the box that was clicked before, where a range begins

  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = boxes.length > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && !all.checked;
    if (every && !all.checked) every.checked = false;
    const number = every?.checked ? Number(every.dataset.every) : chosen;
    words.textContent = number ? `Đã chọn ${number} việc.` : "Chưa chọn việc nào.";
    for (const button of form.querySelectorAll("[data-acts]")) button.disabled = number === 0;
    for (const part of form.querySelectorAll("[data-when-all]")) part.hidden = !all.checked;
  };

  const head = form.querySelector("[data-rows] thead th");
  if (head && boxes.length) {
    const label = document.createElement("label");
    label.className = "pick-all";
    all.type = "checkbox";
    all.setAttribute("aria-label", "Chọn tất cả các dòng");
    label.append(all);
    head.replaceChildren(label);
  }
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  form.addEventListener("click", (event) => {
    const box = event.target;
    if (!boxes.includes(box)) return;
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((one, other) => one - other);
      for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
    }
    last = box;
    show();
  });
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}

// One choice fills the lead of every task of an area.
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-area-lead]")) return;
  const { area } = target.closest("[data-area]").dataset;
  for (const row of document.querySelectorAll("tr[data-area]")) {
    const lead = row.dataset.area === area && row.querySelector("select[name^='lead-']");
    if (lead) lead.value = target.value;
  }
});

function beginIn(place) {
  place.querySelectorAll("form[data-selection]").forEach(begin);
  for (const choice of place.querySelectorAll("[data-area-lead]")) choice.closest(".area-lead").hidden = false;
}
beginIn(document);
document.addEventListener("htmx:afterSwap", ({ detail }) => beginIn(detail.target));

// The folded units of a row say how many they are.
document.addEventListener("change", ({ target }) => {
  const fold = target.closest?.("details.support");
  if (!fold) return;
  const number = fold.querySelectorAll(":checked").length;
  fold.querySelector("[data-support]").textContent = number ? `+${number} đơn vị phối hợp` : "Thêm đơn vị phối hợp";
});
