// «?» on the board: the keys, in a dialog. Fetched when somebody asks.

const KEYS = [
  ["← ↑ → ↓", "Đi giữa các thẻ, các cột và các hàng"],
  ["Enter", "Mở công việc"],
  ["m", "Các bước của thẻ"],
  ["Phím cách", "Nhấc thẻ; mũi tên chọn cột; phím cách thả; Esc thôi"],
  ["/", "Tìm"],
  ["u", "Đến nút «Hoàn tác» của bước vừa rồi"],
  ["?", "Bảng này"],
];
export function showKeys() {
  const dialog = document.getElementById("dialog");
  const make = (tag, words, more = {}) => Object.assign(document.createElement(tag), { textContent: words, ...more });
  const list = make("dl", "", { className: "facts" });
  for (const [key, words] of KEYS) list.append(make("dt", key), make("dd", words));
  const close = make("button", "Đóng", { type: "button" });
  close.dataset.close = "";
  const end = make("p", "", { className: "actions" });
  end.append(close);
  dialog.replaceChildren(make("h2", "Phím tắt trên bảng", { id: "dialog-title" }), list, end);
  dialog.showModal();
}
