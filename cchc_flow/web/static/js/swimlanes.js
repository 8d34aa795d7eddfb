// The swimlanes of the board: each folds by its name, stays folded in this tab, and comes and goes with its cards.

const KEY = "folded-swimlanes";
const division = () => new URLSearchParams(location.search).get("lanes") ?? "";
const read = () => JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
const folded = () => new Set(read()[division()]);

function showFolds() {
  const names = folded();
  for (const part of document.querySelectorAll("#board [data-swimlane]")) {
    const isFolded = names.has(part.dataset.swimlane);
    part.classList.toggle("folded", isFolded);
    const button = part.querySelector("[data-fold]");
    if (!button) continue;
    button.disabled = false;
    button.setAttribute("aria-expanded", String(!isFolded));
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("#board [data-fold]");
  if (!button) return;
  const names = folded();
  const { swimlane } = button.parentElement.dataset;
  if (!names.delete(swimlane)) names.add(swimlane);
  sessionStorage.setItem(KEY, JSON.stringify({ ...read(), [division()]: [...names] }));
  showFolds();
});

// A swimlane that the page does not have comes in where it belongs; one that has no card any more leaves.
function takeOver(fresh) {
  for (const part of document.querySelectorAll("#board [data-swimlane]")) {
    if (!fresh.querySelector(`[data-swimlane="${CSS.escape(part.dataset.swimlane)}"]`)) part.remove();
  }
  for (const lane of document.querySelectorAll("#board .lane")) {
    let last = lane.querySelector(".lane-act") ?? lane.querySelector("h2");
    for (const part of fresh.querySelectorAll(`[data-state="${lane.dataset.state}"] > [data-swimlane]`)) {
      const own = [...lane.children].find((one) => one.tagName === part.tagName && one.dataset.swimlane === part.dataset.swimlane);
      const bare = own ?? document.importNode(part, part.tagName === "H3");
      if (!own) last.after(bare);
      last = bare;
    }
  }
}

// Before the cards are brought, hence in the capturing phase.
document.addEventListener("live:board", ({ detail: { body } }) => {
  if (!body.hasAttribute("data-whole")) takeOver(body.querySelector("#board"));
  setTimeout(showFolds);
}, true);
document.addEventListener("htmx:afterSwap", showFolds);
showFolds();
