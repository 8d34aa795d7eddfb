// The communes of the chosen province are offered while one types; any other name can be typed as well.
const province = document.getElementById("province");
const offered = document.getElementById("communes");

province?.addEventListener("change", async () => {
  offered.replaceChildren();
  if (!province.value) return;
  const address = `${province.dataset.communes}?province=${encodeURIComponent(province.value)}`;
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) return;
  for (const name of await answer.json()) {
    const option = document.createElement("option");
    option.value = name;
    offered.append(option);
  }
});
