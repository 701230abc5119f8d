// A picture at full size; closes with Esc, the cross, or a tap anywhere.

const dialog = document.getElementById("viewer");
const picture = dialog.querySelector("img");

dialog.addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => picture.removeAttribute("src"));

export function openPicture(url, description) {
  picture.src = url;
  picture.alt = description;
  dialog.showModal();
}
