// Shows the fields that the chosen rating asks for and hides the others. Without this file all of them show, each with a
// hint that says for which ratings it is asked. Nothing is emptied: what was typed is still there on changing back.
function follow(form) {
  const parts = form.querySelectorAll("[data-asked-for], [data-asked-unless]");

  function show() {
    const chosen = form.querySelector("input[name=rating]:checked")?.value ?? "";
    for (const part of parts) {
      const { askedFor, askedUnless } = part.dataset;
      const asked = askedFor ? askedFor.split(" ").includes(chosen) : chosen !== "" && !askedUnless.split(" ").includes(chosen);
      part.hidden = !asked && !part.querySelector(".govuk-error-message");
    }
  }

  form.addEventListener("change", show);
  show();
}

document.querySelectorAll("[data-rating-fields]").forEach(follow);
document.addEventListener("htmx:load", (event) => {
  event.detail.elt.querySelectorAll?.("[data-rating-fields]").forEach(follow);
});
