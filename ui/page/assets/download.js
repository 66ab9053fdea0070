// Saves what the server sent: bytes in Base64 with their name and type, or a text.
function download({ name, type, data }) {
  saveBlob(name, new Blob([Uint8Array.from(atob(data), (one) => one.charCodeAt(0))], { type }));
}

function saveBlob(name, blob) {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

