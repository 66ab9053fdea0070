// The dialog of source files: opens the one that was asked for at its line, over any view.
const dialog = part("dialog");
let request = 0;

window.addEventListener("xiaojuren:source", async ({ detail: { source, sheet, line } }) => {
  const mine = ++request;
  part("title").textContent = sheet ? `${source} · ${sheet}` : source;
  part("body").textContent = "正在读取…";
  if (!dialog.open) dialog.showModal();
  let found;
  try {
    found = await server.open_source({ source, sheet, line });
  } catch {
    found = null;
  }
  if (mine !== request) return;
  if (!found?.html) {
    part("body").textContent = found?.error ?? "连不上服务器，请确认它还在运行，然后重试";
    return;
  }
  part("body").innerHTML = found.html;
  const here = part("body").querySelector(".xj-here");
  if (here) part("body").scrollTop = here.offsetTop - part("body").clientHeight / 2;
});

// A click beside the dialog closes it, as Esc does.
dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
});
