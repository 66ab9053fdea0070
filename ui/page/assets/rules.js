// The rules view: draws what the address tells whenever it is shown; the form writes the address.
const part = (name) => element.querySelector(`[data-part="${name}"]`);
const asked = () => location.hash.split("?")[1] ?? "";
let drawn = null;

async function draw() {
  const query = asked();
  const found = await server.rules_view(query);
  if (!found) {
    part("books").textContent = "读取失败，请刷新页面后再试";
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
element.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-link]");
  if (!button) return;
  await copy(location.href);
  button.textContent = "已复制";
  setTimeout(() => (button.textContent = "复制结果链接"), 1500);
});

// Browsers keep the clipboard from pages that come neither from this machine nor encrypted.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const box = document.createElement("textarea");
  box.value = text;
  element.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
}

window.addEventListener("xiaojuren:view", ({ detail }) => detail === "rules" && draw());
if (document.body.dataset.view === "rules") draw();
