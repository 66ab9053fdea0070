// The language and the colours, which view is shown, and how elements reach other views.

// Language. Chinese unless the visitor chose English. Gradio takes its language from the browser,
// so the browser's is said to be the chosen one; this script runs before Gradio's.
const language = localStorage.getItem("xiaojuren-language") === "en" ? "en" : "zh-CN";
document.documentElement.lang = language;
Object.defineProperty(navigator, "language", { get: () => language });
Object.defineProperty(navigator, "languages", { get: () => [language] });

// What Gradio says in English whatever the language, in its labels for screen readers and in its
// notices.
const GRADIO = [
  [/^Clear$/, "清空"],
  [/^Close$/, "关闭"],
  [/^Error\s*$/, "出错了"],
  [/^Connection Lost$/, "连接断开"],
  [/^Connection to the server was lost\..*$/, "与服务器的连接断开了，正在重新连接…"],
  [/^Connection errored out\.\s*$/, "连不上服务器，请确认它还在运行"],
  [/^This application is currently busy\..*$/, "正忙，请稍后再试"],
  [/^(Unexpected|Unknown) error$|^An error occurred$/, "出错了，请刷新页面后再试"],
];
const LABELS = ["aria-label", "title", "placeholder"];

function inLanguage(text) {
  if (language === "en") {
    const key = text.trim();
    return key in ENGLISH ? text.replace(key, ENGLISH[key]) : text;
  }
  const found = GRADIO.find(([english]) => english.test(text));
  return found ? text.replace(...found) : text;
}

// Texts of sources, questions and answers stand in elements with translate="no".
const translatable = (node) => node?.closest?.("[translate]")?.getAttribute("translate") !== "no";

function translateText(node) {
  if (language !== "en" && !node.parentElement?.closest(".toast-wrap")) return;
  if (!translatable(node.parentElement)) return;
  const text = inLanguage(node.nodeValue);
  if (text !== node.nodeValue) node.nodeValue = text;
}

function translateLabels(element) {
  for (const label of LABELS) {
    const text = element.getAttribute(label);
    if (text && translatable(element) && inLanguage(text) !== text) {
      element.setAttribute(label, inLanguage(text));
    }
  }
}

function translate(root) {
  if (root.nodeType === Node.TEXT_NODE) return translateText(root);
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.currentNode; node; node = walker.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) translateText(node);
    else translateLabels(node);
  }
}

// Colours: the visitor's choice, else the system's, which Gradio follows.
const chosen = localStorage.getItem("xiaojuren-theme");
function paint() {
  if (chosen) document.body.classList.toggle("dark", chosen === "dark");
}

// Views: the address says which one is shown.
const VIEW = /^#\/(\w+)/;
function show() {
  const view = VIEW.exec(location.hash)?.[1] ?? "chat";
  document.body.dataset.view = view;
  for (const link of document.querySelectorAll(".xj-nav a")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  window.dispatchEvent(new CustomEvent("xiaojuren:view", { detail: view }));
  // Pictures drawn while hidden have no size yet.
  window.dispatchEvent(new Event("resize"));
}
window.addEventListener("hashchange", show);

function start() {
  show();
  paint();
  translate(document.body);
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") translateLabels(change.target);
      else if (change.type === "characterData") translateText(change.target);
      else change.addedNodes.forEach(translate);
    }
    // The header arrives late and anew.
    if (!document.querySelector(".xj-nav a[aria-current]") && document.querySelector(".xj-nav")) show();
    const button = document.querySelector("[data-language]");
    const other = language === "en" ? "中" : "EN";
    if (button && button.textContent !== other) button.textContent = other;
  }).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: LABELS,
  });
  // Gradio decides on dark when it starts.
  if (chosen) new MutationObserver(() => {
    if (document.body.classList.contains("dark") !== (chosen === "dark")) paint();
  }).observe(document.body, { attributeFilter: ["class"] });
}
if (document.body) start();
else document.addEventListener("DOMContentLoaded", start);

// Enter that only confirms a candidate of an input method must not send the question. Safari
// reports the end of composing before that key, under the key code 229.
for (const kind of ["keydown", "keypress"]) {
  window.addEventListener(
    kind,
    (event) => {
      if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) {
        event.stopImmediatePropagation();
      }
    },
    true,
  );
}

// Elements that reach another view, and the switches.
const send = (name, detail) => window.dispatchEvent(new CustomEvent(`xiaojuren:${name}`, { detail }));
document.addEventListener("click", (event) => {
  const target = event.target.closest?.(
    "[data-ask], [data-company], [data-source], [data-language], [data-theme-switch]",
  );
  if (!target) return;
  const { ask, company, source, sheet, line } = target.dataset;
  event.preventDefault();
  if (ask !== undefined) {
    location.hash = "#/chat";
    send("ask", ask);
  } else if (company !== undefined) {
    send("company", company);
  } else if (source !== undefined) {
    send("source", { source, sheet: sheet ?? "", line: Number(line ?? 1) });
  } else if ("language" in target.dataset) {
    localStorage.setItem("xiaojuren-language", language === "en" ? "zh-CN" : "en");
    location.reload();
  } else if ("themeSwitch" in target.dataset) {
    const dark = document.body.classList.contains("dark");
    localStorage.setItem("xiaojuren-theme", dark ? "light" : "dark");
    location.reload();
  }
});
