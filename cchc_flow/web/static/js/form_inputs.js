// What stands in the inputs of a form: as it was drawn, as it is now, and put back.

export const isSame = (one, other) => one.length === other.length && one.every((value, at) => value === other[at]);

// The inputs by name that a person fills in: no tokens, no passwords, no files, no buttons.
export function inputsOf(form) {
  const inputs = new Map();
  for (const one of form.elements) {
    if (!one.name || one.matches("button, fieldset, output, [type=hidden], [type=password], [type=file], [type=submit]")) continue;
    inputs.set(one.name, [...(inputs.get(one.name) ?? []), one]);
  }
  return inputs;
}

export const filesOf = (form) => [...form.elements].filter((one) => one.type === "file" && one.name);
const isBox = (input) => input.type === "checkbox" || input.type === "radio";

export function current(inputs) {
  if (isBox(inputs[0])) return inputs.filter((box) => box.checked).map((box) => box.value);
  return inputs.flatMap((one) => (one.tagName === "SELECT" ? [...one.selectedOptions].map((option) => option.value) : [one.value]));
}

export function drawn(inputs) {
  if (isBox(inputs[0])) return inputs.filter((box) => box.defaultChecked).map((box) => box.value);
  return inputs.flatMap((one) => {
    if (one.tagName !== "SELECT") return [one.defaultValue];
    const chosen = [...one.options].filter((option) => option.defaultSelected);
    return (chosen.length || one.multiple ? chosen : [...one.options].slice(0, 1)).map((option) => option.value);
  });
}

export function put(inputs, values) {
  const rest = [...values];
  for (const one of inputs) {
    if (isBox(one)) one.checked = values.includes(one.value);
    else if (one.tagName === "SELECT") {
      if ([...one.options].some((option) => option.value === rest[0])) one.value = rest.shift();
    } else one.value = rest.shift() ?? "";
    one.dispatchEvent(new Event("input", { bubbles: true }));
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

export const changed = (form) => [...inputsOf(form)].filter(([, inputs]) => !isSame(current(inputs), drawn(inputs)));
