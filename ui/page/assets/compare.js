// Companies side by side: draws those that the address names; adding and removing are links.
const search = element.querySelector("input[type=search]");
const shown = () => document.body.dataset.view === "compare";
let drawn = null;

let timer = null;
async function offer() {
  const text = search.value.trim();
  const html = text ? await server.compare_search({ text, query: parameters().toString() }) : "";
  if (text === search.value.trim()) part("offers").innerHTML = html ?? "";
}
const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(offer, 200);
};

// The view's own link names no companies; it means those that were compared last.
const LAST = "xiaojuren-compared";
function recall() {
  const named = parameters().get("ids");
  if (named !== null) return sessionStorage.setItem(LAST, named);
  const ids = sessionStorage.getItem(LAST);
  if (ids) history.replaceState(history.state, "", `#/compare?${new URLSearchParams({ ids })}`);
}

async function draw() {
  recall();
  const query = parameters().toString();
  if (query === drawn) return;
  // What was typed while the page was loading is still wanted.
  if (drawn === null) soon();
  else search.value = "";
  part("offers").replaceChildren();
  drawn = query;
  const found = await server.compare_view(query);
  // A later address may have been drawn meanwhile.
  if (query !== drawn) return;
  if (!found) {
    drawn = null;
    part("table").removeAttribute("aria-busy");
    part("table").textContent = READ_FAILED;
    return;
  }
  part("table").innerHTML = found.table;
  part("table").removeAttribute("aria-busy");
  element.querySelector("[data-add]").hidden = !found.room;
}

search.addEventListener("input", (event) => event.isComposing || soon());
search.addEventListener("compositionend", soon);

// From the box down through what it offers, and back; Enter takes the first.
element.querySelector("[data-add]").addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const links = [...part("offers").querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  if (event.key === "Escape") {
    part("offers").replaceChildren();
    search.focus();
  } else if (event.key === "Enter" && at < 0) links[0]?.click();
  else if (event.key === "ArrowDown") (links[at + 1] ?? links[0])?.focus();
  else if (event.key === "ArrowUp") (links[at - 1] ?? search).focus();
  else return;
  event.preventDefault();
});
document.addEventListener("click", ({ target }) => {
  if (!target.closest?.("[data-add]")) part("offers").replaceChildren();
});

element.querySelector("[data-only]").addEventListener("change", ({ target }) =>
  element.firstElementChild.classList.toggle("xj-only-differing", target.checked),
);

window.addEventListener("xiaojuren:view", () => (shown() ? draw() : (drawn = null)));
if (shown()) draw();
