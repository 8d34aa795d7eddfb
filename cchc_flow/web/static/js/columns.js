// On a phone one column is in sight: its name is marked among those of all, and each name leads to its column.
function markColumn() {
  const lanes = document.querySelector(".lanes");
  const middle = lanes.scrollLeft + lanes.clientWidth / 2;
  const offset = (lane) => Math.abs(lane.offsetLeft - lanes.offsetLeft + lane.offsetWidth / 2 - middle);
  const here = [...lanes.children].reduce((best, lane) => (offset(lane) < offset(best) ? lane : best));
  for (const way of document.querySelectorAll(".switch a")) {
    const isHere = way.hash === `#t-${here.dataset.state}`;
    if (isHere === way.hasAttribute("aria-current")) continue;
    if (isHere) way.setAttribute("aria-current", "true");
    else way.removeAttribute("aria-current");
    if (isHere) way.parentElement.scrollTo({ left: way.offsetLeft - way.parentElement.clientWidth / 3 });
  }
}
document.addEventListener("scroll", ({ target }) => { if (target.matches?.(".lanes")) markColumn(); }, true);
document.addEventListener("htmx:afterSettle", markColumn);
document.addEventListener("click", (event) => {
  const way = event.target.closest(".switch a");
  if (!way) return;
  event.preventDefault();
  const lane = document.querySelector(way.hash).closest(".lane");
  lane.scrollIntoView({ block: "nearest", inline: "center" });
  (lane.querySelector(".cards a[tabindex='0']") ?? way).focus({ preventScroll: true });
});
markColumn();
