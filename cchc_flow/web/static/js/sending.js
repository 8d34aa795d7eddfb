// A plain form is sent without leaving its page: what goes wrong on the way, at the server or in a field is said here,
// and all that was typed stays. «Gửi lại» sends it with the same command id, so that it takes effect once.

import * as drafts from "./drafts.js";

const WORDS = {
  line: "Chưa gửi được: không kết nối được máy chủ. Những gì đã nhập vẫn còn ở đây.",
  cut: "Câu trả lời của máy chủ bị đứt giữa chừng. Hãy bấm «Gửi lại»: gửi mấy lần cũng chỉ ghi một lần.",
  server: "Máy chủ chưa làm được việc này. Những gì đã nhập vẫn còn ở đây; hãy thử lại sau ít phút.",
  back: "Đã có mạng trở lại.",
  busy: "Đang gửi…",
  slow: "Mạng chậm, vẫn đang gửi…",
};
const parts = document.querySelector("script[data-ping]").dataset;
const staged = new Map(); // address → key of the draft of a form whose answer asks for more before anything is done

// Forms of who has signed in; htmx sends its own, signing out has more to do (base.js), and a file that is the
// answer of a form (data-download) is the browser's to keep.
function isOurs(form) {
  const owner = drafts.ownerOf(form);
  const isPlain = form.method === "post" && !form.matches("[hx-post], [data-download]") && !form.action.endsWith?.("/sessions/end");
  return isPlain && owner.includes("/") && !owner.endsWith("/") && form.closest("main, #dialog");
}

function say(form, words, submitter, ways = []) {
  form.querySelector(".unsent")?.remove();
  form.closest("#dialog")?.querySelector(".said")?.remove(); // said before this module was there
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
  line.append(said, " ", ...ways, " ", again);
  (form.querySelector(".actions") ?? form.lastElementChild).after(line);
  again.scrollIntoView({ block: "nearest" });
}

// The word beside the buttons comes when the answer does not come at once. Return what takes it away again.
function showBusy(form) {
  let word = form.querySelector(".sending");
  if (!word) {
    word = document.createElement("span");
    word.className = "sending";
    word.setAttribute("role", "status");
    (form.querySelector(".actions") ?? form).append(" ", word);
  }
  form.setAttribute("aria-busy", "true");
  const timers = [
    setTimeout(() => {
      form.classList.add("htmx-request");
      word.textContent = form.dataset.sending ?? WORDS.busy;
    }, 300),
    setTimeout(() => { word.textContent = form.dataset.sending ?? WORDS.slow; }, 8000),
  ];
  // What takes the server some seconds is not pressed again meanwhile.
  const pressed = form.dataset.sending ? [...form.querySelectorAll("button:not([type=button])")] : [];
  for (const button of pressed) button.disabled = true;
  return () => {
    timers.forEach(clearTimeout);
    for (const button of pressed) button.disabled = false;
    form.classList.remove("htmx-request");
    form.removeAttribute("aria-busy");
  };
}

async function send(form, submitter) {
  const data = new FormData(form);
  if (submitter?.name) data.append(submitter.name, submitter.value);
  const address = submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
  const end = showBusy(form);
  let answer;
  let words;
  try { // only what the line can fail at, an answer that breaks off too: a fault of our own belongs on the console
    answer = await fetch(address, {
      method: "POST",
      body: form.enctype === "multipart/form-data" ? data : new URLSearchParams(data),
      headers: { "Cchc-Form": "1" },
    });
    words = await answer.text();
  } catch {
    end();
    return say(form, answer ? WORDS.cut : WORDS.line, submitter);
  }
  const way = answer.headers.get("HX-Redirect") ?? (answer.redirected && answer.ok ? answer.url : null);
  if (way) return leave(form, address, way);
  end();
  take(form, submitter, answer, words, address);
}

// What was sent is done: its drafts go, also that of the form before the one that asked once more.
async function leave(form, address, way) {
  drafts.forget(form);
  drafts.drop(staged.get(address));
  await drafts.settle();
  const to = new URL(way, location.href);
  const isHere = to.pathname + to.search === location.pathname + location.search;
  location.assign(to);
  if (isHere && to.hash) location.reload(); // a place in this same page would only be scrolled to
}

