// The address without what belongs to the company that is open over the view.
function asked() {
  const fields = new URLSearchParams(location.hash.split("?")[1] ?? "");
  fields.delete("company");
  return fields;
}

