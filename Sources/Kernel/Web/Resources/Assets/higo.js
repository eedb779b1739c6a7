// Adds to pages that work without it: focus on the result of an action, and a shown password.
"use strict";

document.querySelector("[data-focus]")?.focus();

for (const details of document.querySelectorAll("details")) {
  addEventListener("beforeprint", () => { details.open = true; });
}

for (const field of document.querySelectorAll("input[type=password][data-show]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "outline";
  button.textContent = field.dataset.show;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
  field.after(button);
}

// Regions of a picture lead to their pages; the table beside it has the same links for everybody.
for (const region of document.querySelectorAll("[data-path]")) {
  region.addEventListener("click", () => { location.href = region.dataset.path; });
}
