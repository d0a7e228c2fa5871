// Refreshes the preview of the editor a moment after somebody has typed.
"use strict";

const form = document.querySelector("form[data-preview]");
const shown = document.getElementById("preview");
let waiting;
let latest = 0;

const refresh = async () => {
  const mine = ++latest;
  const body = new URLSearchParams(new FormData(form));
  try {
    const reply = await fetch(form.dataset.preview, { method: "POST", body });
    const html = await reply.text();
    // A slower answer to an earlier text must not replace this one.
    if (reply.ok && mine === latest) shown.innerHTML = html;
  } catch {
    // The bot is away: the last preview stays.
  }
};

if (form && shown) {
  form.elements.text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, 400);
  });
  if (form.elements.text.value.trim()) refresh();
}
