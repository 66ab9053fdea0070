// The list of companies: draws what the address tells; whatever is chosen is written into it.
const search = element.querySelector("input[type=search]");
const sheet = element.querySelector("#xj-facets");
const shown = () => document.body.dataset.view === "browse";
let drawn = null;

const address = (fields) => (fields.size ? `#/browse?${fields}` : "#/browse");

async function draw() {
  const query = parameters().toString();
  if (query === drawn) return;
  drawn = query;
  // Not what is just being typed: a blank at its end may be followed by more.
  const text = parameters().get("q") ?? "";
  if (search.value.trim() !== text) search.value = text;
  part("table").setAttribute("aria-busy", "true");
  const found = await server.browse_view(query);
  // A later address may have been drawn meanwhile.
  if (query !== drawn) return;
  if (!found) {
    drawn = null;
    part("table").removeAttribute("aria-busy");
    part("table").textContent = READ_FAILED;
    return;
  }
  const focus = focused();
  for (const [name, html] of Object.entries(found)) part(name).innerHTML = html;
  part("table").removeAttribute("aria-busy");
  element.querySelector("[data-chosen]").textContent =
    part("facets").querySelectorAll(":checked").length || "";
  expanded.forEach(expand);
  if (focus) element.querySelector(focus)?.focus({ preventScroll: true });
  showPicked();
}

// What has the focus is drawn anew; this finds it again.
function focused() {
  const { activeElement: active } = document;
  if (!element.contains(active)) return null;
  if (active.name) return `input[name="${active.name}"][value="${CSS.escape(active.value)}"]`;
  const column = active.closest("th[class]");
  return column ? `th.${column.className.split(" ")[0]} a` : null;
}

// Words that are being typed change one entry of the browser's history, not one each.
let timer = null;
let typing = false;
function find() {
  clearTimeout(timer);
  const fields = parameters();
  fields.delete("page");
  fields.delete("q");
  const text = search.value.trim();
  const query = new URLSearchParams(text ? [["q", text], ...fields] : [...fields]);
  if (query.toString() === parameters().toString()) return;
  history[typing ? "replaceState" : "pushState"](history.state, "", address(query));
  typing = true;
  draw();
}
search.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (!event.isComposing) timer = setTimeout(find, 220);
});
search.addEventListener("compositionend", () => (timer = setTimeout(find, 220)));
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing) find();
});
search.addEventListener("blur", () => (typing = false));

// Facets
const expanded = new Set();
function expand(facet) {
  const field = element.querySelector(`[data-facet="${facet}"]`);
  const open = expanded.has(facet);
  field?.classList.toggle("xj-expanded", open);
  field?.querySelector("[data-more]")?.setAttribute("aria-expanded", String(open));
}
part("facets").addEventListener("change", ({ target }) => {
  const { name } = target;
  const fields = [...parameters()].filter(([told]) => told !== "page" && told !== name);
  const chosen = part("facets").querySelectorAll(`[name="${name}"]:checked`);
  location.hash = address(
    new URLSearchParams([...fields, ...[...chosen].map((one) => [name, one.value])]),
  );
});

// Beside the list where there is room for it, else a sheet over it.
const wide = window.matchMedia("(min-width: 821px)");
function place() {
  if (sheet.open) sheet.close();
  if (wide.matches) sheet.setAttribute("open", "");
}
wide.addEventListener("change", place);
place();

// Companies to be compared; kept while the browser's tab is open.
const KEPT = "xiaojuren-picked";
const tray = element.querySelector(".xj-picked");
const most = Number(tray.dataset.most);
let picked = new Map(JSON.parse(sessionStorage.getItem(KEPT) ?? "[]"));
function pick(id, name, wanted) {
  if (wanted && picked.size < most) picked.set(id, name);
  else picked.delete(id);
  sessionStorage.setItem(KEPT, JSON.stringify([...picked]));
  showPicked();
}
function showPicked() {
  tray.hidden = !picked.size;
  tray.querySelector("[data-picked-count]").textContent = `${picked.size} / ${most}`;
  tray.querySelector("[data-picked]").replaceChildren(
    ...[...picked.values()].map((name) => Object.assign(document.createElement("li"), { textContent: name })),
  );
  tray.querySelector("a").href = `#/compare?${new URLSearchParams({ ids: [...picked.keys()].join(",") })}`;
  tray.querySelector("a").classList.toggle("xj-disabled", picked.size < 2);
  tray.querySelector("a").setAttribute("aria-disabled", String(picked.size < 2));
  for (const box of element.querySelectorAll("[data-pick]")) {
    box.checked = picked.has(box.dataset.pick);
    box.disabled = !box.checked && picked.size >= most;
  }
}
part("table").addEventListener("change", ({ target }) => {
  if (target.dataset.pick) pick(target.dataset.pick, target.dataset.name, target.checked);
});

async function save(button) {
  button.disabled = true;
  const file = await server.browse_export({ query: parameters().toString(), form: button.dataset.export });
  button.disabled = false;
  element.querySelector("[data-failed]").hidden = Boolean(file);
  if (file) download(file);
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button, a");
  if (!button) {
    // Beside the sheet.
    if (event.target === sheet && !wide.matches) sheet.close();
    return;
  }
  const { more, export: form } = button.dataset;
  if (more !== undefined) {
    if (!expanded.delete(more)) expanded.add(more);
    expand(more);
  } else if (form !== undefined) save(button);
  else if ("unpickAll" in button.dataset) {
    picked = new Map();
    pick("", "", false);
  } else if ("closeFacets" in button.dataset) sheet.close();
  else if (button.matches(".xj-open-facets")) sheet.showModal();
  else if (button.getAttribute("aria-disabled") === "true") event.preventDefault();
  else if (button.rel) element.closest(".xj-view").scrollTo({ top: 0 });
});

window.addEventListener("xiaojuren:view", () => (shown() ? draw() : (drawn = null)));
if (shown()) draw();
