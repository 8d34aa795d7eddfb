// The board's menu, which serves all cards, and the filters above it.

const menu = document.getElementById("menu");
const wide = matchMedia("(min-width: 48.01rem)");
const byId = (id) => document.getElementById(id);

// The menu of all cards. Without popovers, or with a modifier key, the link opens its page.
function closeMenu() {
  if (menu.matches(":popover-open")) menu.hidePopover();
}

function openMenu(link) {
  const box = link.getBoundingClientRect();
  menu.showPopover();
  const left = Math.min(box.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8);
  const below = box.bottom + 4;
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${below + menu.offsetHeight > innerHeight ? Math.max(8, innerHeight - menu.offsetHeight - 8) : below}px`;
  menu.querySelector("a, button")?.focus();
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest("#board .m");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !menu.showPopover) return;
  event.preventDefault();
  const { id } = link.closest("li");
  menu.replaceChildren();
  await htmx.ajax("GET", link.getAttribute("href"), { source: link, target: "#menu", swap: "innerHTML" }).catch(() => {});
  if (!menu.firstElementChild) return;
  menu.dataset.card = id;
  openMenu(link);
});

menu.addEventListener("toggle", (event) => {
  if (event.newState === "closed") byId(menu.dataset.card)?.querySelector(".m")?.focus();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (menu.contains(event.detail.elt)) closeMenu();
});

// The filters are folded away on a phone only; a browser that opens them by style alone is told as well.
const filters = document.querySelector(".more-filters");
const unfold = () => { filters.open = wide.matches; };
wide.addEventListener("change", unfold);
unfold();

// A day that was refused leaves its field: it says which day the board shows.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.elt.id !== "filters") return;
  byId("f-as_of").value = (new URLSearchParams(location.search).get("as_of") ?? "").split("-").reverse().join("/");
});

// Empty filters do not belong into the address.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.id !== "filters") return;
  for (const [name, value] of [...event.detail.formData.entries()]) if (!value) event.detail.formData.delete(name);
});
