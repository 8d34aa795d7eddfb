// Who comes back to the board finds it as it was left: its filters stand in the address, and where it was scrolled to
// and what had the focus is kept in this tab. Pages are not stored by the browser, so it is drawn anew each time.

const lanes = document.getElementById("board");
const KEY = "board-view";
const way = document.querySelector(".back a");
const folder = location.pathname.split("/").slice(0, 2).join("/");
const read = () => JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
const kindOf = (url) => new URL(url, location).searchParams.get("kind");

function keep() {
  const lists = [...document.querySelectorAll(".lanes, .cards")].map((one) => [one.id || "lanes", one.scrollLeft, one.scrollTop]);
  const focus = document.activeElement?.closest("li[data-v]")?.id;
  const view = { folder, url: location.pathname + location.search, lists, focus, down: scrollY };
  sessionStorage.setItem(KEY, JSON.stringify(view));
}

// A long column is fetched page by page, as it was when it was scrolled.
function restore({ lists, focus, down }) {
  const wanted = new Map(lists.map(([id, left, top]) => [id, [left, top]]));
  const scroll = () => {
    for (const one of document.querySelectorAll(".lanes, .cards")) {
      const [left, top] = wanted.get(one.id || "lanes") ?? [0, 0];
      one.scrollTo(left, top);
      if (one.scrollTop >= top - 1 || !one.querySelector(".more")) wanted.delete(one.id || "lanes");
    }
    if (!wanted.size) document.removeEventListener("htmx:afterSettle", scroll);
  };
  document.addEventListener("htmx:afterSettle", scroll);
  for (const stop of ["pointerdown", "wheel", "keydown"]) {
    addEventListener(stop, () => document.removeEventListener("htmx:afterSettle", scroll), { once: true, passive: true });
  }
  scroll();
  scrollTo(0, down);
  document.getElementById(focus)?.querySelector("a").focus({ preventScroll: true });
}

if (lanes) {
  addEventListener("pagehide", keep);
  const [{ type } = {}] = performance.getEntriesByType("navigation");
  const view = read();
  const comesBack = type === "back_forward" || type === "reload" || sessionStorage.getItem("returning");
  sessionStorage.removeItem("returning");
  if (comesBack && view.url === location.pathname + location.search) restore(view);
}

// «Bảng công việc» of an item leads to the board as it was left, if that shows the item's kind.
if (!lanes && way) {
  const { url, folder: from } = read();
  if (from === folder && kindOf(url) === kindOf(way.href)) way.href = url;
  way.addEventListener("click", () => sessionStorage.setItem("returning", "1"));
}
