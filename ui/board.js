// Shows the board's HTML and tells Python what was clicked. The HTML arrives escaped from board_html.py.

const target = (event) => {
  const opened = event.target.closest("[data-action]");
  return opened === null ? event.target.closest(".card")?.querySelector("[data-action]") : opened;
};

const place = ({ dataset: { kpi, action, part } }) =>
  `[data-kpi="${kpi}"][data-action="${action}"][data-part="${part}"]`;

export default function show({ data, parentElement, setTriggerValue }) {
  let board = parentElement.querySelector(".board");
  if (board === null) {
    board = document.createElement("div");
    board.className = "board";
    parentElement.append(board);
  }
  // A rerun that changes nothing must not rebuild fifty cards, and one that does must not lose the keyboard's place.
  const html = new TextDecoder().decode(data ?? new Uint8Array());
  if (board.shown !== html) {
    const focused = parentElement.activeElement?.closest("[data-action]");
    board.innerHTML = html;
    board.shown = html;
    if (focused) board.querySelector(place(focused))?.focus({ preventScroll: true });
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
