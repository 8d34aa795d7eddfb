// Says beside a password field, while it is typed, how it stands; the server decides.
const shortest = 10;

function words(password, login) {
  const letters = [...password];
  if (letters.length === 0) return "";
  if (letters.length < shortest) return `Còn thiếu ${shortest - letters.length} ký tự.`;
  if (new Set(letters).size < 5) return "Lặp lại quá ít ký tự nên rất dễ đoán.";
  if (login && password.toLowerCase().includes(login.toLowerCase())) return "Chứa tên đăng nhập nên rất dễ đoán.";
  return letters.length >= 16 ? "Mạnh: đủ dài để khó đoán." : "Đủ dùng. Dài thêm vài ký tự thì mạnh hơn.";
}

for (const input of document.querySelectorAll("input[data-strength]")) {
  const line = document.createElement("p");
  line.className = "hint";
  line.setAttribute("aria-live", "polite");
  input.after(line);
  const login = () => document.getElementById(input.dataset.strength)?.value ?? input.dataset.strength;
  input.addEventListener("input", () => { line.textContent = words(input.value, login()); });
}
