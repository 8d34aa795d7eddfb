// The page: takes a bundle, and at will a checkpoint and key that were kept elsewhere, and says what was found.

const form = document.querySelector("form");
const answer = document.querySelector("#answer");
const PROVED = [
  "Mỗi sự kiện đúng từng byte như đã niêm phong, ở đúng vị trí của nó; các dấu niêm phong nối tiếp nhau.",
  "Minh chứng và văn bản đúng là thứ mà sự kiện đã nêu; nội dung vắng mặt thì có sự kiện xóa nó.",
  "Trong tệp ZIP không có gì ngoài bản kê đã ký.",
];
const COMPLETE = {
  whole: "Không thiếu sự kiện nào từ đầu đến dấu niêm phong cuối.",
  period: "Không thiếu sự kiện nào được ghi trong kỳ.",
};
const GAPLESS = "Sự kiện của mỗi công việc trong hồ sơ đủ từ sự kiện đầu tiên, không thiếu ở giữa.";
const TAIL = "Sự kiện sau cùng của một công việc, hay cả một công việc, có thể đã bị bỏ ra ngoài hồ sơ.";
const DEPENDENT = "Khóa lấy từ chính hồ sơ: ai giữ khóa niêm phong cũng lập được một lịch sử khác. Hãy đối chiếu với dấu "
  + "niêm phong và khóa mà bạn đã cất ở nơi khác.";
const OUTSIDE = "Việc đã làm mà không ghi vào nhật ký thì không hồ sơ nào cho biết.";

function list(title, sentences) {
  const part = document.createElement("section");
  const head = part.appendChild(document.createElement("h3"));
  const lines = part.appendChild(document.createElement("ul"));
  head.textContent = title;
  for (const words of sentences) lines.appendChild(document.createElement("li")).textContent = words;
  return part;
}

function say(state, words, ...parts) {
  const line = document.createElement("p");
  line.className = state;
  line.textContent = words;
  answer.replaceChildren(line, ...parts);
}

function keptCheckpoint() {
  const lines = form.elements.kept.value.replaceAll("\r", "").trim().split("\n");
  if (lines.join("") === "") return ["", 0];
  const typed = form.elements.key.value.trim();
  const key = typed || lines.pop();
  try {
    return openNote(`${lines.join("\n").trim()}\n`, key);
  } catch (error) {
    throw new Unknown(`dấu niêm phong hoặc khóa bạn đưa không dùng được: ${error.message}`);
  }
}

const pause = () => new Promise((resolve) => { setTimeout(resolve); });

async function report(done, total) {
  if (done % 20 && done < total) return;
  say("busy", `Đang kiểm tra ${done}/${total} tệp…`);
  await pause();
}

function tell(check, manifest, isIndependent) {
  const { kind } = manifest.scope;
  const proved = [...PROVED, COMPLETE[kind] ?? GAPLESS];
  const open = [OUTSIDE];
  if (!COMPLETE[kind]) open.unshift(TAIL);
  if (manifest.withheld) open.unshift(`${manifest.withheld} sự kiện chỉ có mã băm, vì người lập hồ sơ không được xem.`);
  if (isIndependent) proved.unshift("Lịch sử này khớp với dấu niêm phong và khóa mà bạn đã giữ, đến mốc của dấu đó.");
  else open.unshift(DEPENDENT);
  const words = `Đúng: ${check.count} sự kiện; ${manifest.title}.`;
  say("right", words, list("Đã chứng minh", proved), list("Chưa chứng minh", open));
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [file] = form.elements.bundle.files;
  if (!file) {
    say("wrong", "Hãy chọn tệp ZIP của hồ sơ trước.");
    form.elements.bundle.focus();
    return;
  }
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    say("busy", "Đang kiểm tra…");
    await pause();
    const kept = keptCheckpoint();
    const check = new Check(file, kept, report);
    tell(check, await check.run(), Boolean(kept[0]));
  } catch (error) {
    if (error instanceof Unknown) say("unknown", `Không kiểm được: ${error.message}.`);
    else say("wrong", `Đã bị thay đổi: ${error.message}. Đừng dùng hồ sơ này làm bằng chứng.`);
  } finally {
    button.disabled = false;
  }
});
