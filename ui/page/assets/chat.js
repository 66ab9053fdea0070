// The conversation: sends its steps to the server, which draws the turns, and puts them in place.
const box = part("question");

let conversation = { id: newId(), title: "", steps: [] };
let editing = null;
// Counts what was asked for; an answer to an earlier request is not shown any more.
let request = 0;
let waiting = false;
const evidence = new Map();

function newId() {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
}

const turnElements = () => [...part("turns").children];
const turnOf = (node) => Number(node.closest("[data-turn]").dataset.turn);

// One call of the server; what goes wrong on the way comes back as `error`, too.
async function call(name, sent) {
  try {
    const found = await server[name](sent);
    if (found && typeof found === "object" && !found.detail) return found;
  } catch {
    // Told below.
  }
  return { error: "连不上服务器，请确认它还在运行，然后重试" };
}

// Drawing

function fragment(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

function pending(asked) {
  const turn = document.createElement("article");
  turn.className = "xj-turn xj-pending";
  turn.innerHTML = '<div class="xj-asked"><h2 translate="no"></h2></div><p class="xj-wait">正在查找…</p>';
  turn.querySelector("h2").textContent = asked;
  return turn;
}

function broken(turn, number, message) {
  turn.classList.replace("xj-pending", "xj-failed");
  turn.dataset.turn = number;
  const told = turn.querySelector(".xj-wait");
  told.textContent = message;
  told.setAttribute("role", "alert");
  const again = document.createElement("button");
  again.type = "button";
  again.dataset.retry = "";
  again.textContent = "重试";
  told.after(again);
}

function settle() {
  rememberOpen(conversation);
  part("welcome").hidden = conversation.steps.length > 0;
  element.querySelector("[data-stop]").hidden = !waiting;
  part("send").hidden = waiting;
  part("turns").toggleAttribute("aria-busy", waiting);
  drawHistory();
}

// Only the list of turns: what is around it would be scrolled out of sight by scrollIntoView.
function showTurn(turn) {
  const list = part("scroll");
  const top = list.scrollTop + turn.getBoundingClientRect().top - list.getBoundingClientRect().top;
  list.scrollTo({ top: top - 8, behavior: still() ? "auto" : "smooth" });
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Asks for the turns from `first` on: those of steps that are new, or all to be drawn anew. Then
// goes to the first of them, or to the last where a conversation is taken up again.
async function answer(first, asked, takenUp = false) {
  const mine = ++request;
  waiting = true;
  turnElements().slice(first).forEach((turn) => turn.remove());
  for (const number of [...evidence.keys()]) if (number >= first) evidence.delete(number);
  closeEvidence();
  const wait = pending(asked);
  part("turns").append(wait);
  settle();
  showTurn(wait);
  const found = await call("turns", { steps: conversation.steps, first });
  if (mine !== request) return;
  waiting = false;
  if (found.error) {
    broken(wait, first, found.error);
    say(found.error);
  } else {
    wait.remove();
    for (const turn of found.turns) part("turns").append(fragment(turn.html));
    const fresh = turnElements().at(takenUp ? -1 : first);
    conversation.title ||= found.turns[0]?.asked ?? "";
    keepConversation(conversation);
    say(turnElements().at(-1).querySelector(".xj-prose, .xj-answer")?.innerText.split("\n")[0] ?? "");
    if (fresh) showTurn(fresh);
  }
  settle();
}

const say = (text) => (part("status").textContent = text);

function ask(question) {
  const text = question.trim();
  if (!text || waiting) return;
  if (editing !== null) conversation.steps = conversation.steps.slice(0, editing);
  const first = conversation.steps.length;
  conversation.steps = [...conversation.steps, { ask: text }];
  if (first === 0) conversation.title = text;
  cancelEdit();
  box.value = "";
  grow();
  answer(first, text);
}

function change(turn, field, value, to) {
  if (waiting) return;
  const first = conversation.steps.length;
  conversation.steps = [...conversation.steps, { turn, field, value, to }];
  const asked = turnElements()[turn]?.querySelector(".xj-asked h2")?.textContent ?? "";
  answer(first, asked);
}

function stop() {
  request++;
  waiting = false;
  const wait = part("turns").querySelector(".xj-pending");
  const first = turnElements().indexOf(wait);
  const step = conversation.steps[first];
  conversation.steps = conversation.steps.slice(0, Math.max(first, 0));
  wait?.remove();
  if (step?.ask) box.value = step.ask;
  say("已停止");
  settle();
  grow();
  box.focus();
}

function start(steps = [], id = newId(), title = "") {
  request++;
  waiting = false;
  conversation = { id, title, steps };
  evidence.clear();
  part("turns").replaceChildren();
  cancelEdit();
  closeEvidence();
  closeDrawer();
  if (steps.length) answer(0, title || steps[0].ask, true);
  else {
    settle();
    part("scroll").scrollTo({ top: 0 });
    box.focus({ preventScroll: true });
  }
}

// Editing a question asks it anew and forgets what came after it.

function edit(turn) {
  const step = conversation.steps[turn];
  editing = turn;
  box.value = step.ask ?? turnElements()[turn].querySelector(".xj-asked h2").textContent;
  part("editing").hidden = false;
  grow();
  box.focus();
}

function cancelEdit() {
  editing = null;
  part("editing").hidden = true;
}

// What was clicked

const CLICKS = {
  new: () => start(),
  "open-drawer": openDrawer,
  "close-drawer": closeDrawer,
  "close-evidence": closeEvidence,
  "cancel-edit": () => {
    cancelEdit();
    box.value = "";
    grow();
  },
  stop,
  reopen: (button) => {
    const kept = keptConversations().find((one) => one.id === button.dataset.reopen);
    if (kept) start(kept.steps, kept.id, kept.title);
  },
  forget: (button) => {
    forgetConversation(button.dataset.forget);
    if (button.dataset.forget === conversation.id) start();
    else drawHistory();
  },
  "forget-all": (button) => {
    // A second click means it.
    if (button.dataset.sure === undefined) {
      button.dataset.sure = "";
      button.textContent = "确定全部删除？";
      setTimeout(() => {
        delete button.dataset.sure;
        button.textContent = "全部删除";
      }, 4000);
      return;
    }
    storeConversations([]);
    start();
  },
  cite: (button) => openEvidence(turnOf(button), Number(button.dataset.cite), button),
  sources: (button) => openEvidence(turnOf(button), null, button),
  choices: (button) => {
    if (button.getAttribute("aria-expanded") === "true") closeChoices();
    else openChoices(button);
  },
  remove: (button) => {
    const { field, value } = button.closest(".xj-chip").dataset;
    change(turnOf(button), field, value, null);
  },
  to: (button) => {
    const { field, value } = button.closest(".xj-chip").dataset;
    change(turnOf(button), field, value, button.dataset.to);
  },
  edit: (button) => edit(turnOf(button)),
  retry: (button) => {
    const turn = turnOf(button);
    answer(turn, button.closest("[data-turn]").querySelector(".xj-asked h2").textContent);
  },
  copy: (button) =>
    copy(button.closest("[data-turn]").querySelector("[data-plain]").content.textContent, button),
  link: (button) => copy(linkTo(conversation.steps.slice(0, turnOf(button) + 1)), button),
  save: (button) => save(turnOf(button), button),
  verdict,
  unfold,
};
const CLICKABLE = Object.keys(CLICKS).map((name) => `[data-${name}]`).join(", ");
const keyOf = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

element.addEventListener("click", (event) => {
  const target = event.target.closest(CLICKABLE);
  if (!target?.closest(".xj-menu") && !target?.matches("[data-choices]")) closeChoices();
  if (!target) return;
  const name = Object.keys(CLICKS).find((one) => keyOf(one) in target.dataset);
  CLICKS[name](target);
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.matches("[data-comment]")) comment(event.target);
  else ask(box.value);
});

// The keyboard

function grow() {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
}
box.addEventListener("input", grow);
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  ask(box.value);
});

