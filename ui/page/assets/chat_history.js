// Conversations kept in this browser, newest first, each as the steps that made it.
const KEPT = "xiaojuren-conversations";
const MOST_KEPT = 50;

function keptConversations() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return kept.filter((one) => one.id && Array.isArray(one.steps) && one.steps.length);
  } catch {
    return [];
  }
}

function storeConversations(list) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(list.slice(0, MOST_KEPT)));
  } catch {
    say("浏览器没有保存对话记录");
  }
}

function keepConversation(conversation) {
  storeConversations([
    { ...conversation, at: Date.now() },
    ...keptConversations().filter((one) => one.id !== conversation.id),
  ]);
}

function forgetConversation(id) {
  storeConversations(keptConversations().filter((one) => one.id !== id));
}

// The one that this tab shows, so that a reload, as after choosing a language, brings it back.
const OPEN = "xiaojuren-open";

function rememberOpen({ id, steps }) {
  if (steps.length) sessionStorage.setItem(OPEN, id);
  else sessionStorage.removeItem(OPEN);
}

function openConversation() {
  return keptConversations().find((one) => one.id === sessionStorage.getItem(OPEN));
}

// A link that asks again what made a conversation, in order: ?q= for questions, &c= for changes.
function linkTo(steps) {
  const query = new URLSearchParams();
  for (const step of steps) {
    if ("ask" in step) query.append("q", step.ask);
    else query.append("c", JSON.stringify([step.turn, step.field, step.value, step.to]));
  }
  return `${location.origin}${location.pathname}?${query}#/chat`;
}

function stepsOfLink() {
  const steps = [];
  for (const [key, value] of new URLSearchParams(location.search)) {
    if (key === "q" && value.trim()) steps.push({ ask: value });
    if (key === "c") {
      try {
        const [turn, field, value_, to] = JSON.parse(value);
        steps.push({ turn, field, value: value_, to });
      } catch {
        return steps;
      }
    }
  }
  return steps;
}

// The list of them, beside the conversation or in a drawer.

function drawHistory() {
  const kept = keptConversations();
  part("history").replaceChildren(
    ...kept.map(({ id, title }) => {
      const item = document.createElement("li");
      const open = document.createElement("button");
      open.type = "button";
      open.dataset.reopen = id;
      open.textContent = title;
      open.title = title;
      open.setAttribute("translate", "no");
      if (id === conversation.id) open.setAttribute("aria-current", "true");
      const drop = document.createElement("button");
      drop.type = "button";
      drop.dataset.forget = id;
      drop.className = "xj-quiet";
      drop.textContent = "×";
      drop.title = "删除这段对话";
      drop.setAttribute("aria-label", "删除这段对话");
      item.append(open, drop);
      return item;
    }),
  );
  part("no-history").hidden = kept.length > 0;
  element.querySelector("[data-forget-all]").hidden = kept.length === 0;
}

function openDrawer() {
  part("drawer").classList.add("xj-shown");
  element.querySelector(".xj-veil").hidden = false;
  part("drawer").querySelector("button").focus();
}

function closeDrawer() {
  part("drawer").classList.remove("xj-shown");
  element.querySelector(".xj-veil").hidden = true;
}
