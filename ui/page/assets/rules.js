// The rules view: draws what the address tells whenever it is shown; the form writes the address.
let drawn = null;

async function draw() {
  const query = asked();
  const found = await server.rules_view(query);
  if (!found) {
    part("books").textContent = READ_FAILED;
    return;
  }
  // A later address may have been drawn meanwhile.
  if (query !== asked()) return;
  if (drawn !== query) part("form").innerHTML = found.form;
  drawn = query;
  part("books").innerHTML = found.books;
  part("books").removeAttribute("aria-busy");
  part("summary").innerHTML = found.summary;
  if ("wanted" in part("summary").dataset) part("summary").scrollIntoView({ block: "nearest" });
  delete part("summary").dataset.wanted;
}

function told(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") fields.set(name, value);
  return fields.toString();
}

function go(query) {
  const address = query ? `#/rules?${query}` : "#/rules";
  // The result may stand below a long form.
  part("summary").dataset.wanted = "";
  if (location.hash === address) draw();
  else {
    // What the form shows is what the address will say.
    drawn = query;
    location.hash = address;
  }
}

element.addEventListener("submit", (event) => {
  event.preventDefault();
  go(told(event.target));
});
element.addEventListener("reset", (event) => {
  event.preventDefault();
  drawn = null;
  go("");
});
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy-link]");
  if (button) copy(location.href, button);
});

window.addEventListener("xiaojuren:view", ({ detail }) => detail === "rules" && draw());
if (document.body.dataset.view === "rules") draw();
