// The plan form: one choice fills the lead of a whole area, and the bar counts the tasks that have none.
const form = document.getElementById("adopt");
const bar = document.querySelector("[data-without-lead]");
const leads = [...form.querySelectorAll("select[name^='lead-']")];

function count() {
  const left = leads.filter((select) => select.value === "").length;
  bar.textContent = left ? `${left} việc chưa chọn chủ trì.` : "Việc nào cũng đã có chủ trì.";
}

for (const choice of form.querySelectorAll("[data-area-lead]")) {
  choice.closest(".area-lead").hidden = false;
  choice.addEventListener("change", () => {
    for (const select of choice.closest("[data-area]").querySelectorAll("select[name^='lead-']")) select.value = choice.value;
    count();
  });
}
form.addEventListener("change", count);
count();

// Leaving with unsent changes asks first; sending the form does not.
let changed = false;
form.addEventListener("input", () => { changed = true; });
form.addEventListener("submit", () => { changed = false; });
window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
