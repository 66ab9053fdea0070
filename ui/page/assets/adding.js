// Adding a list: unlock, choose, look at how it is understood, correct, add, watch.
const POLL = 400;
let key = "";
// What was said of the list so far, as the server keeps it.
let corrections = null;
// Only the answer to the last of several quick corrections is shown.
let latest = 0;

function show(name, shown) {
  part(name).hidden = !shown;
}

function fail(text) {
  part("problem").textContent = text;
  show("problem", Boolean(text));
}

// Calls the server; shows its error and returns null then.
async function call(name, told) {
  show("busy", true);
  fail("");
  try {
    const found = await server[name](told);
    if (!found?.error) return found;
    fail(found.error);
    if (found.locked) lock();
  } catch {
    fail(READ_FAILED);
  } finally {
    show("busy", false);
  }
  return null;
}

function lock() {
  key = "";
  show("lock", true);
  show("choose", false);
  part("preview").textContent = "";
  part("lock").elements.password.focus();
}

async function unlock(form) {
  const found = await call("list_unlock", { password: form.elements.password.value });
  form.reset();
  if (!found) return;
  key = found.key;
  show("lock", false);
  choose();
}

function choose() {
  show("choose", true);
  part("preview").textContent = "";
  part("progress").textContent = "";
  element.querySelector("#xj-file").value = "";
}

function base64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = failed;
    reader.readAsDataURL(file);
  });
}

async function take(file) {
  part("preview").textContent = "";
  part("progress").textContent = "";
  const most = Number(element.querySelector("[data-most]").dataset.most);
  if (file.size > most) {
    fail(`文件超过 ${most / 1024 / 1024} MB，请拆成几个文件后再试`);
    return;
  }
  let content;
  try {
    content = await base64(file);
  } catch {
    fail("浏览器读不了这个文件，请检查后重新选择");
    return;
  }
  draw(await call("list_take", { key, name: file.name, content }));
}

function draw(found) {
  if (!found) return;
  const focused = document.activeElement?.id || document.activeElement?.name;
  part("preview").innerHTML = found.html;
  corrections = found.corrections;
  show("choose", false);
  const again = focused && part("preview").querySelector(`#${CSS.escape(focused)}, [name="${CSS.escape(focused)}"]`);
  again?.focus();
}

async function correct(field) {
  const { column } = field.dataset;
  if (column === undefined) corrections[field.name] = field.value.trim();
  else corrections.columns[column] = field.value;
  const mine = ++latest;
  const found = await call("list_correct", { key, corrections });
  if (mine === latest) draw(found);
}

async function add() {
  const started = await call("list_add", { key });
  if (!started) return;
  part("preview").textContent = "";
  watch(started);
}

async function watch(found) {
  while (found && !found.finished) {
    part("progress").innerHTML = found.html;
    await new Promise((done) => setTimeout(done, POLL));
    found = await call("list_progress", { key });
  }
  if (!found) return;
  part("progress").innerHTML = found.html;
  // What went wrong may be mended and tried again.
  if (!found.added) show("choose", true);
  else window.dispatchEvent(new CustomEvent("xiaojuren:view", { detail: "data" }));
}

element.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target === part("lock")) unlock(event.target);
  else add();
});
element.addEventListener("change", (event) => {
  const { target } = event;
  if (target.id === "xj-file") {
    if (target.files[0]) take(target.files[0]);
  } else if (part("preview").contains(target)) correct(target);
});
element.addEventListener("click", (event) => {
  if (event.target.closest("[data-cancel], [data-again]")) choose();
});
element.addEventListener("dragover", (event) => event.preventDefault());
element.addEventListener("drop", (event) => {
  event.preventDefault();
  const file = event.dataTransfer.files[0];
  if (file && key && !part("choose").hidden) take(file);
});
// Shown only now, so that the browser cannot send the password itself.
show("lock", true);
