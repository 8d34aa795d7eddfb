// Esc or a click beside it closes the dialog; one in which something was typed asks first, in a dialog of its own.

const dialog = document.getElementById("dialog");
const ask = document.createElement("dialog");
let drafts = null; // js/drafts.js

const form = () => dialog.querySelector("form[data-kept]");

function choice(words, kind, run) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: kind, textContent: words });
  button.addEventListener("click", () => {
    ask.close();
    run();
  });
  return button;
}

function close(forgets) {
  if (form()) (forgets ? drafts.forget : drafts.flush)(form());
  dialog.close();
}

function build() {
  const title = document.createElement("h2");
  const words = document.createElement("p");
  const acts = document.createElement("p");
  Object.assign(title, { id: "ask-title", textContent: "Đóng biểu mẫu đang viết dở?" });
  words.textContent = "Bản nháp nằm trên máy này, chờ bạn mở lại biểu mẫu trong 7 ngày; bạn đăng xuất thì bị xóa.";
  acts.className = "actions";
  acts.append(
    choice("Viết tiếp", "", () => {}),
    choice("Đóng, giữ bản nháp", "second", () => close(false)),
    choice("Bỏ bản nháp", "danger", () => close(true)),
  );
  ask.setAttribute("aria-labelledby", title.id);
  ask.className = "ask-dialog";
  ask.append(title, words, acts);
  document.body.append(ask);
}

function leave() {
  if (!form() || !drafts.isEdited(form())) return dialog.close();
  if (!ask.isConnected) build();
  ask.showModal();
}

const isBeside = ({ target, clientX, clientY }) => {
  if (target !== dialog) return false;
  const box = dialog.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
};

// A click counts when it was pressed and let go beside the dialog: text may be selected beyond its edge.
let pressed = false;
dialog.addEventListener("pointerdown", (event) => { pressed = isBeside(event); });
dialog.addEventListener("click", (event) => { if (pressed && isBeside(event)) leave(); });
dialog.addEventListener("cancel", (event) => {
  if (event.target !== dialog) return; // of a field of files in it
  event.preventDefault();
  leave();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || !dialog.open || ask.open || document.querySelector(":popover-open, #dialog .people-offer:not([hidden])")) return;
  event.preventDefault(); // pressed twice, browsers would close a dialog without asking
  leave();
}, true);

export function askBeforeLeaving(module) {
  drafts = module;
}
