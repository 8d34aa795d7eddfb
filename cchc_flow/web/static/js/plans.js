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

// What was typed is kept at the server a moment later, so the form can be left and come back to. Leaving asks
// only while something is not kept yet.
const words = document.querySelector("[data-kept]");
let changed = false;
let timer = 0;

async function keep() {
  clearTimeout(timer);
  if (!changed) return;
  changed = false;
  const answer = await fetch(form.dataset.keep, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (answer?.ok) words.textContent = "Những gì bạn sửa đã được lưu; rời trang rồi làm tiếp được.";
  else {
    changed = true;
    words.textContent = "Chưa lưu được những gì bạn vừa sửa; sẽ thử lại khi bạn sửa tiếp.";
  }
}

form.addEventListener("input", () => {
  changed = true;
  clearTimeout(timer);
  timer = setTimeout(keep, 1500);
});
form.addEventListener("submit", () => {
  changed = false;
  clearTimeout(timer);
});
window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });

// On a phone each area is a section that opens on a tap; where a field is wrong or a link leads, it opens by itself.
const sections = [...form.querySelectorAll("details.section")];
const open = (place) => { if (place?.closest?.("details.section")) place.closest("details.section").open = true; };
if (matchMedia("(max-width: 56rem)").matches) {
  for (const section of sections) section.open = section === sections[0] || section.querySelector("[aria-invalid]") !== null;
}
const openTarget = () => {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  open(place);
  open(place?.querySelector(".section > summary"));
};
addEventListener("hashchange", openTarget);
openTarget();
form.addEventListener("invalid", (event) => open(event.target), true);
