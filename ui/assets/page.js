document.documentElement.lang = "zh-CN";

// What Gradio says in English whatever the language, in its labels for screen readers and in its
// notices. Texts of answers are never looked at.
const CHINESE = [
  [/^chatbot conversation$/, "对话"],
  [/^Loading response$/, "正在回答"],
  [/^user's message: [^]*$/, "问题"],
  [/^bot's message: [^]*$/, "回答"],
  [/^Select example \d+: \S+\s+([^]*)$/, "$1"],
  [/^Clear$/, "清空对话"],
  [/^Close$/, "关闭"],
  [/^Error\s*$/, "出错了"],
  [/^Connection Lost$/, "连接断开"],
  [/^Connection to the server was lost\..*$/, "与服务器的连接断开了，正在重新连接…"],
  [/^Connection errored out\.\s*$/, "连不上服务器，请确认它还在运行"],
  [/^This application is currently busy\..*$/, "正忙，请稍后再试"],
  [/^(Unexpected|Unknown) error$|^An error occurred$/, "出错了，请刷新页面后再试"],
];

const inChinese = (text) => {
  const found = CHINESE.find(([english]) => english.test(text));
  return found ? text.replace(...found) : text;
};

function translate() {
  for (const node of document.querySelectorAll("#xj-chat [aria-label], .toast-wrap [aria-label]")) {
    const label = node.getAttribute("aria-label");
    if (inChinese(label) !== label) node.setAttribute("aria-label", inChinese(label));
  }
  for (const node of document.querySelectorAll(".toast-title, .toast-message-text")) {
    const text = node.firstChild;
    if (text && inChinese(text.nodeValue ?? "") !== text.nodeValue) {
      text.nodeValue = inChinese(text.nodeValue ?? "");
    }
  }
}

new MutationObserver(translate).observe(document.body, {
  subtree: true,
  childList: true,
  characterData: true,
  attributeFilter: ["aria-label"],
});
translate();

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

// A mark opens its citation in the evidence pane.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#cite-"], a[href="#xj-chat"]');
  if (!link) return;
  event.preventDefault();
  const id = link.hash.slice(1);
  if (id === "xj-chat") {
    document.getElementById(id)?.scrollIntoView({ behavior: "smooth", block: "end" });
  } else {
    window.dispatchEvent(new CustomEvent("xiaojuren:cite", { detail: id }));
  }
});
