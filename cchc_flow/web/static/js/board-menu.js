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

// What the card says in few letters stands here in full.
function factsOf(card) {
  const [due] = card.querySelectorAll("time[datetime]");
  const day = due && !due.title.startsWith("Hạn") ? `Hạn ${due.dateTime.split("-").reverse().join("/")}` : "";
  const words = [...card.querySelectorAll("i, p, time, progress")].map((part) => part.title || part.textContent);
  return Object.assign(document.createElement("p"), { className: "muted small", textContent: [...words, day].filter(Boolean).join(" · ") });
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
  menu.querySelector(".menu-title")?.after(factsOf(byId(id)));
  openMenu(link);
});

menu.addEventListener("toggle", (event) => {
  if (event.newState === "closed") byId(menu.dataset.card)?.querySelector(".m")?.focus();
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (menu.contains(event.detail.elt)) closeMenu();
});

// What is cut is whole in its tooltip, and a title below its card for who comes by keys.
for (const way of ["mouseover", "focusin"]) {
  document.addEventListener(way, ({ target }) => {
    const part = target.closest?.("#board li[data-v] > :is(a:first-child, i)");
    if (!part || part.title) return;
    if (part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth) part.title = part.lastChild.textContent.trim();
  });
}
