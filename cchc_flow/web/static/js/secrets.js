// A secret for a sample, and the hash by which its owner commits to it: both are made here and the secret is
// never sent. Browsers hash on pages of https and localhost only; elsewhere the button stays hidden.

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function makeSecret(form) {
  const secret = hex(crypto.getRandomValues(new Uint8Array(12)));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  const field = form.querySelector("#commitment");
  field.value = hex(new Uint8Array(digest));
  field.dispatchEvent(new Event("input", { bubbles: true }));
  const told = form.querySelector("[data-made-secret]");
  told.replaceChildren("Bí mật, hãy chép lại và cất riêng ngay: ", Object.assign(document.createElement("code"), { textContent: secret }));
}

for (const form of document.querySelectorAll("[data-commitment]")) {
  if (!globalThis.crypto?.subtle) continue;
  form.querySelector("[data-secret-maker]").hidden = false;
  form.querySelector("[data-make-secret]").addEventListener("click", () => makeSecret(form));
}
