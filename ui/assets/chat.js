// Runs once for the evidence pane: `element` is the pane, `props.value` its HTML, `watch` tells of
// changes by the server. The evidence of every answer is kept, so that the marks of older answers
// keep working without the server.
const kept = new Map();

const turnOf = (html) => /data-turn="(\d+)"/.exec(html)?.[1];

watch("value", () => {
  const turn = turnOf(props.value);
  if (turn !== "0") kept.set(turn, props.value);
  element.closest("#xj-side")?.scrollTo({ top: 0 });
});

function highlight(id) {
  for (const card of element.querySelectorAll(".xj-active")) card.classList.remove("xj-active");
  const card = document.getElementById(id);
  if (!card) return;
  card.classList.add("xj-active");
  card.focus({ preventScroll: true });
  card.scrollIntoView({ behavior: "smooth", block: "center" });
}

window.addEventListener("xiaojuren:cite", ({ detail: id }) => {
  const turn = id.split("-")[1];
  if (turnOf(props.value) !== turn && kept.has(turn)) {
    props.value = kept.get(turn);
    // The pane is drawn anew first.
    setTimeout(() => highlight(id), 50);
  } else {
    highlight(id);
  }
});
