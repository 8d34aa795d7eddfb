// A form that could not be sent stays, says so beside its button, and is sent again by one click: with the same
// command id, so that it takes effect once, whatever became of the first try.

const WORDS = {
  line: "Chưa gửi được: không kết nối được máy chủ. Những gì đã nhập vẫn còn ở đây.",
  server: "Máy chủ chưa làm được việc này. Những gì đã nhập vẫn còn ở đây; hãy thử lại sau ít phút.",
  back: "Đã có mạng trở lại.",
};
const parts = document.querySelector("script[data-ping]").dataset;
const isPlain = (form) => form.method === "post" && !form.hasAttribute("hx-post");

function say(form, words, submitter) {
  form.querySelector(".unsent")?.remove();
  const line = document.createElement("p");
  const again = document.createElement("button");
  Object.assign(line, { className: "unsent field-error" });
  line.setAttribute("role", "alert");
  Object.assign(again, { type: "button", className: "second", textContent: "Gửi lại" });
  again.addEventListener("click", () => {
    line.remove();
    form.requestSubmit(submitter?.isConnected ? submitter : null);
  });
  const said = document.createElement("span");
  said.textContent = words;
  line.append(said, " ", again);
  (form.querySelector(".actions") ?? form.lastElementChild).after(line);
  again.scrollIntoView({ block: "nearest" });
}

const submitters = new WeakMap();
document.addEventListener("submit", (event) => {
  submitters.set(event.target, event.submitter);
  event.target.querySelector(".unsent")?.remove();
}, true);
const sayOf = (words) => ({ detail }) => {
  if (detail.elt.matches?.("form[data-kept]") && detail.elt.isConnected) say(detail.elt, words, submitters.get(detail.elt));
};
document.addEventListener("htmx:sendError", sayOf(WORDS.line));
document.addEventListener("htmx:timeout", sayOf(WORDS.line));
document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) sayOf(WORDS.server)(event); });
window.addEventListener("online", () => document.querySelectorAll(".unsent span").forEach((line) => { line.textContent = WORDS.back; }));

// Tell why the server cannot be reached, "" when it can: a browser would leave the form for an error page.
export async function fault() {
  if (!navigator.onLine) return WORDS.line;
  try {
    const answer = await fetch(parts.ping, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    return answer.status < 500 ? "" : WORDS.server;
  } catch {
    return WORDS.line;
  }
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.dataset.kept === undefined || !isPlain(form) || form.dataset.reached) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.reaching) return;
  form.dataset.reaching = "1";
  const words = await fault();
  delete form.dataset.reaching;
  if (words) return say(form, words, event.submitter);
  form.dataset.reached = "1";
  form.requestSubmit(event.submitter);
  delete form.dataset.reached;
}, true);
