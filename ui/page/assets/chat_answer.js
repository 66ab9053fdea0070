// What can be done with an answer: its evidence, other conditions, a verdict, copying.

let opener = null;

async function openEvidence(turn, number, from) {
  const proofs = part("proofs");
  // Of very many, the server sends only those around the one to open.
  const holds = () => proofs.querySelector(`[data-cite-card="${number ?? 1}"]`);
  proofs.replaceChildren(fragment(evidence.get(turn) ?? ""));
  if (!holds()) {
    const steps = conversation.steps.slice(0, turn + 1);
    const found = await call("evidence", { steps, turn, cite: number ?? 1 });
    if (found.error) return say(found.error);
    evidence.set(turn, found.html);
    proofs.replaceChildren(fragment(found.html));
  }
  opener = from;
  part("evidence").hidden = false;
  part("evidence").dataset.shows = turn;
  element.querySelectorAll(".xj-mark.xj-current").forEach((one) => one.classList.remove("xj-current"));
  if (number === null) {
    part("evidence").scrollTo({ top: 0 });
    return part("evidence").focus();
  }
  from.classList.add("xj-current");
  const card = holds();
  card.classList.add("xj-active");
  const head = part("evidence").querySelector(".xj-evidence-head").offsetHeight;
  part("evidence").scrollTo({ top: card.offsetTop - head - 12 });
  card.focus({ preventScroll: true });
}

function closeEvidence() {
  if (part("evidence").hidden) return;
  part("evidence").hidden = true;
  element.querySelectorAll(".xj-mark.xj-current").forEach((one) => one.classList.remove("xj-current"));
  opener?.focus({ preventScroll: true });
  opener = null;
}

// Other values for a condition

async function openChoices(button) {
  closeChoices();
  const chip = button.closest(".xj-chip");
  const turn = turnOf(chip);
  const { field, value } = chip.dataset;
  const steps = conversation.steps.slice(0, turn + 1);
  const found = await call("options", { steps, turn, field, value });
  const menu = document.createElement("div");
  menu.className = "xj-menu";
  menu.setAttribute("role", "menu");
  menu.append(fragment(found.html ?? ""));
  if (found.error) menu.textContent = found.error;
  chip.append(menu);
  const over = menu.getBoundingClientRect().right - part("scroll").getBoundingClientRect().right;
  if (over > -8) menu.style.left = `${-over - 16}px`;
  button.setAttribute("aria-expanded", "true");
  menu.querySelector("button")?.focus();
}

function closeChoices() {
  const menu = element.querySelector(".xj-menu");
  if (!menu) return false;
  const button = menu.closest(".xj-chip").querySelector("[data-choices]");
  button.setAttribute("aria-expanded", "false");
  const inside = menu.contains(document.activeElement);
  menu.remove();
  if (inside) button.focus();
  return true;
}

// Verdicts and copying

async function judge(turn, verdict, comment) {
  const steps = conversation.steps.slice(0, Number(turn.dataset.turn) + 1);
  const sent = { steps, turn: Number(turn.dataset.turn), verdict, comment };
  const found = await call("judge", sent);
  say(found.error ?? "已记下，谢谢");
  return !found.error;
}

async function verdict(button) {
  const turn = button.closest("[data-turn]");
  const form = turn.querySelector("[data-comment]");
  for (const one of turn.querySelectorAll("[data-verdict]")) {
    one.setAttribute("aria-pressed", String(one === button));
  }
  form.dataset.chosen = button.dataset.verdict;
  form.hidden = !(await judge(turn, button.dataset.verdict, ""));
  if (!form.hidden) form.querySelector("input").focus();
}

async function comment(form) {
  const text = form.elements.comment.value.trim();
  const turn = form.closest("[data-turn]");
  if (text && !(await judge(turn, form.dataset.chosen, text))) return;
  form.hidden = true;
  form.reset();
}

async function save(turn, button) {
  button.disabled = true;
  const steps = conversation.steps.slice(0, turn + 1);
  const file = await call("save", { steps, turn, form: button.dataset.save });
  button.disabled = false;
  if (file.error) return say(file.error);
  download(file);
}

// Shows the rows that are there but folded; when all are open, asks for more of them.
async function unfold(button) {
  const line = button.closest("[data-shown]");
  const table = line.previousElementSibling.querySelector("table");
  const folded = table.querySelector("tbody[hidden]");
  if (folded) folded.hidden = false;
  else {
    const turn = turnOf(button);
    const steps = conversation.steps.slice(0, turn + 1);
    button.disabled = true;
    const found = await call("more", { steps, turn, first: Number(line.dataset.shown) });
    button.disabled = false;
    if (found.error) return say(found.error);
    // Rows stand alone in what comes back.
    const holder = document.createElement("table");
    holder.innerHTML = found.html;
    table.lastElementChild.append(...holder.querySelectorAll("tr"));
  }
  const shown = table.querySelectorAll("tbody tr").length;
  line.dataset.shown = shown;
  line.querySelector("[data-open]").textContent = shown;
  button.hidden = shown >= Number(line.dataset.held);
}
