// Shows the board's HTML and tells Python what was clicked or filled in. The HTML arrives escaped from Python.

const PAUSE = 250; // milliseconds without another letter, after which a search is asked for

const target = (event) =>
  event.target.closest("summary")
    ? null
    : (event.target.closest("[data-action]") ?? event.target.closest(".card, .line")?.querySelector("[data-action]"));

const placeOf = ({ dataset: { kpi, action, part } }) =>
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

// A card that says the same goes along to its new place, instead of being written anew over another.
const stay = (shown, wanted) => {
  const kpi = (card) => card.querySelector("[data-kpi]").dataset.kpi;
  const cards = new Map([...shown.querySelectorAll(".card")].map((card) => [kpi(card), card]));
  for (const card of wanted.querySelectorAll(".card")) {
    const same = cards.get(kpi(card));
    if (same?.isEqualNode(card)) card.replaceWith(same);
  }
};

// The fields show what Python answered, unless the owner has asked for something else since.
const settle = (board) => {
  const form = board.querySelector("form");
  if (form === null || ![undefined, form.dataset.echo].includes(board.echo)) return;
  for (const field of form.elements) {
    if (field.type === "radio") field.checked = field.hasAttribute("checked");
    else if (field.nodeName === "SELECT") field.value = field.querySelector("[selected]").value;
    else if (field.nodeName === "INPUT") field.value = field.getAttribute("value");
  }
};

// What the head asks for: all its fields, under a name of this moment by which the answer is known.
const asking = (board, setTriggerValue) => {
  const ask = () => {
    clearTimeout(board.waits);
    const form = board.querySelector("form");
    if (!form.elements.as_of.validity.valid) return; // a year half written
    board.echo = String(performance.timeOrigin + performance.now());
    setTriggerValue("view", { ...Object.fromEntries(new FormData(form)), echo: board.echo });
  };
  const soon = () => {
    clearTimeout(board.waits);
    board.waits = setTimeout(ask, PAUSE);
  };
  board.oninput = ({ target: { type } }) => (["search", "date"].includes(type) ? soon() : ask());
  board.onsubmit = (event) => {
    event.preventDefault();
    ask();
  };
  board.onreset = (event) => {
    event.preventDefault();
    for (const field of event.target.querySelectorAll("[type=search], select:has([value=''])")) field.value = "";
    ask();
    event.target.elements.search.focus();
  };
  board.onkeydown = ({ key }) => {
    const open = key === "Escape" && board.querySelector(".more[open]");
    if (!open) return;
    open.open = false;
    open.firstChild.focus();
  };
};

export default function show({ data, parentElement, setTriggerValue }) {
  let board = parentElement.querySelector(".board");
  if (board === null) {
    board = document.createElement("div");
    board.className = "board";
    // A day that cannot be looked at, or none, gives way to the one that is shown.
    board.addEventListener("focusout", ({ target: field }) => {
      if (field.type === "date" && !field.validity.valid) field.value = field.getAttribute("value");
    });
    parentElement.append(board);
  }
  const html = new TextDecoder().decode(data ?? new Uint8Array());
  if (board.shown !== html) {
    const focused = parentElement.activeElement?.closest("[data-action]");
    const held = focused ? placeOf(focused) : null;
    const wanted = document.createElement("template");
    wanted.innerHTML = html;
    stay(board, wanted.content);
    fill(board, wanted.content);
    board.shown = html;
    settle(board);
    // Where cards moved, the keyboard stays with its KPI, not with its position.
    const place = held && board.querySelector(held);
    if (place && parentElement.activeElement !== place) place.focus({ preventScroll: true });
  }
  asking(board, setTriggerValue);
  board.onclick = (event) => {
    const open = board.querySelector(".more[open]");
    if (open && !event.target.closest(".more")) open.open = false;
    const cell = event.target.closest(".heat td");
    const line = board.querySelector(".read");
    if (cell && getComputedStyle(line).display !== "none") {
      const kpi = cell.parentElement.querySelector("[data-kpi]").textContent;
      line.textContent = `${kpi}: ${cell.title}`;
      board.querySelector(".heat td.read-now")?.classList.remove("read-now");
      cell.classList.add("read-now");
      return;
    }
    const chosen = target(event);
    // Someone who marks a number to copy it does not want to leave the page.
    const marked = String(parentElement.getSelection?.() ?? document.getSelection());
    if (!chosen || (marked !== "" && chosen !== event.target)) return;
    setTriggerValue("click", { kpi_id: Number(chosen.dataset.kpi), action: chosen.dataset.action });
  };
  return () => {
    clearTimeout(board.waits);
    board.onclick = null;
  };
}
