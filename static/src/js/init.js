// Every page works without this file. It switches on the GOV.UK and MOJ components and keeps htmx well behaved.
import { createAll, initAll } from "./govuk-frontend.min.js";
import { FilterToggleButton } from "./filter-toggle-button.mjs";
import { SortableTable } from "./sortable-table.mjs";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}

/** Switch on the components inside one part of the page (the whole page, or what htmx has just put in). */
function start(scope) {
  initAll({ scope });
  createAll(SortableTable, undefined, scope);
  createAll(
    FilterToggleButton,
    {
      startHidden: false,
      toggleButton: { showText: "Show filters", hideText: "Hide filters", classes: "govuk-button--secondary" },
      toggleButtonContainer: { selector: ".app-filter-toggle" },
      closeButtonContainer: { selector: ".moj-filter__header-action" },
    },
    scope,
  );
}

start(document);

// htmx:load also fires once for the whole body, which is already started.
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) start(event.detail.elt);
});

// A fragment answers in place; a redirect means "go there": the next page, or sign-in when the session has ended.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig } = event.detail;
  const asked = new URL(requestConfig.path, document.baseURI).pathname;
  const answered = new URL(xhr.responseURL || document.baseURI, document.baseURI);
  if (answered.pathname !== asked) {
    event.detail.shouldSwap = false;
    window.location.assign(answered.href);
  }
});

// A refusal (not found, not allowed, changed by somebody else) has a page of its own with the reason in words:
// send the form the plain way, so that the person sees it. Nothing was saved the first time.
document.addEventListener("htmx:responseError", (event) => {
  const { elt, xhr } = event.detail;
  const form = elt.closest("form");
  if (xhr.status >= 500 || !form) window.location.reload();
  else HTMLFormElement.prototype.submit.call(form);
});