const shown = () => document.body.dataset.view === "chat";
document.addEventListener("keydown", (event) => {
  if (!shown() || document.querySelector("dialog:modal")) return;
  if (event.key === "Escape") {
    if (closeChoices()) return;
    if (part("drawer").classList.contains("xj-shown")) closeDrawer();
    else if (!part("evidence").hidden) closeEvidence();
    else if (editing !== null) CLICKS["cancel-edit"]();
  } else if (event.key === "/" && !event.target.matches("input, textarea, select")) {
    event.preventDefault();
    box.focus();
  } else if (event.target.closest?.(".xj-menu") && /^Arrow(Up|Down)$/.test(event.key)) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? "nextElementSibling" : "previousElementSibling";
    event.target[step]?.focus();
  }
});

window.addEventListener("xiaojuren:ask", ({ detail }) => ask(detail));

// The beginning: a link's question, else what can be asked.
call("welcome", null).then((found) => {
  if (found.html) part("welcome").replaceChildren(fragment(found.html));
  else part("welcome").textContent = found.error;
});
const linked = stepsOfLink();
if (linked.length) {
  // So that a reload does not ask again what is kept by then.
  history.replaceState(null, "", `${location.pathname}${location.hash}`);
  start(linked);
} else if (openConversation()) {
  const { id, steps, title } = openConversation();
  start(steps, id, title);
} else {
  settle();
  if (shown() && matchMedia("(hover: hover)").matches) box.focus({ preventScroll: true });
}
