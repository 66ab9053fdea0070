// What every view's script has: its parts, what the address tells it, copying and saving.
const READ_FAILED = "读取失败，请刷新页面后再试";
const part = (name) => element.querySelector(`[data-part="${name}"]`);
const asked = () => location.hash.split("?")[1] ?? "";

// What the address tells, without what belongs to the company that is open over the view.
function parameters() {
  const told = new URLSearchParams(asked());
  told.delete("company");
  return told;
}

// Browsers keep the clipboard from pages that come neither from this machine nor encrypted.
async function copy(text, button) {
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else {
    const holder = document.createElement("textarea");
    holder.value = text;
    element.append(holder);
    holder.select();
    document.execCommand("copy");
    holder.remove();
  }
  const before = button.textContent;
  button.textContent = "已复制";
  setTimeout(() => (button.textContent = before), 1500);
}

// Saves what the server sent: bytes in Base64 with their name and type.
function download({ name, type, data }) {
  saveBlob(name, new Blob([Uint8Array.from(atob(data), (one) => one.charCodeAt(0))], { type }));
}

function saveBlob(name, blob) {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