function take(form, submitter, answer, words, address) {
  const page = new DOMParser().parseFromString(words, "text/html");
  const main = page.getElementById("main");
  if (answer.status >= 500) return say(form, WORDS.server, submitter);
  if (!main) return say(form, WORDS.cut, submitter);
  const isBack = [...main.querySelectorAll("form")].some((one) => one.getAttribute("action") === address);
  if (answer.ok) stage(form, address);
  if (answer.ok || isBack) return show(page);
  const told = [...main.querySelectorAll("h1, .lead")].map((one) => one.textContent.trim()).join(" ");
  say(form, told, submitter, [...main.querySelectorAll("a[data-sign-in]")].map((one) => document.adoptNode(one)));
}

// The answer is a page of its own: «Back» leads to what stands here now.
function stage(form, address) {
  staged.set(address, drafts.keyOfKept(form));
  history.pushState(null, "");
  addEventListener("popstate", () => location.reload(), { once: true });
}

// Put what an answer is about in the place of what stood here; the page keeps its address.
function show(page) {
  const has = (kind, name, one) => document.querySelector(`${kind}[${name}="${one.getAttribute(name)}"]`);
  for (const link of page.querySelectorAll('link[rel="stylesheet"]')) if (!has("link", "href", link)) document.head.append(document.adoptNode(link));
  document.title = page.title;
  const main = document.getElementById("main");
  main.replaceChildren(...page.getElementById("main").childNodes);
  document.getElementById("toasts").prepend(...page.getElementById("toasts").children);
  htmx.process(main);
  htmx.trigger(main, "htmx:afterSwap", { target: main });
  for (const script of page.querySelectorAll('script[type="module"]:not([data-forms])')) if (!has("script", "src", script)) import(script.getAttribute("src"));
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
  main.querySelector('[aria-invalid="true"]')?.focus();
}

const submitters = new WeakMap();
document.addEventListener("submit", (event) => {
  const form = event.target;
  submitters.set(form, event.submitter);
  form.querySelector(".unsent")?.remove();
  if (!isOurs(form)) return;
  event.preventDefault();
  if (!form.hasAttribute("aria-busy")) send(form, event.submitter);
}, true);

// The same for forms that htmx sends.
const sayOf = (words) => ({ detail }) => {
  if (detail.elt.matches?.("form[data-kept]") && detail.elt.isConnected) say(detail.elt, words, submitters.get(detail.elt));
};
document.addEventListener("htmx:sendError", sayOf(WORDS.line));
document.addEventListener("htmx:timeout", sayOf(WORDS.line));
document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) sayOf(WORDS.server)(event); });
window.addEventListener("online", () => document.querySelectorAll(".unsent span").forEach((line) => { line.textContent = WORDS.back; }));

// The session has ended while a form stands in the dialog: it is opened again when its person has signed in.
function rememberDialog() {
  const form = document.querySelector("#dialog[open] form[data-kept][data-page]");
  if (!form) return;
  drafts.flush(form);
  sessionStorage.setItem("reopen", JSON.stringify({ owner: drafts.ownerOf(form), page: form.dataset.page }));
}
document.addEventListener("click", ({ target }) => { if (target.closest?.("a[data-sign-in]")) rememberDialog(); });
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
  if (/\/sign-in\b/.test(detail.xhr.getResponseHeader("HX-Redirect") ?? "")) rememberDialog();
});

export function reopenDialog(token) {
  const { owner, page } = JSON.parse(sessionStorage.getItem("reopen"));
  const here = token.split("/", 2).join("/");
  if (here.endsWith("/")) return; // nobody has signed in yet
  sessionStorage.removeItem("reopen");
  if (owner === here) htmx.ajax("GET", page, "#dialog");
}

// Tell why the server cannot be reached, "" when it can: a browser would leave the page for an error page.
export async function fault() {
  if (!navigator.onLine) return WORDS.line;
  try {
    const answer = await fetch(parts.ping, { cache: "no-store", signal: AbortSignal.timeout(8000) });
    return answer.status < 500 ? "" : WORDS.server;
  } catch {
    return WORDS.line;
  }
}
