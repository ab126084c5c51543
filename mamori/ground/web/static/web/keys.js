// Keys for those who work at the desk all day.  Which key does what is declared in keys.py and stands on the page as
// data-key: a link or button is pressed, a choice is made, a field is entered.  j and k move along the cases.

const rows = () => [...document.querySelectorAll("[data-rows] .name a[href]:first-of-type")];

const FIELDS = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
// A field that was hidden this moment, such as the palette's, still has the focus until the page is drawn anew.
const typing = (target) => target.closest(FIELDS) !== null && target.checkVisibility();

const move = (step) => {
  const all = rows();
  if (all.length === 0) return;
  const at = all.indexOf(document.activeElement);
  const next = all[Math.min(Math.max(at === -1 ? (step > 0 ? 0 : all.length - 1) : at + step, 0), all.length - 1)];
  next.focus();
  next.closest("li, tr").scrollIntoView({ block: "nearest" });
};

const press = (element) => {
  if (element.matches("summary")) {
    element.parentElement.open = true;
    element.scrollIntoView({ block: "nearest" });
    (element.parentElement.querySelector("input:not([type=hidden]), textarea, select, button") ?? element).focus();
    return;
  }
  const chosen = element.matches("input[type=radio]");
  if (chosen || element.matches("a, button")) element.click();
  if (!element.matches("a, button")) {
    element.focus();
    element.scrollIntoView({ block: "center" });
  }
};

// Who speaks to the machine or presses keys by accident does without them; the browser remembers it.
const SWITCH = "mamori.keys";
const off = () => localStorage.getItem(SWITCH) === "off";
for (const button of document.querySelectorAll("[data-keys-switch]")) {
  const tell = () => {
    button.textContent = off() ? button.dataset.on : button.dataset.off;
  };
  button.addEventListener("click", () => {
    if (off()) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "off");
    tell();
  });
  tell();
}

document.addEventListener("keydown", (event) => {
  if (off() || document.querySelector("dialog[open], :popover-open")) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (event.key === "j" || event.key === "k") {
    move(event.key === "j" ? 1 : -1);
    event.preventDefault();
    return;
  }
  // A figure chooses in the form or part where the focus is, and never in another beside it.
  const within = /\d/.test(event.key) && event.target.closest("main :is(form, details)");
  const element = (within || document).querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (element === null) return;
  press(element);
  event.preventDefault();
});
