// What serves all cards: their menu, and the tooltip of what is cut.

const menu = document.getElementById("menu");
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

document.addEventListener("mouseover", ({ target }) => {
  const part = target.closest?.("#board li[data-v] > :is(a:first-child, i, p, time)");
  if (!part || part.title) return;
  if (part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth) part.title = part.textContent.trim();
});
