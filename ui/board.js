// Shows the board's HTML and tells Python what was clicked. The HTML arrives escaped from board_html.py.

const target = (event) => {
  const opened = event.target.closest("[data-action]");
  return opened === null ? event.target.closest(".card")?.querySelector("[data-action]") : opened;
};

const place = (element) =>
  element === null ? null : `[data-kpi="${element.dataset.kpi}"][data-action="${element.dataset.action}"][data-part="${element.dataset.part}"]`;

export default function show({ data, parentElement, setTriggerValue }) {
  let board = parentElement.querySelector(".board");
  if (board === null) {
    board = document.createElement("div");
    board.className = "board";
    parentElement.append(board);
  }
  // A rerun that changes nothing must not rebuild fifty cards, and one that does must not lose the keyboard's place.
  const html = new TextDecoder().decode(data);
  if (board.shown !== html) {
    const focused = parentElement.activeElement?.closest?.("[data-action]") ?? null;
    const selector = place(focused);
    board.innerHTML = html;
    board.shown = html;
    if (selector !== null) board.querySelector(selector)?.focus({ preventScroll: true });
  }
  board.onclick = (event) => {
    const chosen = target(event);
    // Someone who marks a number to copy it does not want to leave the page.
    const marked = String((parentElement.getSelection ?? document.getSelection).call(parentElement.getSelection ? parentElement : document));
    if (!chosen || (marked !== "" && chosen !== event.target)) return;
    setTriggerValue("click", { kpi_id: Number(chosen.dataset.kpi), action: chosen.dataset.action });
  };
  return () => {
    board.onclick = null;
  };
}
