// The view of the data: drawn anew whenever it is shown, so that a rebuilt index shows at once.

async function draw() {
  const found = await server.data_view(null);
  if (!found) {
    part("facts").textContent = READ_FAILED;
    return;
  }
  for (const [name, html] of Object.entries(found)) part(name).innerHTML = html;
  part("facts").removeAttribute("aria-busy");
}

function save(name, text) {
  saveBlob(name, new Blob([text], { type: "text/csv;charset=utf-8" }));
}

element.addEventListener("click", async (event) => {
  if (event.target.closest("[data-export]")) save("数据检查.csv", await server.findings_file(null));
  if (event.target.closest("[data-add]")) {
    const adding = document.getElementById("xj-adding");
    adding.scrollIntoView({ behavior: "smooth" });
    adding.querySelector("input:not([hidden] *)")?.focus({ preventScroll: true });
  }
});

window.addEventListener("xiaojuren:view", ({ detail }) => detail === "data" && draw());
if (document.body.dataset.view === "data") draw();
