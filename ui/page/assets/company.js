// One company over the view: the address says which, under "company".
const dialog = element.querySelector("dialog");
const body = element.querySelector('[data-part="body"]');
let drawn = null;
// Whether it is the address that closes the dialog; of that the event comes later.
let left = false;

const wanted = () => new URLSearchParams(location.hash.split("?")[1] ?? "").get("company");

function address(id) {
  const [view, query] = (location.hash || "#/chat").split("?");
  const fields = new URLSearchParams(query);
  if (id) fields.set("company", id);
  else fields.delete("company");
  return fields.size ? `${view}?${fields}` : view;
}

async function draw() {
  const id = wanted();
  if (id === drawn) return;
  drawn = id;
  if (!id) {
    left = dialog.open;
    return dialog.close();
  }
  const html = await server.company_view(id);
  // Another one may have been opened meanwhile, or this closed.
  if (id !== drawn) return;
  if (html) body.innerHTML = html;
  else body.textContent = READ_FAILED;
  if (!dialog.open) dialog.showModal();
  dialog.scrollTo({ top: 0 });
}

// How many entries of the browser's history belong to the dialog stands in each of them.
window.addEventListener("xiaojuren:company", ({ detail: id }) => {
  if (wanted() === id) return draw();
  const depth = wanted() ? history.state?.depth : 0;
  if (depth === undefined) history.replaceState(null, "", address(id));
  else history.pushState({ depth: depth + 1 }, "", address(id));
  draw();
});
dialog.addEventListener("close", () => {
  const closed = left;
  left = false;
  if (closed || !wanted()) return;
  drawn = null;
  if (history.state?.depth) history.go(-history.state.depth);
  else history.replaceState(null, "", address(null));
});
dialog.addEventListener("click", (event) => {
  // Beside the dialog, or the button.
  if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
});
window.addEventListener("hashchange", draw);
window.addEventListener("popstate", draw);
draw();
