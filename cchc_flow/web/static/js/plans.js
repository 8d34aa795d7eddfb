// The plan form: one choice fills the lead of a whole area, and the bar counts the tasks that have none.
let form = null;
let leads = [];

function count() {
  const left = leads.filter((select) => select.value === "").length;
  document.querySelector("[data-without-lead]").textContent = left ? `${left} việc chưa chọn chủ trì.` : "Việc nào cũng đã có chủ trì.";
}

function fillArea({ target }) {
  if (!target.matches("[data-area-lead]")) return;
  for (const select of target.closest("[data-area]").querySelectorAll("select[name^='lead-']")) select.value = target.value;
}

// What was typed is kept at the server a moment later, so the form can be left and come back to on any machine.
// Leaving asks only while something is not kept yet.
let changed = false;
let timer = 0;

async function keep() {
  clearTimeout(timer);
  if (!changed) return;
  changed = false;
  const answer = await fetch(form.dataset.keep, { method: "POST", body: new FormData(form) }).catch(() => null);
  const words = document.querySelector("[data-kept-words]");
  if (answer?.ok) words.textContent = "Những gì bạn sửa đã được lưu; rời trang rồi làm tiếp được.";
  else {
    changed = true;
    words.textContent = "Chưa lưu được những gì bạn vừa sửa; sẽ thử lại khi bạn sửa tiếp.";
  }
}
window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

// On a phone each area is a section that opens on a tap; where a field is wrong or a link leads, it opens by itself.
const open = (place) => { if (place?.closest?.("details.section")) place.closest("details.section").open = true; };
const openTarget = () => {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  open(place);
  open(place?.querySelector(".section > summary"));
};
addEventListener("hashchange", openTarget);

function begin() {
  form = document.getElementById("adopt");
  if (!form) return;
  leads = [...form.querySelectorAll("select[name^='lead-']")];
  for (const choice of form.querySelectorAll("[data-area-lead]")) choice.closest(".area-lead").hidden = false;
  form.addEventListener("change", fillArea);
  form.addEventListener("change", count);
  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 1500);
  });
  form.addEventListener("submit", () => {
    changed = false;
    clearTimeout(timer);
  });
  form.addEventListener("invalid", (event) => open(event.target), true);
  const sections = [...form.querySelectorAll("details.section")];
  if (matchMedia("(max-width: 56rem)").matches) {
    for (const section of sections) section.open = section === sections[0] || section.querySelector("[aria-invalid]") !== null;
  }
  openTarget();
  count();
}
begin();
// A corrected line took all that was typed with it (corrections.js).
document.addEventListener("plan:drawn", () => {
  changed = false;
  clearTimeout(timer);
});
document.addEventListener("htmx:afterSwap", begin);
