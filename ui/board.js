// Shows the board's HTML and tells Python what was clicked. The HTML arrives escaped from board_html.py.

const target = (event) =>
  event.target.closest("summary")
    ? null
    : (event.target.closest("[data-action]") ?? event.target.closest(".card, .line")?.querySelector("[data-action]"));

const place = ({ dataset: { kpi, action, part } }) =>
  `[data-kpi="${kpi}"][data-action="${action}"][data-part="${part}"]`;

// Changes only what differs: a rerun that changes fifty numbers must not lay out fifty cards anew.
const become = (shown, wanted) => {
  if (shown.isEqualNode(wanted)) return;
  if (shown.nodeName !== wanted.nodeName || shown.nodeType !== Node.ELEMENT_NODE) {
    shown.replaceWith(wanted);
    return;
  }
  for (const { name } of [...shown.attributes]) {
    if (!wanted.hasAttribute(name) && name !== "open") shown.removeAttribute(name); // what was unfolded stays so
  }
  for (const { name, value } of wanted.attributes) {
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
  fill(shown, wanted);
};

const fill = (shown, wanted) => {
  const [before, after] = [[...shown.childNodes], [...wanted.childNodes]];
  after.forEach((node, index) => (index < before.length ? become(before[index], node) : shown.append(node)));
  before.slice(after.length).forEach((node) => node.remove());
};

export default function show({ data, parentElement, setTriggerValue }) {
  let board = parentElement.querySelector(".board");
  if (board === null) {
    board = document.createElement("div");
    board.className = "board";
    parentElement.append(board);
  }
  const html = new TextDecoder().decode(data ?? new Uint8Array());
  if (board.shown !== html) {
    const focused = parentElement.activeElement?.closest("[data-action]");
    const held = focused ? place(focused) : null;
    const wanted = document.createElement("template");
    wanted.innerHTML = html;
    fill(board, wanted.content);
    board.shown = html;
    // Where cards moved, the keyboard stays with its KPI, not with its position.
    if (held !== null && !focused.matches(held)) board.querySelector(held)?.focus({ preventScroll: true });
  }
  board.onclick = (event) => {
    const chosen = target(event);
    // Someone who marks a number to copy it does not want to leave the page.
    const marked = String(parentElement.getSelection?.() ?? document.getSelection());
    if (!chosen || (marked !== "" && chosen !== event.target)) return;
    setTriggerValue("click", { kpi_id: Number(chosen.dataset.kpi), action: chosen.dataset.action });
  };
  return () => {
    board.onclick = null;
  };
}
